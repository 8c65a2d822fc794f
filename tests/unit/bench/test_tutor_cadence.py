"""What whole talks show, on a scripted model and on made-up exchanges."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bench.tutor_cadence import (
    addressed,
    cadence,
    closed,
    repeated_share,
    slips_in_a_row,
    templates_repeated,
)
from bench.tutor_cases import marked
from bench.tutor_live import Answer
from bench.tutor_sessions import talk_time, transcript
from bench.tutor_talk import TALKS, Exchange, Line, Talk, read_talk, talked
from tutor.brief import LessonPlan
from tutor.findings import Analysis, Finding
from tutor.history import TalkState
from tutor.learner import LearnerTurn
from tutor.moves import Move, MoveKind, PlannedItem
from tutor.taught import TaughtTurn

from .scripted_model import make_model

PLAN = LessonPlan(items=(PlannedItem("turn out"), PlannedItem("in the end")))
FILLER = ("I see.", "What then?")


def answered(
    turn: LearnerTurn, move: Move, spoken: str = "And then?", *, templated: bool = False,
    opener: str = "",
) -> Answer:  # fmt: skip
    analysis = Analysis(turn.text, turn.text)
    taught = TaughtTurn(
        reply=spoken, move=move, analysis=analysis, gates=(), refused=(),
        repaired=False, templated=templated, gate_ms=(), analysis_ms=0.0,
        state=TalkState(), opener=opener,
    )  # fmt: skip
    return Answer(
        turn=turn, before=TalkState(), taught=taught, chosen=move, spoken=spoken,
        failed=(), looked=analysis, late=False, last_resort=False, seconds=0.0,
        look_seconds=0.0,
    )  # fmt: skip


def exchange(
    said: str, kind: MoveKind, spoken: str = "And then?", *, earlier: str = "",
    findings: tuple[Finding, ...] = (), templated: bool = False, opener: str = "",
) -> Exchange:  # fmt: skip
    truth = marked(said)
    turn = LearnerTurn(truth.text)
    move = Move(kind, findings=findings or truth.findings, earlier=earlier)
    answer = answered(turn, move, spoken, templated=templated, opener=opener)
    return Exchange(Line(turn, truth, ""), answer, 0.0)


def test_new_words_come_in_time_and_again() -> None:
    said = [
        FILLER, FILLER,
        ("I see.", "People say “turn out”."),
        ("It turned out well.", "Good."),
        FILLER, FILLER,
        ("I see.", "In the end, what did you do?"),
        FILLER, FILLER,
    ]  # fmt: skip
    found = cadence(said, PLAN)
    assert found.gaps == [3, 4]
    assert found.used_again == [True, False]
    assert found.in_time_share == 1.0
    assert found.used_again_share == 0.5


def test_what_the_learner_said_first_is_no_new_word() -> None:
    said = [("In the end we slept.", "In the end you slept."), FILLER]
    assert cadence(said, PLAN).gaps == []


def test_a_word_that_never_comes_is_late() -> None:
    found = cadence([FILLER] * 9, PLAN)
    assert found.gaps == [10]
    assert found.in_time_share == 0.0
    assert cadence([FILLER] * 4, PLAN).gaps == []
    assert cadence([], PLAN).used_again_share == 0.0


def test_two_corrections_of_slips_running_are_seen() -> None:
    slip = "I have {|a|article|slip} cat."
    error = "I {go|went|verb_tense} home."
    elicits = [exchange(slip, MoveKind.ELICIT), exchange(slip, MoveKind.RECAST)]
    assert slips_in_a_row(elicits) == 1
    assert slips_in_a_row([elicits[0], exchange(error, MoveKind.ELICIT)]) == 0
    assert slips_in_a_row([elicits[0], exchange(slip, MoveKind.CONTINUE)]) == 0


def test_repeated_templates_are_named_whatever_their_signs() -> None:
    same = [
        exchange("Yes.", MoveKind.CONTINUE, reply, templated=templated)
        for reply, templated in (
            ("Tell me more!", True),
            ("tell me more.", True),
            ("Tell me more.", False),
        )
    ]
    assert templates_repeated(same) == ["tell me more."]
    opened = [
        exchange(
            "Yes.", MoveKind.CONTINUE, f"{opener} Tell me more.", templated=True,
            opener=opener,
        )
        for opener in ("I see.", "Okay.")
    ]  # fmt: skip
    assert templates_repeated(opened) == ["Okay. Tell me more."]
    assert repeated_share(["Tell me more!", "tell me more.", "Why?"]) == pytest.approx(
        1 / 3
    )
    assert repeated_share([]) == 0.0


def test_a_mistake_is_treated_in_its_turn_or_in_the_next() -> None:
    wrong = "I {go|went|verb_tense} home."
    talk = [
        exchange(wrong, MoveKind.ELICIT),
        exchange("My sister {have|has|agreement} a cat.", MoveKind.CONTINUE),
        exchange(
            "It is big.", MoveKind.ELICIT, earlier="My sister have a cat.",
            findings=marked(wrong).findings,
        ),
        exchange("She {like|likes|agreement} it.", MoveKind.CONTINUE),
        exchange("I have {|a|article|slip} dog.", MoveKind.CONTINUE),
        exchange("Goodbye!", MoveKind.CLOSE),
    ]  # fmt: skip
    assert addressed(talk) == (2, 3)
    assert closed(talk)
    assert not closed(talk[:-1])


class Insisting:
    """A tutor that asks for every mistake, at once or a turn later, and never closes."""

    def __init__(self, *, late: bool = False) -> None:
        self.minutes: list[float] = []
        self._late = late
        self._last = ""

    def at(self, minutes: float) -> None:
        self.minutes.append(minutes)

    async def answer(self, turn: LearnerTurn) -> Answer:
        earlier, self._last = self._last if self._late else "", turn.text
        asks = bool(earlier) or not self._late
        kind = MoveKind.ELICIT if asks else MoveKind.CONTINUE
        return answered(turn, Move(kind, earlier=earlier))


async def said_in(talk: Talk, tutor: Insisting) -> list[str]:
    return [one.line.turn.text async for one in talked(talk, tutor)]


@pytest.mark.parametrize("level", ["a1", "b1", "c1"])
async def test_the_scripted_learner_repairs_what_the_tutor_asks_for(level: str) -> None:
    talk = read_talk(TALKS / f"{level}.yaml")
    tutor = Insisting()
    said = await said_in(talk, tutor)
    repairs = [line.repair for line in talk.lines if line.repair]
    assert len(said) == len(talk.lines) + len(repairs)
    assert set(repairs) <= set(said)
    assert tutor.minutes[-1] >= 8


class Closing(Insisting):
    """A tutor that closes when ten minutes are over, and whenever the learner leaves."""

    async def answer(self, turn: LearnerTurn) -> Answer:
        left = self.minutes[-1] >= 10 or "oodbye" in turn.text or "See you" in turn.text
        kind = MoveKind.CLOSE if left else MoveKind.CONTINUE
        return answered(turn, Move(kind))


@pytest.mark.parametrize("level", ["a1", "b1", "c1"])
async def test_a_talk_fills_ten_minutes_and_ends_with_the_learners_farewell(
    level: str,
) -> None:
    talk = read_talk(TALKS / f"{level}.yaml")
    tutor = Closing()
    said = await said_in(talk, tutor)
    # Nothing was asked back, so no talk needs more lines.
    assert tutor.minutes[-2] >= 10
    assert said[-1] == talk.lines[-1].turn.text
    assert said.count(said[-1]) == 1


async def test_who_takes_leave_early_says_it_once() -> None:
    talk = read_talk(TALKS / "a1.yaml")
    talk = replace(talk, lines=(*talk.lines[:2], talk.lines[-1]))
    said = await said_in(talk, Closing())
    assert said == [line.turn.text for line in talk.lines]


async def test_who_is_asked_a_turn_later_repairs_what_it_was_about() -> None:
    talk = read_talk(TALKS / "a1.yaml")
    talk = replace(talk, lines=talk.lines[1:3])
    wrong, right = (line.turn.text for line in talk.lines)
    said = await said_in(talk, Insisting(late=True))
    assert said == [wrong, right, "Yesterday I went to the market."]


@pytest.mark.slow
async def test_a_transcript_shows_moves_mistakes_and_a_summary() -> None:
    talk = read_talk(TALKS / "b1.yaml")
    said = "I asked a man where was the hotel."
    right = "I asked a man where the hotel was."
    model = make_model("I see. What happened next?", "", {said: right})
    page = await transcript(talk, model)
    assert "**Tutor** (open): Hello! I heard that" in page
    assert "- truly wrong: “boring” → “bored” (word form)" in page
    assert "- found later: “was the hotel” → “the hotel was” (word order)" in page
    assert f"- about: {said}" in page
    assert "(close, template)" in page
    assert "| asked about one turn later | 1 |" in page
    assert "| replies that failed a gate | 0 |" in page


def test_times_are_minutes_and_seconds() -> None:
    assert [talk_time(0.4), talk_time(9.6)] == ["0:24", "9:36"]
