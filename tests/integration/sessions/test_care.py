"""Care flags: when the tutor raises one, who is told, and what closes it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from learners.models import User
from sessions import care_mail
from sessions.care import FlagAlreadySeen, mark_care_seen, tells_teachers
from sessions.models import CareFlag, Turn, TutoringSession
from sessions.repository import DatabaseTurnRepository
from sessions.services import start_session
from sessions.turns.context import LearnerWords
from sessions.turns.events import Outcome, Source
from sessions.turns.repository import TurnRecord
from tests.factories.learners import LearnerFactory
from tests.unit.tutor.memory.findings import analysed
from tutor.history import PastTurn, TalkState
from tutor.moves import Move, MoveKind
from tutor.teaching import TaughtTurn

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 2, 10, tzinfo=UTC)
WORDS = "Nobody would miss me."
CARE = Move(
    MoveKind.CARE,
    flag_teacher=True,
    situation="danger",
    reason="A person should look.",
)
MAIL = {"FLAGS": "teachers", "EMAIL": ["care@example.org"], "SITE_URL": "https://t.org"}


@pytest.fixture
def learner(db: None) -> User:
    """Whose session it is; no socket needs its own transactions here."""
    user: User = LearnerFactory.create()
    return user


@pytest.fixture
def talk(learner: User) -> TutoringSession:
    """A session without turns."""
    return start_session(learner_id=learner.pk, lesson_uuid=None, now=NOW)


def record(move: Move = CARE, text: str = WORDS) -> TurnRecord:
    """Return a turn of the learner that has ended."""
    return TurnRecord(
        index=1,
        attempt=0,
        started_at=NOW,
        learner=LearnerWords(text, Source.TEXT),
        learner_clip=None,
        outcome=Outcome.COMPLETED,
        reply_text="I am sorry.",
        ended_at=NOW + timedelta(seconds=9),
        taught=TaughtTurn(
            reply="I am sorry.",
            move=move,
            analysis=analysed(text),
            gates=(),
            refused=(),
            repaired=False,
            templated=True,
            gate_ms=(),
            analysis_ms=1.0,
            state=TalkState(turns=(PastTurn(move.kind),)),
        ),
    )


def keep(talk: TutoringSession, turn: TurnRecord) -> None:
    DatabaseTurnRepository(session_uuid=talk.uuid).save_now(turn)


def mails_out() -> list[Any]:
    """Return the mails, once those on their way have left."""
    care_mail._POST.submit(lambda: None).result(timeout=5)
    return mail.outbox


@pytest.mark.parametrize(
    ("move", "kinds"),
    [
        (CARE, ["danger"]),
        (replace(CARE, situation=""), ["other"]),
        (Move(MoveKind.CARE, reason="Sad news."), []),
        (Move(MoveKind.CONTINUE), []),
    ],
)
def test_a_flag_is_raised_where_the_move_asks_for_a_person(
    talk: TutoringSession, move: Move, kinds: list[str]
) -> None:
    keep(talk, record(move))
    assert list(CareFlag.objects.values_list("kind", flat=True)) == kinds


def test_off_stores_nothing(talk: TutoringSession, settings: Any) -> None:
    settings.CARE = {**MAIL, "FLAGS": "off"}
    keep(talk, record())
    assert not CareFlag.objects.exists()
    assert mails_out() == []


@pytest.mark.parametrize(
    ("flags", "teaching", "told"),
    [("teachers", True, True), ("teachers", False, False), ("off", True, False)],
)
def test_learners_are_told_only_what_will_happen(
    settings: Any, flags: str, teaching: bool, told: bool
) -> None:
    settings.CARE = {**settings.CARE, "FLAGS": flags}
    settings.TEACHING = {**settings.TEACHING, "ENABLED": teaching}
    assert tells_teachers() is told


def test_what_nobody_heard_the_answer_to_is_flagged_too(talk: TutoringSession) -> None:
    cut = replace(record(), outcome=Outcome.INTERRUPTED, reply_text="", reply_heard="")
    keep(talk, cut)
    assert CareFlag.objects.count() == 1


def test_a_turn_written_again_keeps_its_one_flag_as_it_is(
    talk: TutoringSession,
) -> None:
    keep(talk, record())
    teacher = LearnerFactory.create(role="TEACHER")
    flag = CareFlag.objects.get()
    mark_care_seen(flag_id=flag.pk, seen_by=teacher.pk, note="We spoke.", now=NOW)
    keep(talk, record())
    keep(talk, record(Move(MoveKind.CONTINUE), "Nobody would miss the bus."))
    flag = CareFlag.objects.get()
    assert (flag.seen_by, flag.note) == (teacher, "We spoke.")


def test_the_mail_leads_to_the_report_once_and_holds_no_words(
    talk: TutoringSession, settings: Any
) -> None:
    settings.CARE = MAIL
    with transaction.atomic():
        keep(talk, record())
        assert mails_out() == []
    keep(talk, record())
    (sent,) = mails_out()
    assert sent.to == ["care@example.org"]
    report = reverse("sessions:session-report", args=[talk.uuid])
    assert f"https://t.org{report}" in sent.body
    for private in (WORDS, talk.learner.email, talk.learner.profile.display_name):
        assert private not in sent.subject + sent.body


def test_a_turn_that_could_not_be_kept_sends_no_mail(
    talk: TutoringSession, settings: Any
) -> None:
    settings.CARE = MAIL
    with transaction.atomic():
        keep(talk, record())
        transaction.set_rollback(True)
    assert not CareFlag.objects.exists()
    assert mails_out() == []


def test_a_mail_server_that_fails_costs_no_turn_and_logs_no_address(
    talk: TutoringSession,
    settings: Any,
    caplog: pytest.LogCaptureFixture,
) -> None:
    settings.CARE = MAIL
    settings.EMAIL_BACKEND = "django.core.mail.backends.nothing.EmailBackend"
    keep(talk, record())
    mails_out()
    assert CareFlag.objects.count() == 1
    assert f"{talk.uuid} was not sent: ModuleNotFoundError" in caplog.text
    assert "care@example.org" not in caplog.text


def test_the_first_note_stays(talk: TutoringSession) -> None:
    keep(talk, record())
    one, two = (LearnerFactory.create(role="TEACHER") for _ in range(2))
    flag_id = CareFlag.objects.get().pk
    mark_care_seen(flag_id=flag_id, seen_by=one.pk, note=" Called home. ", now=NOW)
    with pytest.raises(FlagAlreadySeen) as raised:
        mark_care_seen(flag_id=flag_id, seen_by=two.pk, note="", now=NOW)
    assert raised.value.flag.seen_by == one
    assert CareFlag.objects.get().note == "Called home."


def test_what_is_open_has_no_note_in_the_database(talk: TutoringSession) -> None:
    turn = Turn.objects.create(session=talk, index=1, started_at=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        CareFlag.objects.create(turn=turn, kind="danger", raised_at=NOW, note="x")


def test_a_flag_goes_with_its_talk(talk: TutoringSession) -> None:
    keep(talk, record())
    talk.delete()
    assert not CareFlag.objects.exists()


def test_the_learner_is_told_before_and_after(
    client: Client, learner: User, talk: TutoringSession, settings: Any
) -> None:
    client.force_login(learner)
    live = reverse("sessions:session-live", args=[talk.uuid])
    promise = "in danger or in despair"
    assert promise not in client.get(live).content.decode()
    settings.TEACHING = {**settings.TEACHING, "ENABLED": True}
    assert promise in client.get(live).content.decode()
    profile = reverse("learners:profile-edit")
    assert promise in client.get(profile).content.decode()
    report = reverse("sessions:session-report", args=[talk.uuid])
    told = "were asked to look at it"
    assert told not in client.get(report).content.decode()
    keep(talk, record())
    page = client.get(report).content.decode()
    assert told in page
    assert "A person should look" not in page
