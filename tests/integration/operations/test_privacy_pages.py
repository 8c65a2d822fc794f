"""Pages of consents, guardians, archives and erasures: what they do, and to whom they answer."""

# mypy: disable-error-code="attr-defined,no-untyped-call"
# (factory_boy is typed in part)

from __future__ import annotations

from pathlib import Path
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from learners.consent_selectors import may_store_voice
from learners.models import Consent, Guardian, User
from learners.services.guardians import invite_guardian, remove_guardian
from operations.erasure.requests import erasure_of
from operations.export.making import make_export
from operations.export.orders import data_export_of, order_data_export
from operations.models import DataExport, ErasureRequest
from schools.models import AuditEntry, Classroom, Membership
from sessions.models import ReadAloudAttempt, Recording
from tests.factories.learners import PASSWORD, AdminFactory
from tests.factories.responses import closed
from tests.factories.schools import ClassroomFactory, learner_of, teacher_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def classroom() -> Classroom:
    found: Classroom = ClassroomFactory.create(school__records_minors=True)
    return found


@pytest.fixture
def learner(classroom: Classroom, client: Client) -> User:
    found = learner_of(classroom)
    client.force_login(found)
    return found


def guardian_of(learner: User) -> tuple[Guardian, str]:
    tokens: list[str] = []

    def link(token: str) -> str:
        tokens.append(token)
        return token

    guardian = invite_guardian(
        learner=learner, email="mum@example.org", link=link, now=timezone.now()
    )
    return guardian, tokens[0]


def page(name: str, token: str) -> str:
    return reverse(f"privacy:{name}", args=[token])


def recorded(learner: User) -> None:
    reading = ReadAloudAttempt.objects.create(
        learner=learner, text="Hello", language="en", created_at=timezone.now()
    )
    Recording.objects.create(
        reading=reading,
        path=f"recordings/read-aloud/{reading.uuid}.flac",
        sample_rate_hz=16_000,
        duration_ms=1000,
        n_bytes=10,
        created_at=timezone.now(),
    )


YES = {"is_guardian": "on", "store_voice": "yes", "research": "no"}


def test_a_minor_is_told_that_a_guardian_is_waited_for(
    learner: User, client: Client
) -> None:
    choice = {"stores_recordings": "on", "retention_days": "30"}
    answer = client.post(reverse("learners:consent-edit"), choice, follow=True)
    assert "once your parent or guardian agrees" in answer.text
    assert "Nobody is asked yet" in answer.text
    guardian_of(learner)
    answer = client.get(reverse("learners:profile-edit"))
    assert "Waiting for your guardian" in answer.text
    assert "has a mail with the question" in answer.text


def test_research_can_be_allowed_and_taken_back(learner: User, client: Client) -> None:
    address = reverse("learners:research-consent-edit")
    for choice in ("yes", "no", "perhaps"):
        client.post(address, {"is_given": choice})
    rows = Consent.objects.filter(learner=learner, purpose="RESEARCH").order_by("pk")
    assert [row.is_given for row in rows] == [True, False]
    assert "What was chosen before" in client.get(reverse("learners:profile-edit")).text


def test_a_guardian_answers_without_an_account(
    learner: User, client: Client, private_root: Path
) -> None:
    guardian, token = guardian_of(learner)
    learner.profile.stores_recordings = True
    learner.profile.consent_changed_at = timezone.now()
    learner.profile.save()
    stranger = Client()
    asked = stranger.get(page("guardian", token))
    assert asked.status_code == 200
    assert learner.profile.display_name in asked.text
    untold = stranger.post(page("guardian", token), {"store_voice": "yes"})
    assert untold.status_code == 422
    assert "Only a parent or legal guardian" in untold.text
    assert not may_store_voice(learner.pk)
    stranger.post(page("guardian", token), YES)
    assert may_store_voice(learner.pk)
    guardian.refresh_from_db()
    assert guardian.confirmed_at
    recorded(learner)
    answer = stranger.post(page("guardian", token), YES | {"store_voice": "no"})
    assert answer["Location"] == page("guardian-recordings", token)
    assert not may_store_voice(learner.pk)
    assert "1 recording from before" in stranger.get(answer["Location"]).text
    stranger.post(answer["Location"])
    assert not Recording.objects.exists()
    log = AuditEntry.objects.filter(actor=guardian.uuid).order_by("pk")
    assert [entry.action for entry in log] == [
        "guardian.confirmed",
        "consent.given",
        "consent.withdrawn",
        "consent.withdrawn",
        "recordings.deleted",
    ]


def test_nothing_is_done_by_who_did_not_say_that_they_are_the_guardian(
    learner: User,
) -> None:
    _guardian, token = guardian_of(learner)
    stranger = Client()
    for name in ("recordings", "erase", "export", "keep"):
        answer = stranger.post(page(f"guardian-{name}", token), {"word": "delete"})
        assert answer.status_code == 404, name
    assert stranger.get(page("guardian-export-file", token)).status_code == 404
    assert erasure_of(user=learner) is None


def test_links_that_do_not_work_say_why(learner: User) -> None:
    guardian, token = guardian_of(learner)
    stranger = Client()
    wrong = stranger.get(page("guardian", "x" * 43))
    assert (wrong.status_code, "does not work" in wrong.text) == (404, True)
    Membership.objects.update(is_minor=False)
    grown = stranger.get(page("guardian", token))
    assert (grown.status_code, "not needed any more" in grown.text) == (404, True)
    Membership.objects.update(is_minor=None)
    remove_guardian(guardian=guardian, now=timezone.now())
    assert stranger.get(page("guardian", token)).status_code == 404
    for _ in range(40):
        last = stranger.get(page("guardian", "y" * 43))
    assert last.status_code == 429


