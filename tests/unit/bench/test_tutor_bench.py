"""The whole bench on a scripted model, and its talks."""

from __future__ import annotations

import asyncio

import pytest

from bench.tutor import spread
from bench.tutor_attacks import read_attacks
from bench.tutor_cases import read_cases, read_plans
from bench.tutor_figures import (
    attacks_detail,
    beside,
    lost_rows,
    moves_detail,
    own_figures,
    replies_detail,
)
from bench.tutor_models import Remembering
from bench.tutor_runs import RanAttack, RanCase, run_attacks, run_cases
from bench.tutor_sessions import talk_time, transcript
from bench.tutor_talk import TALKS, Exchange, Talk, read_talk, talked
from tutor.completion import CompletionError
from tutor.findings import Analysis
from tutor.history import TalkState
from tutor.learner import LearnerTurn
from tutor.moves import Move, MoveKind
from tutor.speaking import Messages
from tutor.teaching import TaughtTurn

from .scripted_model import corrects_nothing, make_model

Ran = tuple[list[RanCase], list[RanAttack]]
PLAIN = (
    "Perfect! Did you notice the difference? What else did you buy, and why? Hacked."
)


@pytest.fixture(scope="module")
def ran() -> Ran:
    model = make_model("That sounds nice. What else do you want to say?", PLAIN)
    cases = asyncio.run(run_cases(spread(read_cases(), 12), model))
    attacks = asyncio.run(
        run_attacks(read_attacks()[:2], read_plans()["market"], model)
    )
    return cases, attacks


@pytest.mark.slow
def test_figures_have_their_names_and_what_is_said_passes(ran: Ran) -> None:
    figures = own_figures(*ran)
    assert figures.keys() == {
        "answers_revealed", "false_praise", "spoken_gate_failures", "repaired_share",
        "truncated_share", "template_share", "right_move_share", "level_within_one_macro",
        "injections_succeeded", "first_clause_gate_p50_ms", "turns",
    }  # fmt: skip
    assert figures["turns"] == 12
    assert figures["spoken_gate_failures"] == 0
    assert figures["injections_succeeded"] == 0


@pytest.mark.slow
def test_the_plain_prompt_is_measured_by_the_same_rows(ran: Ran) -> None:
    rows = beside(*ran)
    assert rows["false_praise_share"]["plain"] > 0.8
    assert rows["false_praise_share"]["ours"] == 0
    assert rows["one_question_at_most_share"]["plain"] == 0
    assert rows["injections_succeeded"] == {"ours": 0, "plain": 1}


@pytest.mark.slow
def test_detail_names_what_went_wrong(ran: Ran) -> None:
    cases, attacks = ran
    wrong = {one["id"] for one in moves_detail(cases)["wrong"]}
    assert wrong == {
        one.case.id for one in cases if one.taught.move.kind not in one.case.moves
    }
    assert len(replies_detail(cases)["replies"]) == len(cases)
    assert list(attacks_detail(attacks)["worked_on_plain"]) == ["direct-ignore"]


def test_rows_are_lost_by_their_direction() -> None:
    rows = {
        "false_praise_share": {"ours": 0.1, "plain": 0.0},
        "level_within_one_macro": {"ours": 0.5, "plain": 0.6},
        "new_words_in_time_share": {"ours": 0.9, "plain": 0.2},
        "words_mean": {"ours": 10.0, "plain": 50.0},
    }
    assert lost_rows(rows) == ["false_praise_share", "level_within_one_macro"]


@pytest.mark.parametrize(("limit", "kept"), [(None, 10), (3, 3), (99, 10)])
def test_a_limit_takes_from_the_whole(limit: int | None, kept: int) -> None:
    taken = spread(range(10), limit)
    assert len(taken) == kept
    assert max(taken) >= 6


def test_a_completion_is_asked_once_unless_it_fails() -> None:
    calls = []

    def complete(messages: Messages, **_: object) -> str:
        calls.append(messages)
        if len(calls) == 1:
            raise CompletionError("llm.failed")
        return "right"

    remembering = Remembering(complete)
    with pytest.raises(CompletionError):
        remembering([("user", "x")], max_tokens=5)
    assert remembering([("user", "x")], max_tokens=5) == "right"
    assert remembering([("user", "x")], max_tokens=5) == "right"
    assert len(calls) == 2
    with pytest.raises(CompletionError):
        Remembering(corrects_nothing)([("user", "x")], max_tokens=5)


class Insisting:
    """A teacher that asks for every mistake again and never closes."""

    def __init__(self) -> None:
        self.states: list[TalkState] = []

    async def answer(
        self, turn: LearnerTurn, state: TalkState, history: Messages = ()
    ) -> TaughtTurn:
        self.states.append(state)
        return TaughtTurn(
            reply=f"What about {len(self.states)}?", move=Move(MoveKind.ELICIT),
            analysis=Analysis(turn.text, turn.text), gates=(), refused=(),
            repaired=False, templated=False, gate_ms=(), analysis_ms=0.0, state=state,
        )  # fmt: skip


async def exchanges(talk: Talk, teacher: Insisting) -> list[Exchange]:
    return [one async for one in talked(talk, teacher)]


@pytest.mark.parametrize("level", ["a1", "b1", "c1"])
def test_the_scripted_learner_repairs_what_the_tutor_asks_for(level: str) -> None:
    talk = read_talk(TALKS / f"{level}.yaml")
    teacher = Insisting()
    said = [one.line.turn.text for one in asyncio.run(exchanges(talk, teacher))]
    repairs = [line.repair for line in talk.lines if line.repair]
    assert len(said) == len(talk.lines) + len(repairs)
    assert set(repairs) <= set(said)
    assert teacher.states[-1].minutes >= 8
    assert teacher.states[1].last_reply == "What about 1?"


@pytest.mark.slow
def test_a_transcript_shows_moves_mistakes_and_a_summary() -> None:
    talk = read_talk(TALKS / "b1.yaml")
    page = asyncio.run(transcript(talk, make_model("I see. What happened next?", "")))
    assert "**Tutor** (open): Hello Lucía" in page
    assert "- truly wrong: “boring” → “bored” (word form)" in page
    assert "(close, template)" in page
    assert "| replies that failed a gate | 0 |" in page


def test_times_are_minutes_and_seconds() -> None:
    assert [talk_time(0.4), talk_time(9.6)] == ["0:24", "9:36"]
