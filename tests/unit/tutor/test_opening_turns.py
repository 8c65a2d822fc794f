"""A turn whose first words are heard before the model has written any."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import aclosing
from typing import Any

import pytest

from sessions.turns.clauses import ClauseCutter
from tutor.brief import LessonPlan
from tutor.completion import CompletionError
from tutor.gating import GateResult
from tutor.history import PastTurn, TalkState
from tutor.in_time import LATE
from tutor.languages.openers import opener_set
from tutor.last_resort import FAILED
from tutor.learner import LearnerTurn
from tutor.moves import MoveKind, PlannedItem
from tutor.taught import Decided, Spoken, Step, TaughtTurn
from tutor.teaching import Teacher
from tutor.wording.joining import reacts

from .test_teaching import ANNA, GOOD, MARKET, Model, teacher
from .test_teaching_mishaps import BrokenGate, Hanging

# Stands first in a talk, where this turn has an opener.
TURN = LearnerTurn("We had a party for our friends.", spoken=False)
LONG = "That sounds very nice to me. As an AI I cannot eat."
BILL = PlannedItem("how much is")


def opening(model: Any, **options: Any) -> Teacher:
    return teacher(model, openers=True, **options)


async def steps(talk: Teacher, turn: LearnerTurn = TURN, **state: Any) -> list[Step]:
    return [step async for step in talk.speak(turn, TalkState(**state))]


async def opened(model: Any, **options: Any) -> tuple[TaughtTurn, list[str]]:
    """Return the turn and its clauses, the opener among them."""
    found = await steps(opening(model, **options))
    turn = found[-1]
    assert isinstance(turn, TaughtTurn)
    clauses = [step.text for step in found if isinstance(step, Spoken)]
    assert turn.opener == clauses[0]
    assert turn.reply == " ".join(clauses)
    assert all(gate.passed for gate in turn.gates), (turn.reply, turn.gates)
    return turn, clauses


def rest(turn: TaughtTurn) -> str:
    return turn.reply.removeprefix(turn.opener).strip()


class Waiting:
    """A model that is asked for nothing before the opener was heard."""

    def __init__(self) -> None:
        self.asked = False

    async def __call__(self, messages: Sequence[tuple[str, str]]) -> AsyncIterator[str]:
        self.asked = True
        await asyncio.sleep(0)
        yield GOOD


async def test_it_is_heard_before_the_model_writes_anything() -> None:
    model = Waiting()
    order = []
    async with aclosing(opening(model).speak(TURN, TalkState())) as talk:
        async for step in talk:
            order.append((type(step), model.asked))
    assert order[:2] == [(Decided, False), (Spoken, False)]
    assert order[2:] == [(Spoken, True), (Spoken, True), (TaughtTurn, True)]


async def test_it_is_known_with_the_decision() -> None:
    first, second, *_ = await steps(opening(Model(GOOD)))
    assert isinstance(first, Decided)
    assert isinstance(second, Spoken)
    assert first.turn.opener == second.text
    assert first.turn.reply == ""


async def test_the_models_words_follow_and_all_of_it_is_the_reply() -> None:
    turn, clauses = await opened(Model(GOOD))
    assert clauses[1:] == ["That sounds nice.", "What did you buy there?"]
    assert rest(turn) == GOOD
    assert turn.state.last_reply == turn.reply
    assert (turn.templated, turn.repaired, turn.truncated) == (False, False, False)


async def test_it_changes_nothing_that_the_model_is_told() -> None:
    replies = ("I am an AI. Why?", GOOD)
    with_one, without = Model(*replies), Model(*replies)
    await steps(opening(with_one))
    await steps(teacher(without))
    assert len(with_one.asked) == 2
    assert with_one.asked == without.asked


@pytest.mark.parametrize("late", [False, True])
async def test_a_head_start_stays_usable(late: bool) -> None:
    early, options = Model(GOOD), {"head_start": True}
    if late:
        options["analysis_deadline_s"] = 0  # type: ignore[assignment]
    turn, _ = await opened(early, **options)
    assert rest(turn) == GOOD
    assert len(early.asked) == 1


@pytest.mark.parametrize(
    ("said", "heard"),
    [
        ("I see. What did you buy there?", "What did you buy there?"),
        ("Oh, that's interesting! What did you buy?", "What did you buy?"),
        ("Oh, the party was at home. Who came?", "The party was at home. Who came?"),
        ("Thank you for telling me. Who came to it?", "Who came to it?"),
    ],
)
async def test_the_models_own_reaction_is_left_out(said: str, heard: str) -> None:
    model = Model(said)
    turn, _ = await opened(model)
    assert rest(turn) == heard
    assert len(model.asked) == 1


async def test_who_tells_something_sad_hears_pity_once() -> None:
    model = Model("I'm so sorry to hear that. How are you feeling now?")
    turn = LearnerTurn("My grandmother died last month.", spoken=False)
    found = await opening(model).answer(turn, TalkState())
    every = opener_set("en")
    assert every is not None
    assert found.opener in every.situations[MoveKind.CONTINUE]["sad"]["basic"]
    assert rest(found) == "How are you feeling now?"


async def test_a_model_that_only_reacts_is_asked_again() -> None:
    model = Model("I see. That's interesting!", GOOD)
    turn, _ = await opened(model)
    assert rest(turn) == GOOD
    assert turn.repaired


async def test_what_was_heard_is_told_where_more_is_missing() -> None:
    model = Model(LONG, "Who came to the party?")
    turn, clauses = await opened(model)
    assert rest(turn) == "That sounds very nice to me. Who came to the party?"
    assert f"You said already: “{clauses[0]} That sounds" in model.asked[1][-1][1]


async def test_what_is_missing_is_no_reaction_either() -> None:
    turn, _ = await opened(Model(LONG, "Oh, I see! Who came to the party?"))
    assert rest(turn) == "That sounds very nice to me. Who came to the party?"


@pytest.mark.parametrize(
    "reply", ["", "I see.", "As an AI I cannot eat.", "Okay! Okay!"]
)
async def test_a_template_joins_without_a_second_reaction(reply: str) -> None:
    turn, _ = await opened(Model(reply))
    assert turn.templated
    assert not reacts(rest(turn), "en")


@pytest.mark.parametrize(
    "model",
    [Model(CompletionError("llm.failed")), Hanging(), Hanging("That", "sounds")],
)
async def test_a_model_that_fails_or_hangs_leaves_a_whole_reply(model: Any) -> None:
    turn, _ = await opened(model, clause_deadline_s=0.05)
    assert turn.templated
    assert turn.failed in ("llm.failed", LATE)
    assert rest(turn)


async def test_too_long_a_reply_is_cut_with_the_opener_counted() -> None:
    words = "My friends like to eat red apples and bananas a lot"
    turn, clauses = await opened(
        Model(f"What did you buy there? {words} on sunny days.")
    )
    assert rest(turn) == "What did you buy there?"
    assert len(clauses) == 2


async def test_a_failure_behind_it_is_still_answered() -> None:
    talk = opening(Model(GOOD))
    said = []
    async with aclosing(talk.speak(TURN, TalkState())) as found:
        async for step in found:
            if isinstance(step, Spoken):
                said.append(step.text)
                talk._speaker.gatekeeper.gates = (BrokenGate(),)
            elif isinstance(step, TaughtTurn):
                assert (step.failed, step.templated) == (FAILED, True)
                assert step.reply == " ".join(said)
    assert said[1:] == ["Please tell me more."]


async def test_one_that_cannot_be_found_is_done_without(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("party")

    monkeypatch.setattr("tutor.openers.crc32", broken)
    found = await steps(opening(Model(GOOD)))
    turn = found[-1]
    assert isinstance(turn, TaughtTurn)
    assert (turn.reply, turn.opener, turn.failed) == (GOOD, "", "")
    assert "RuntimeError" in caplog.text
    assert "party" not in caplog.text


class NotThese:
    """Refuses what begins with some words."""

    name = "these"
    by_clause = True

    def __init__(self, *words: str) -> None:
        self._words = words

    def check(self, reply: str, context: object, *, whole: bool) -> GateResult:
        """Refuse them."""
        return GateResult(self.name, not reply.startswith(self._words))


async def test_one_that_a_gate_refuses_gives_way_to_another() -> None:
    first, _ = await opened(Model(GOOD))
    talk = opening(Model(GOOD))
    gates = talk._speaker.gatekeeper.gates
    talk._speaker.gatekeeper.gates = (*gates, NotThese(first.opener))
    second = await talk.answer(TURN, TalkState())
    assert second.opener not in ("", first.opener)
    every = opener_set("en")
    assert every is not None
    talk._speaker.gatekeeper.gates = (*gates, NotThese(*every.every))
    third = await talk.answer(LearnerTurn(TURN.text), TalkState())
    assert third.opener == ""


async def test_without_openers_nothing_is_heard_before_the_model() -> None:
    found = await teacher(Model(GOOD), openers=False).answer(TURN, TalkState())
    assert (found.reply, found.opener) == (GOOD, "")


async def test_nothing_is_heard_before_a_template_that_was_chosen() -> None:
    wrong = LearnerTurn("Yesterday I go to the market with my sister.", spoken=False)
    goodbye = LearnerTurn("Thank you for the nice talk. Goodbye!", spoken=False)
    for n in range(9):
        past = tuple(PastTurn(MoveKind.CONTINUE) for _ in range(n))
        talk = opening(Model(GOOD))
        for turn in (wrong, goodbye):
            assert (await talk.answer(turn, TalkState(past))).opener == ""
        unworded = Teacher(ANNA, MARKET, completion=None, cutter=ClauseCutter)
        assert (await unworded.answer(TURN, TalkState(past))).opener == ""


async def test_the_same_words_behind_another_opener_are_still_the_same() -> None:
    talk, state, replies = opening(Model(GOOD)), TalkState(), []
    for n in range(8):
        turn = LearnerTurn(f"We bought some fruit for {n} friends.", spoken=False)
        found = await talk.answer(turn, state)
        state = found.state
        replies.append(rest(found))
    assert replies.count(GOOD) == 1
    assert len(set(replies)) == len(replies)


@pytest.mark.parametrize(
    "plan", [MARKET, LessonPlan(items=(BILL, PlannedItem("fresh")))]
)
async def test_thirty_turns_do_not_begin_alike(plan: LessonPlan) -> None:
    talk, state, heard = opening(Model("!!!"), plan=plan), TalkState(), [""] * 6
    for n in range(30):
        turn = LearnerTurn(f"I bought {n} red apples for my friends.", spoken=False)
        found = await talk.answer(turn, state)
        assert all(gate.passed for gate in found.gates), (found.reply, found.gates)
        assert not found.opener or found.opener not in heard[-6:]
        state = found.state
        heard.append(found.opener)
    assert sum(map(bool, heard)) >= 10


async def test_what_was_heard_first_is_kept_with_the_turn() -> None:
    turn, _ = await opened(Model(GOOD))
    assert turn.state.turns[-1].opener == turn.opener


async def test_a_talk_that_is_taken_up_again_goes_on_alike() -> None:
    async def opener_of(talk: Teacher, history: list[tuple[str, str]]) -> str:
        state = TalkState(turns=(PastTurn(MoveKind.CONTINUE),) * 3)
        return (await talk.answer(TURN, state, history)).opener

    talks = [opening(Model(GOOD)) for _ in range(3)]
    first, again = [await opener_of(talk, []) for talk in talks[:2]]
    assert first == again != ""
    history = [("user", "Hello."), ("assistant", f"{first} How are you?")]
    assert await opener_of(talks[2], history) not in ("", first)
