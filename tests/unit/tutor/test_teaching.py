"""A turn of teaching: what is said has passed, whatever the model does."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from typing import Any

import pytest

from sessions.turns.clauses import ClauseCutter
from tutor.brief import LessonPlan
from tutor.completion import CompletionError
from tutor.history import TalkState
from tutor.learner import Learner, LearnerTurn, Level
from tutor.moves import MoveKind
from tutor.teaching import Decided, Spoken, TaughtTurn, Teacher

ANNA = Learner(l1="es", l2="en", level=Level.A2, name="Anna")
MARKET = LessonPlan(title="At the market", situation="You buy fruit at a market.")
GOOD = "That sounds nice. What did you buy there?"
WRONG = LearnerTurn("Yesterday I go to the market with my sister.", spoken=False)
RIGHT = LearnerTurn("I went to the market with my sister.", spoken=False)


class Model:
    """Says the given replies one after the other, then the last one for ever."""

    def __init__(self, *replies: str | CompletionError) -> None:
        self._replies = list(replies)
        self.asked: list[list[tuple[str, str]]] = []
        self.stopped = 0

    async def __call__(self, messages: Sequence[tuple[str, str]]) -> AsyncIterator[str]:
        self.asked.append(list(messages))
        reply = self._replies.pop(0) if len(self._replies) > 1 else self._replies[0]
        try:
            for word in str(reply).split(" ") if isinstance(reply, str) else []:
                await asyncio.sleep(0)
                yield word + " "
            if isinstance(reply, CompletionError):
                raise reply
        except GeneratorExit:
            self.stopped += 1
            raise


def corrector(better: Mapping[str, str]) -> Callable[..., str]:
    """Return a completion that knows these corrections and leaves the rest alone."""

    def complete(
        messages: Sequence[tuple[str, str]],
        *,
        max_tokens: int,
        schema: Mapping[str, Any] | None = None,
        purpose: str = "",
    ) -> str:
        said = messages[-1][1]
        found = next((b for s, b in better.items() if s in said), None)
        text = found or said
        return json.dumps({"corrected": text}) if schema else text

    return complete


def teacher(model: Model, **options: Any) -> Teacher:
    """Return a teacher who says nothing before the model does, unless told otherwise."""
    options.setdefault("openers", False)
    better = {WRONG.text: "Yesterday I went to the market with my sister."}
    return Teacher(
        ANNA,
        options.pop("plan", MARKET),
        completion=corrector(better),
        cutter=ClauseCutter,
        stream=model,
        **options,
    )


async def taught(model: Model, turn: LearnerTurn = RIGHT, **options: Any) -> TaughtTurn:
    found = await teacher(model, **options).answer(turn, TalkState())
    assert all(gate.passed for gate in found.gates), (found.reply, found.gates)
    return found


async def test_a_good_reply_is_said_as_it_came() -> None:
    found = await taught(Model(GOOD))
    assert found.reply == GOOD
    assert not found.templated
    assert not found.repaired


async def test_a_reply_that_fails_is_worded_again_with_the_reason() -> None:
    model = Model("As an AI language model I have no sister.", GOOD)
    found = await taught(model)
    assert found.reply == GOOD
    assert found.repaired
    assert found.refused[0].gate == "identity"
    assert found.refused[0].reason in model.asked[1][-1][1]


@pytest.mark.parametrize(
    "reply",
    [
        "As an AI language model I have no sister.",
        "What is your address? Where do you live exactly?",
        "- one\n- two",
        "¿Qué compraste en el mercado?",
        "",
        "!!!! ???? ....",
        "We must scrutinise the ramifications of fiscal procurement paradigms.",
    ],
)
async def test_a_model_that_never_learns_is_replaced_by_a_template(reply: str) -> None:
    found = await taught(Model(reply))
    assert found.templated
    assert found.reply
    assert reply not in found.reply or not reply


@pytest.mark.parametrize("code", ["llm.timeout", "llm.failed"])
async def test_a_model_that_fails_does_not_end_the_talk(code: str) -> None:
    found = await taught(Model(CompletionError(code)))
    assert found.templated
    assert found.failed == code


async def test_what_was_said_before_a_bad_clause_stays() -> None:
    model = Model("That sounds very nice. As a language model I cannot go there.")
    found = await taught(model)
    assert found.reply.startswith("That sounds very nice. ")
    assert found.reply.endswith("?")
    assert (found.truncated, found.templated, found.repaired) == (True, False, False)
    assert len(model.asked) == 2


async def test_a_mistake_is_elicited_without_the_answer() -> None:
    model = Model("You mean: I went to the market. What did you buy?")
    found = await taught(model, WRONG, words_corrections=True)
    assert found.move.kind is MoveKind.ELICIT
    assert "went" not in found.reply
    assert found.templated


async def test_a_small_model_words_no_corrections() -> None:
    model = Model("Oh, you go!")
    found = await taught(model, WRONG)
    assert found.move.kind is MoveKind.ELICIT
    assert found.templated
    assert model.asked == []


@pytest.mark.parametrize("turn", [RIGHT, WRONG])
async def test_a_head_start_changes_no_words(turn: LearnerTurn) -> None:
    early, late = Model(GOOD), Model(GOOD)
    first = await taught(early, turn, head_start=True)
    second = await taught(late, turn)
    assert (first.reply, first.move) == (second.reply, second.move)
    assert len(early.asked) == 1


async def test_a_head_start_on_the_wrong_move_is_thrown_away() -> None:
    model = Model(GOOD)
    found = await taught(model, WRONG, head_start=True)
    assert found.move.kind is MoveKind.ELICIT
    assert GOOD not in found.reply


async def test_a_reply_is_not_repeated() -> None:
    model = Model(GOOD)
    talk = teacher(model)
    first = await talk.answer(RIGHT, TalkState())
    second = await talk.answer(LearnerTurn("It was cheap.", spoken=False), first.state)
    assert second.reply != first.reply


async def test_clauses_come_before_the_turn_does() -> None:
    kinds = [
        type(step) async for step in teacher(Model(GOOD)).speak(RIGHT, TalkState())
    ]
    assert kinds == [Decided] + [Spoken] * (len(kinds) - 2) + [TaughtTurn]
    assert len(kinds) >= 3


async def test_the_state_grows_by_each_turn() -> None:
    found = await taught(Model(GOOD), WRONG)
    (past,) = found.state.turns
    assert past.move is MoveKind.ELICIT
    assert past.treated == (found.analysis.findings[0].key,)
