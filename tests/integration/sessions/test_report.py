"""The report of a session: what is stored of the teaching, and its page."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from learners.models import User
from sessions.assessments import keep_assessment
from sessions.models import Turn, TutoringSession, Utterance
from sessions.reports import get_report
from sessions.services import start_session
from sessions.teaching_records import (
    GateRecord,
    analysis_json,
    gates_json,
    move_json,
    read_analysis,
    read_gates,
    read_move,
    taught_fields,
)
from tests.factories.learners import AdminFactory, LearnerFactory
from tests.factories.pronunciation import judged
from tests.unit.tutor.memory.findings import analysed
from tutor.findings import Analysis
from tutor.gating import GateResult
from tutor.learner import SoundProblem
from tutor.moves import Move, MoveKind, PlannedItem

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 2, 10, tzinfo=UTC)
GO = analysed("Yesterday I [go|went] to <b>school</b>.")
ELICIT = Move(MoveKind.ELICIT, GO.findings, reason="first try")
GATES = GateRecord(
    results=(GateResult("level", True), GateResult("length", False, "Too long.")),
    refused=(GateResult("reveal", False, "Do not give the answer away."),),
    templated=True,
)


@pytest.fixture
def learner(db: None) -> User:
    """Whose session it is; no socket needs its own transactions here."""
    user: User = LearnerFactory.create()
    return user


@pytest.fixture
def talk(learner: User) -> TutoringSession:
    """A session without turns."""
    session = start_session(learner_id=learner.pk, lesson_uuid=None, now=NOW)
    TutoringSession.objects.filter(pk=session.pk).update(
        last_seen_at=NOW + timedelta(minutes=6)
    )
    return session


def add(
    talk: TutoringSession,
    index: int,
    analysis: Analysis,
    move: Move | None = None,
    **stored: Any,
) -> Utterance:
    """Add a turn of the learner."""
    turn = Turn.objects.create(
        session=talk,
        index=index,
        started_at=NOW + timedelta(minutes=index),
        **{
            "analysis": analysis_json(analysis),
            "move": move_json(move or Move(MoveKind.CONTINUE)),
            **stored,
        },
    )
    return Utterance.objects.create(
        turn=turn, speaker="LEARNER", source="SPEECH", text=analysis.text,
        duration_ms=2000,
    )  # fmt: skip


def page(client: Client, talk: TutoringSession) -> str:
    """Return the report's page."""
    response = client.get(reverse("sessions:session-report", args=[talk.uuid]))
    assert response.status_code == 200
    return response.content.decode()


def test_what_is_stored_comes_back_the_same() -> None:
    move = replace(ELICIT, sound=SoundProblem("think", "θ", "s"), item=PlannedItem("x"))
    assert read_analysis(analysis_json(GO)) == GO
    assert read_move(move_json(move)) == move
    assert read_gates(gates_json(GATES)) == GATES
    assert set(taught_fields(None).values()) == {None}


@pytest.mark.parametrize("stored", [None, [], "x", {}, {"kind": "shout"}, {"text": 1}])
def test_what_cannot_be_read_counts_as_nothing(stored: Any) -> None:
    assert read_analysis(stored) is None
    assert read_move(stored) is None


def test_the_fields_survive_the_database(talk: TutoringSession) -> None:
    add(talk, 1, GO, ELICIT, gates=gates_json(GATES))
    turn = Turn.objects.get()
    assert read_analysis(turn.analysis) == GO
    assert read_move(turn.move) == ELICIT
    assert read_gates(turn.gates) == GATES


def test_the_report_counts_and_shows(talk: TutoringSession) -> None:
    add(talk, 1, GO, ELICIT)
    said = add(talk, 2, analysed("I think so."))
    keep_assessment(
        speech=said, learner_id=talk.learner_id, value=judged(), spoken_at=NOW, now=NOW
    )
    report = get_report(session_uuid=talk.uuid, now=NOW)
    assert (report.minutes, report.spoken_s, report.talk.words_said) == (6, 4, 10)
    assert report.talk.work_on[0].examples[0].better == "went"
    (sound,) = report.to_work_on
    assert (sound.phoneme, sound.wrong, sound.words) == ("θ", 1, ("think",))


def test_words_that_were_corrected_later_are_not_judged_by_the_old_analysis(
    talk: TutoringSession,
) -> None:
    utterance = add(talk, 1, GO, ELICIT)
    utterance.text = "Yesterday I went to school."
    utterance.save()
    report = get_report(session_uuid=talk.uuid, now=NOW)
    assert report.talk.work_on == ()
    assert report.talk.judged == 0


def test_the_learner_sees_own_sentences_beside_better_ones(
    client: Client, learner: User, talk: TutoringSession
) -> None:
    add(talk, 1, GO, ELICIT, gates=gates_json(GATES))
    add(talk, 2, analysed("I went home."))
    client.force_login(learner)
    text = page(client, talk)
    assert "<del>go</del>" in text
    assert "<ins>went</ins>" in text
    assert "&lt;b&gt;school&lt;/b&gt;" in text
    assert "After a hint you said it right" in text
    assert f'action="{reverse("sessions:practice-make")}"' in text
    for hidden in ("Evidence", "first try", "Too long.", "give the answer away"):
        assert hidden not in text


def test_staff_see_the_evidence(client: Client, talk: TutoringSession) -> None:
    add(talk, 1, GO, ELICIT, gates=gates_json(GATES))
    care = Move(MoveKind.CARE, flag_teacher=True, reason="distress")
    add(talk, 2, analysed("I am sad."), care)
    client.force_login(AdminFactory.create())
    text = page(client, talk)
    for shown in (
        "Asked for the right form", "first try", "found by model and rule", "Too long.",
        "give the answer away", "ready-made reply", "A person should look at this",
    ):  # fmt: skip
        assert shown in text
    assert "Next step" not in text


def test_strangers_find_nothing(client: Client, talk: TutoringSession) -> None:
    client.force_login(LearnerFactory.create())
    address = reverse("sessions:session-report", args=[talk.uuid])
    assert client.get(address).status_code == 404


def test_a_talk_from_before_teaching_has_a_report_too(
    client: Client, learner: User, talk: TutoringSession
) -> None:
    add(talk, 1, GO)
    Turn.objects.update(analysis=None, move=None)
    client.force_login(learner)
    text = page(client, talk)
    assert "were not checked for mistakes" in text
    assert "You said 7 words in 1 answer" in text


def test_silence_has_a_report_that_says_so(
    client: Client, learner: User, talk: TutoringSession
) -> None:
    Turn.objects.create(session=talk, index=0, started_at=NOW)
    client.force_login(learner)
    assert "Nothing was said in this talk." in page(client, talk)


def test_the_number_of_queries_does_not_grow_with_the_talk(
    client: Client,
    learner: User,
    talk: TutoringSession,
    django_assert_max_num_queries: Any,
) -> None:
    for index in range(1, 13):
        add(talk, index, GO, ELICIT, gates=gates_json(GATES))
    client.force_login(learner)
    with django_assert_max_num_queries(12):
        page(client, talk)
