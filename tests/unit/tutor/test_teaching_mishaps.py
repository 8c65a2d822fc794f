"""What fails, hangs or comes late on the way to an answer: the learner is answered."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import aclosing
from typing import Any

import pytest

from sessions.turns.clauses import ClauseCutter
from tutor.analysis import STRONG
from tutor.brief import LessonPlan
from tutor.completion import CompletionError, Stop, current_stop
from tutor.gating import Gate, GateResult, ReplyContext
from tutor.history import PastTurn, TalkState
from tutor.in_time import LATE
from tutor.last_resort import FAILED
from tutor.learner import LearnerTurn
from tutor.moves import MoveKind
from tutor.teaching import Decided, Spoken, TaughtTurn, Teacher

from .memory.findings import analysed
from .test_teaching import ANNA, GOOD, MARKET, RIGHT, WRONG, Model, teacher

# What no type allows makes a part fail in the middle of its work.
BROKEN_TIME: Any = "ten"
BROKEN_TITLE: Any = 5
LATE_ONE = analysed("Yesterday I [go|went] to the market with my sister.")


class BrokenGate:
    """Fails on everything."""

    name = "broken"
    by_clause = True

    def check(self, reply: str, context: ReplyContext, *, whole: bool) -> GateResult:
        """Raise with the reply in the text."""
        raise RuntimeError(reply)


async def run(talk: Teacher, turn: LearnerTurn = RIGHT, **state: Any) -> TaughtTurn:
    return await talk.answer(turn, TalkState(**state))


async def test_a_policy_that_fails_goes_on_with_the_talk(
    caplog: pytest.LogCaptureFixture,
) -> None:
    talk = teacher(Model(GOOD), plan=LessonPlan(minutes=BROKEN_TIME))
    found = await run(talk)
    assert (found.move.kind, found.failed) == (MoveKind.CONTINUE, FAILED)
    assert found.reply
    assert found.templated
    assert [past.move for past in found.state.turns] == [MoveKind.CONTINUE]
    assert "TypeError" in caplog.text
    assert "market" not in caplog.text


async def test_gates_that_fail_let_a_template_of_the_same_move_be_said(
    caplog: pytest.LogCaptureFixture,
) -> None:
    talk = teacher(Model(GOOD))
    broken: tuple[Gate, ...] = (BrokenGate(),)
    talk._speaker.gatekeeper.gates = broken
    found = await run(talk, WRONG)
    assert (found.move.kind, found.failed) == (MoveKind.ELICIT, FAILED)
    assert found.reply
    assert GOOD not in found.reply
    assert "went" not in found.reply
    assert "RuntimeError" in caplog.text
    assert found.reply not in caplog.text


async def test_a_template_that_fails_is_replaced_by_the_plainest() -> None:
    talk = teacher(
        Model(CompletionError("llm.failed")), plan=LessonPlan(title=BROKEN_TITLE)
    )
    found = await run(talk)
    assert (found.move.kind, found.failed) == (MoveKind.CONTINUE, FAILED)
    assert found.reply


async def test_a_person_is_told_of_danger_whatever_fails() -> None:
    danger = LearnerTurn("I want to kill myself.", spoken=False)
    found = await run(teacher(Model(GOOD), plan=LessonPlan(title=BROKEN_TITLE)), danger)
    assert found.failed == FAILED
    assert found.move.flag_teacher


async def test_an_analysis_that_fails_leaves_the_policy_its_work() -> None:
    turn = LearnerTurn("I want to kill myself.", spoken=False)
    talk = teacher(Model(GOOD))

    class Broken:
        def analyse(self, *_: object) -> Any:
            raise KeyError("analysis")

    talk._analyser = Broken()
    found = await run(talk, turn)
    assert found.move.kind is MoveKind.CARE
    assert not found.analysis.judged


async def test_what_was_said_before_a_failure_stays() -> None:
    talk = teacher(Model("That sounds very nice to me. What did you buy?"))
    steps = talk.speak(RIGHT, TalkState())
    said = []
    async with aclosing(steps):
        async for step in steps:
            if isinstance(step, Spoken):
                said.append(step.text)
                talk._speaker.gatekeeper.gates = (BrokenGate(),)
            elif isinstance(step, TaughtTurn):
                assert (step.reply, step.failed) == (" ".join(said), FAILED)
                assert not step.templated
    assert len(said) == 1


class Hanging:
    """A model that says some words, then nothing for a long time."""

    def __init__(self, *words: str) -> None:
        self._words = words
        self.closed = asyncio.Event()

    async def __call__(self, messages: Sequence[tuple[str, str]]) -> AsyncIterator[str]:
        try:
            for word in self._words:
                yield f"{word} "
            await asyncio.sleep(60)
        finally:
            self.closed.set()


@pytest.mark.parametrize("words", [(), ("That", "sounds")])
async def test_a_model_that_hangs_is_not_waited_for(words: tuple[str, ...]) -> None:
    model = Hanging(*words)
    talk = teacher(model, clause_deadline_s=0.1)  # type: ignore[arg-type]
    began = time.monotonic()
    found = await run(talk)
    assert time.monotonic() - began < 1.0
    assert (found.failed, found.templated) == (LATE, True)
    await asyncio.wait_for(model.closed.wait(), 0.5)


async def test_a_model_that_hangs_after_a_sentence_is_ended_by_a_question() -> None:
    model = Hanging(*["That", "sounds", "very", "nice", "to", "me.", "What"])
    found = await run(teacher(model, clause_deadline_s=0.1))  # type: ignore[arg-type]
    assert found.reply.startswith("That sounds very nice to me. ")
    assert found.reply.endswith("?")
    assert (found.truncated, found.templated) == (True, False)
    await asyncio.wait_for(model.closed.wait(), 0.5)


async def test_the_decision_is_known_before_the_first_clause() -> None:
    steps = teacher(Hanging()).speak(RIGHT, TalkState())  # type: ignore[arg-type]
    async with aclosing(steps):
        step = await anext(steps)
    assert isinstance(step, Decided)
    assert step.turn.analysis.text == RIGHT.text
    assert step.turn.reply == ""
    assert len(step.turn.state.turns) == 1


async def test_what_was_found_late_is_asked_about_without_the_model() -> None:
    model = Model(GOOD)
    turn = LearnerTurn("We bought some fruit for dinner.", spoken=False)
    found = await run(
        teacher(model, words_corrections=True),
        turn,
        turns=(PastTurn(MoveKind.CONTINUE),),
        late=LATE_ONE,
    )
    assert found.move.kind is MoveKind.ELICIT
    assert found.move.earlier == LATE_ONE.text
    assert "go" in found.reply
    assert "went" not in found.reply
    assert all(gate.passed for gate in found.gates)
    assert model.asked == []
    assert found.state.turns[-1].treated == ("verb_tense:go>went",)
    assert found.state.late is None


async def test_what_was_found_late_is_forgotten_after_the_next_turn() -> None:
    turn = LearnerTurn("Goodbye, I have to go.", spoken=False)
    found = await run(teacher(Model(GOOD)), turn, late=LATE_ONE)
    assert found.move.kind is MoveKind.CLOSE
    assert found.state.late is None


class SlowCompletion:
    """Waits like a model until nobody wants the answer; ``stops`` are its callers'."""

    def __init__(self) -> None:
        self.asked = threading.Event()
        self.given_up = threading.Event()

    def __call__(
        self,
        messages: Sequence[tuple[str, str]],
        *,
        max_tokens: int,
        schema: Mapping[str, Any] | None = None,
        purpose: str = "",
    ) -> str:
        stop = current_stop.get()
        assert stop is not None
        stop.then(self.given_up.set)
        self.asked.set()
        self.given_up.wait(5)
        raise CompletionError("cancelled")


def asking(completion: SlowCompletion, **options: Any) -> Teacher:
    return Teacher(
        ANNA,
        MARKET,
        completion=completion,
        cutter=ClauseCutter,
        stream=Model(GOOD),
        trust=STRONG,
        **options,
    )


async def test_a_correction_that_is_late_is_taken_back() -> None:
    completion = SlowCompletion()
    found = await run(asking(completion, analysis_deadline_s=0.05))
    assert not found.analysis.judged
    assert completion.given_up.wait(1)


async def test_a_second_look_that_is_cancelled_is_taken_back() -> None:
    completion = SlowCompletion()
    look = asyncio.create_task(
        asking(completion, analysis_deadline_s=0).look_again(RIGHT)
    )
    await asyncio.to_thread(completion.asked.wait, 2)
    look.cancel()
    await asyncio.wait([look])
    assert completion.given_up.wait(1)


def test_a_stop_holds_before_and_after_something_was_asked() -> None:
    before, after = Stop(), Stop()
    called: list[str] = []
    before.set()
    before.then(lambda: called.append("at once"))
    after.then(lambda: called.append("later"))
    assert called == ["at once"]
    assert not after.is_set()
    after.set()
    after.set()
    assert called == ["at once", "later"]
