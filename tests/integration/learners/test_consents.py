"""Consent per purpose: the learner's, the guardian's, and what a school decides."""

# mypy: disable-error-code="attr-defined,no-untyped-call"
# (factory_boy is typed in part)

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail
from django.core.management import call_command
from django.utils import timezone

from learners.consent_selectors import (
    GuardianAnswer,
    get_consent_state,
    may_store_voice,
    may_use_for_research,
)
from learners.models import Consent, Guardian, User
from learners.selectors import get_learner_context
from learners.services.consents import record_guardians_consent, record_own_consent
from learners.services.guardians import (
    get_guardian_by_token,
    invite_guardian,
    remove_guardian,
)
from learners.services.profiles import set_recording_consent
from schools.models import AuditEntry, Membership
from sessions.models import ReadAloudAttempt, Recording
from tests.factories.schools import ClassroomFactory, learner_of

NOW = datetime(2026, 3, 2, 10, tzinfo=UTC)
VOICE = Consent.Purpose.STORE_VOICE
pytestmark = pytest.mark.django_db


def minor() -> User:
    """Return a learner of a school of minors who agreed to keep their voice."""
    learner = learner_of(ClassroomFactory.create(school__records_minors=True))
    set_recording_consent(
        user=learner, stores_recordings=True, retention_days=90, now=NOW
    )
    return learner


def invited(learner: User, email: str = "mum@example.org") -> tuple[Guardian, str]:
    tokens: list[str] = []

    def link(token: str) -> str:
        tokens.append(token)
        return f"https://tutor.example.org/guardian/{token}/"

    guardian = invite_guardian(learner=learner, email=email, link=link, now=NOW)
    return guardian, tokens[0]


def answer(guardian: Guardian, is_given: bool, minutes: int = 1) -> bool:
    return record_guardians_consent(
        guardian=guardian,
        purpose=VOICE,
        is_given=is_given,
        now=NOW + timedelta(minutes=minutes),
    )


def test_a_grown_ups_own_word_is_enough_and_is_written_down_each_time() -> None:
    learner = learner_of(ClassroomFactory.create())
    for stores in (True, True, False):
        set_recording_consent(
            user=learner, stores_recordings=stores, retention_days=30, now=NOW
        )
        assert may_store_voice(learner.pk) is stores
        assert get_learner_context(user_id=learner.pk).stores_recordings is stores
    given = Consent.objects.filter(learner=learner, purpose=VOICE).order_by("pk")
    assert [row.is_given for row in given] == [True, False]


def test_a_minors_voice_is_kept_only_while_both_agree() -> None:
    learner = minor()
    assert not may_store_voice(learner.pk)
    guardian, _token = invited(learner)
    state = get_consent_state(learner_id=learner.pk, purpose=VOICE)
    assert state.guardian is GuardianAnswer.WAITING
    assert state.waits_for_guardian
    answer(guardian, True)
    assert may_store_voice(learner.pk)
    assert get_learner_context(user_id=learner.pk).stores_recordings
    answer(guardian, False, minutes=2)
    assert not get_learner_context(user_id=learner.pk).stores_recordings
    answer(guardian, True, minutes=3)
    set_recording_consent(
        user=learner, stores_recordings=False, retention_days=90, now=NOW
    )
    assert not may_store_voice(learner.pk)


def test_a_membership_goes_before_its_school() -> None:
    learner = minor()
    Membership.objects.filter(user=learner).update(is_minor=False)
    assert may_store_voice(learner.pk)
    Membership.objects.filter(user=learner).update(is_minor=True)
    assert not may_store_voice(learner.pk)
    Membership.objects.filter(user=learner).update(left_at=NOW)
    assert may_store_voice(learner.pk)


def test_the_latest_word_of_all_guardians_counts() -> None:
    learner = minor()
    mum, _token = invited(learner)
    dad, _token = invited(learner, "dad@example.org")
    answer(mum, True)
    answer(dad, False, minutes=2)
    assert not may_store_voice(learner.pk)
    remove_guardian(guardian=dad, now=NOW)
    assert may_store_voice(learner.pk)


def test_what_a_guardian_said_ends_when_they_are_removed_also_if_asked_again() -> None:
    learner = minor()
    guardian, token = invited(learner)
    answer(guardian, True)
    remove_guardian(guardian=guardian, now=NOW)
    assert not may_store_voice(learner.pk)
    with pytest.raises(Guardian.DoesNotExist):
        get_guardian_by_token(token)
    again, _token = invited(learner)
    assert again.pk == guardian.pk
    assert not may_store_voice(learner.pk)
    assert answer(again, True, minutes=5)
    assert may_store_voice(learner.pk)


def test_the_mail_holds_the_only_copy_of_the_secret(
    django_capture_on_commit_callbacks: object,
) -> None:
    learner = minor()
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        guardian, token = invited(learner, "Mum@Example.org")
    assert mail.outbox[0].to == ["mum@example.org"]
    assert token in str(mail.outbox[0].body)
    assert token not in guardian.token_digest
    assert get_guardian_by_token(token) == guardian
    entry = AuditEntry.objects.get(action="guardian.invited")
    assert entry.subject == learner.uuid
    assert "mum" not in str(entry.detail)


def test_research_is_a_choice_of_its_own() -> None:
    learner = learner_of(ClassroomFactory.create())
    assert not may_use_for_research(learner.pk)
    purpose = Consent.Purpose.RESEARCH
    record_own_consent(user=learner, purpose=purpose, is_given=True, now=NOW)
    assert may_use_for_research(learner.pk)
    assert not may_store_voice(learner.pk)
    record_own_consent(user=learner, purpose=purpose, is_given=False, now=NOW)
    assert not may_use_for_research(learner.pk)


def recording(learner: User, *, days_ago: int, kept_days: int) -> Recording:
    made = timezone.now() - timedelta(days=days_ago)
    reading = ReadAloudAttempt.objects.create(
        learner=learner, text="Hello", language="en", created_at=made
    )
    return Recording.objects.create(
        reading=reading,
        path=f"recordings/read-aloud/{reading.uuid}.flac",
        sample_rate_hz=16_000,
        duration_ms=1000,
        n_bytes=10,
        created_at=made,
        delete_after=made + timedelta(days=kept_days),
    )


def test_a_school_that_keeps_shorter_shortens_what_is_there() -> None:
    classroom = ClassroomFactory.create()
    ours, theirs = learner_of(classroom), learner_of(ClassroomFactory.create())
    _old, new = (recording(ours, days_ago=n, kept_days=90) for n in (20, 5))
    short = recording(ours, days_ago=1, kept_days=7)
    other = recording(theirs, days_ago=20, kept_days=90)
    call_command("purge_sessions", verbosity=0)
    assert Recording.objects.count() == 4
    classroom.school.retention_days = 14
    classroom.school.save()
    assert get_learner_context(user_id=ours.pk).retention_days == 14
    assert get_learner_context(user_id=theirs.pk).retention_days == 90
    call_command("purge_sessions", verbosity=0)
    left = {row.pk: row.delete_after for row in Recording.objects.all()}
    assert set(left) == {new.pk, short.pk, other.pk}
    assert left[new.pk] == new.created_at + timedelta(days=14)
    assert left[short.pk] == short.delete_after
