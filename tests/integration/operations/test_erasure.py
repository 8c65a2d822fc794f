"""After an erasure nothing names the person: every column and every file is looked at."""

from __future__ import annotations

from datetime import datetime, timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.contrib.sessions.models import Session
from django.core import mail
from django.core.management import CommandError, call_command
from django.utils import timezone

from coursework.models import Comment
from learners.models import User
from operations.erasure import ledger
from operations.erasure.erasing import LastAdministrator, erase_account
from operations.erasure.requests import (
    erase_due,
    erasure_of,
    may_take_back,
    request_erasure,
    take_back_erasure,
)
from operations.erasure.residue import find_residue, needles_of
from operations.models import ErasureRequest
from schools.models import AuditEntry
from tests.factories.learners import AdminFactory, LearnerFactory
from tests.factories.personal import NOW, WORD, Person

pytestmark = pytest.mark.django_db
SIDE = ErasureRequest.Side


@pytest.fixture
def person() -> Person:
    user: User = LearnerFactory.create(email=f"ana@{WORD}.example", profile=None)
    made = Person(user, LearnerFactory.create(role=User.Role.TEACHER))
    made.fill()
    return made


def places(person: Person, words: tuple[str, ...] = (WORD,)) -> list[str]:
    return [found.place for found in find_residue(needles_of(words, person.user.uuid))]


def files(root: Path) -> list[Path]:
    return [path for path in root.rglob("*") if path.is_file()]


def test_nothing_names_somebody_who_was_erased(
    person: Person,
    private_root: Path,
    django_capture_on_commit_callbacks: object,
) -> None:
    assert len(places(person)) > 80
    assert len(files(private_root)) == 8
    sign_ins = Session.objects.count()
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        erase_account(user=person.user, by=None, now=NOW)
    # The log keeps the identifier, and nothing that says whose it was.
    assert {place.split(".")[0] for place in places(person)} == {"schools_auditentry"}
    assert find_residue([WORD, person.user.email]) == []
    assert Session.objects.count() == sign_ins - 1
    # A hash, which says nothing to whoever has no account to compare it with.
    assert files(private_root) == [private_root / ledger.NAME]
    assert ledger.read(root=private_root) == {ledger.digest_of(person.user.uuid)}
    assert mail.outbox[-1].to == [person.user.email]


def test_words_of_a_teacher_stay_and_their_voice_goes(
    person: Person,
    private_root: Path,
    django_capture_on_commit_callbacks: object,
) -> None:
    comment = person.made["coursework.Comment"]
    Comment.objects.update(author=person.other, text="")
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        erase_account(user=person.other, by=None, now=NOW)
    comment.refresh_from_db()
    assert isinstance(comment, Comment)
    assert comment.author is None
    assert comment.text
    assert comment.path == ""
    assert not (private_root / "comments" / "1.flac").exists()
    assert User.objects.filter(pk=person.user.pk).exists()


def test_an_account_waits_for_its_days_and_can_be_kept() -> None:
    user: User = LearnerFactory.create()

    def ask(now: datetime) -> ErasureRequest:
        return request_erasure(
            user=user, side=SIDE.LEARNER, asked_by=user.uuid, now=now
        )

    request = ask(NOW)
    again = ask(NOW + timedelta(days=3))
    assert again.due_at == request.due_at == NOW + timedelta(days=7)
    assert erase_due(now=NOW + timedelta(days=6)) == 0
    assert take_back_erasure(request=request, by=user.uuid, now=NOW)
    assert not take_back_erasure(request=request, by=user.uuid, now=NOW)
    assert erase_due(now=NOW + timedelta(days=8)) == 0
    ask(NOW)
    assert erase_due(now=NOW + timedelta(days=8)) == 1
    assert not User.objects.filter(pk=user.pk).exists()
    log = AuditEntry.objects.filter(subject=user.uuid).order_by("pk")
    assert [entry.action for entry in log] == [
        "erasure.requested",
        "erasure.taken_back",
        "erasure.requested",
        "account.erased",
    ]


def test_the_daily_clean_up_erases_what_is_due() -> None:
    user: User = LearnerFactory.create()
    past = timezone.now() - timedelta(days=9)
    request_erasure(user=user, side=SIDE.LEARNER, asked_by=user.uuid, now=past)
    call_command("purge_sessions", verbosity=0, stdout=StringIO())
    assert not User.objects.filter(pk=user.pk).exists()


def test_a_guardians_wish_is_not_the_learners_to_undo() -> None:
    user: User = LearnerFactory.create()
    request = request_erasure(
        user=user, side=SIDE.GUARDIAN, asked_by=user.uuid, now=NOW
    )
    assert erasure_of(user=user) == request
    assert [side for side in SIDE.values if may_take_back(request, side=side)] == [
        "GUARDIAN",
        "STAFF",
    ]


def test_the_only_administrator_stays() -> None:
    admin: User = AdminFactory.create()
    with pytest.raises(LastAdministrator):
        erase_account(user=admin, by=None, now=NOW)
    AdminFactory.create()
    erase_account(user=admin, by=None, now=NOW)
    assert not User.objects.filter(pk=admin.pk).exists()


def test_the_command_asks_for_a_yes_and_says_what_is_left() -> None:
    user: User = LearnerFactory.create()
    with pytest.raises(CommandError, match="--yes"):
        call_command("erase_learner", user.email)
    with pytest.raises(CommandError, match="Nobody"):
        call_command("erase_learner", "nobody@example.org", "--yes")
    out = StringIO()
    call_command("erase_learner", user.email, "--yes", stdout=out)
    assert "The audit log keeps 1 identifiers" in out.getvalue()
    assert "Nothing else" in out.getvalue()
