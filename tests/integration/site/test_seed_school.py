"""A school of made-up people: plausible, the same each time, marked, and gone when asked."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.core.management import CommandError, call_command

from coursework.models import Assignment, MarkChange, Submission
from learners.mastery import Attempts
from learners.models import ErrorLedgerEntry, PhonemeMastery, PracticeEvidence, User
from learners.services.mastery import record_attempts
from schools.models import Classroom, Enrolment, School
from sessions.models import PronunciationAssessment, Turn, TutoringSession, Utterance
from tests.factories.learners import LearnerFactory
from tests.factories.schools import learner_of
from tutorplatform.madeup.seeding import NotMadeUp, remove_school, seed_school

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 3, 20, 12, 0, tzinfo=UTC)


def seeded(learners: int = 2) -> list[str]:
    """Have the school, and return all that its learners said."""
    seed_school(name="trial", learners=learners, turns=8 * learners, now=NOW)
    said = Utterance.objects.filter(speaker="LEARNER")
    return list(
        said.order_by("turn__session__learner__email", "turn_id").values_list(
            "text", flat=True
        )
    )


def test_it_is_the_same_each_time_and_grows_by_who_is_missing() -> None:
    first = seeded(2)
    assert len(first) == 16
    assert seeded(2) == first
    assert seeded(3)[:16] == first
    assert Enrolment.objects.count() == 3
    remove_school(name="trial")
    assert seeded(2) == first


def test_what_is_stored_can_be_read_and_agrees_with_what_is_counted() -> None:
    seeded(1)
    for row in PronunciationAssessment.objects.all():
        assert row.value().judged
    learner = User.objects.get(email__startswith="learner")
    stored = {
        row.phoneme: (row.right, row.wrong, row.attempts)
        for row in PhonemeMastery.objects.filter(learner=learner)
    }
    again = LearnerFactory.create()
    for one in PracticeEvidence.objects.filter(learner=learner).order_by("spoken_at"):
        record_attempts(
            learner_id=again.pk,
            language="en",
            source=one.source,
            attempts={key: Attempts(*made) for key, made in one.counts.items()},
            spoken_at=one.spoken_at,
        )
    for sound in PhonemeMastery.objects.filter(learner=again):
        counted = pytest.approx((sound.right, sound.wrong, sound.attempts))
        assert stored[sound.phoneme] == counted
    slips = sum(ErrorLedgerEntry.objects.values_list("seen", flat=True))
    analyses = Turn.objects.values_list("analysis", flat=True)
    assert slips == sum(len(one["findings"]) for one in analyses if one)


def test_nothing_of_it_is_left_and_others_stay() -> None:
    other = learner_of(
        Classroom.objects.create(
            school=School.objects.create(key="real", name="Real", created_at=NOW),
            name="A",
            created_at=NOW,
        )
    )
    seed_school(name="trial", learners=2, turns=64, now=NOW)
    assert Submission.objects.exists()
    assert remove_school(name="trial") == 2 + 1 + 1
    assert list(User.objects.all()) == [other]
    assert list(School.objects.values_list("key", flat=True)) == ["real"]
    for model in (TutoringSession, Assignment, Submission, MarkChange):
        assert not model._default_manager.exists()


def test_a_real_school_is_left_alone() -> None:
    school = School.objects.create(key="made-up-trial", name="Real", created_at=NOW)
    learner_of(Classroom.objects.create(school=school, name="A", created_at=NOW))
    with pytest.raises(NotMadeUp):
        remove_school(name="trial")
    with pytest.raises(NotMadeUp):
        seed_school(name="trial", learners=1, turns=8, now=NOW)


def test_real_sites_are_asked_twice() -> None:
    with pytest.raises(CommandError, match="DEBUG is off"):
        call_command("seed_school", learners=1)
    with pytest.raises(CommandError, match="At least one"):
        call_command("seed_school", learners=0, force=True)