def test_a_guardian_fetches_and_erases(
    learner: User,
    private_root: Path,
    django_capture_on_commit_callbacks: object,
) -> None:
    guardian, token = guardian_of(learner)
    stranger = Client()
    stranger.post(page("guardian", token), YES)
    stranger.post(page("guardian-export", token))
    export = data_export_of(learner=learner, asked_by=guardian.uuid)
    assert export is not None
    state = stranger.get(page("guardian-export-state", token)).json()
    assert state["state"] == "QUEUED"
    make_export(export.pk)
    file = stranger.get(page("guardian-export-file", token))
    closed(file)
    assert file["Content-Type"] == "application/zip"
    assert AuditEntry.objects.filter(action="export.fetched").exists()
    wrong = stranger.post(page("guardian-erase", token), {"word": "no"})
    assert wrong.status_code == 422
    stranger.post(page("guardian-erase", token), {"word": " Delete "})
    request = erasure_of(user=learner)
    assert request is not None
    assert request.side == ErasureRequest.Side.GUARDIAN
    child = Client()
    child.force_login(learner)
    assert child.post(reverse("privacy:erase-keep")).status_code == 404
    stranger.post(page("guardian-keep", token))
    assert erasure_of(user=learner) is None


def test_one_fetches_ones_own_archive_and_nobody_elses(
    learner: User, client: Client, private_root: Path
) -> None:
    address = reverse("privacy:data-export")
    assert client.get(reverse("privacy:data-export-file")).status_code == 404
    assert "Make the archive" in client.get(address).text
    client.post(address)
    assert "is being made" in client.get(address).text
    make_export(DataExport.objects.get().pk)
    assert "Download the archive" in client.get(address).text
    file = client.get(reverse("privacy:data-export-file"))
    closed(file)
    assert file.status_code == 200
    # What somebody else ordered of this learner is theirs alone.
    DataExport.objects.update(asked_by=uuid4())
    assert client.get(reverse("privacy:data-export-file")).status_code == 404


def sign_in(client: Client, user: User) -> None:
    """Sign in and give the password once more, which counts for some minutes."""
    client.force_login(user)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})


def test_erasing_ones_account_asks_for_the_password_and_the_word(
    learner: User, client: Client
) -> None:
    address = reverse("privacy:erase")
    away = client.get(address)
    assert away.status_code == 302
    assert "reauthenticate" in away["Location"]
    sign_in(client, learner)
    assert "What stays" in client.get(address).text
    wrong = client.post(address, {"word": "yes"})
    assert wrong.status_code == 422
    assert erasure_of(user=learner) is None
    client.post(address, {"word": "delete"})
    assert "will be deleted" in client.get(address).text
    client.post(reverse("privacy:erase-keep"))
    assert erasure_of(user=learner) is None


def test_the_only_administrator_is_told_why_not(client: Client) -> None:
    admin: User = AdminFactory.create()
    sign_in(client, admin)
    answer = client.post(reverse("privacy:erase"), {"word": "delete"})
    assert answer.status_code == 422
    assert "Nobody else runs this site" in answer.text


def test_staff_needs_a_reason_and_only_managers_of_all_schools_may(
    learner: User, classroom: Classroom, private_root: Path
) -> None:
    address = reverse("privacy:person-data", args=[learner.uuid])
    manager = teacher_of(classroom, role="MANAGER")
    client = Client()
    client.force_login(manager)
    assert client.post(address).status_code == 422
    assert not DataExport.objects.exists()
    client.post(address, {"reason": "Asked for it by letter"})
    entry = AuditEntry.objects.get(action="export.ordered")
    assert (entry.actor, entry.subject) == (manager.uuid, learner.uuid)
    assert entry.reason == "Asked for it by letter"
    make_export(DataExport.objects.get().pk)
    file = reverse("privacy:person-export-file", args=[learner.uuid])
    fetched = client.get(file)
    closed(fetched)
    assert fetched.status_code == 200
    erase = reverse("privacy:person-erase", args=[learner.uuid])
    assert client.post(erase, {"reason": "Left", "word": "x"}).status_code == 422
    client.post(erase, {"reason": "Left", "word": "delete"})
    assert erasure_of(user=learner) is not None
    client.post(reverse("privacy:person-keep", args=[learner.uuid]))
    assert erasure_of(user=learner) is None
    # Once the learner is in another school as well, the archive holds that one's work.
    other: Classroom = ClassroomFactory.create()
    Membership.objects.create(
        school=other.school, user=learner, role="LEARNER", joined_at=timezone.now()
    )
    assert client.get(address).status_code == 404
    assert client.get(file).status_code == 404
    for role in ("TEACHER", "MANAGER"):
        client.force_login(teacher_of(other, role=role))
        assert client.get(address).status_code == 404


def test_a_fetched_archive_is_in_the_log_with_who_asked(learner: User) -> None:
    export = order_data_export(
        learner=learner,
        asked_by=learner.uuid,
        now=timezone.now(),
        put=lambda _key: None,
    )
    assert AuditEntry.objects.get(action="export.ordered").target_uuid == export.uuid
