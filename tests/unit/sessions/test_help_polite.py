"""Help asks the model only while no turn needs it."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable

import pytest

from inference.runners.embedded import EmbeddedRunner
from inference.stages.stage import Stage
from sessions.help.polite import BUSY, CONVERSATION, FAILED, TIMEOUT, PoliteCompletion
from tests.fakes.engines import ScriptedDialogue
from tutor.completion import CompletionError

MESSAGES = [("system", "Translate."), ("user", "{}")]


def runner_of(dialogue: ScriptedDialogue, deadline_s: float = 5.0) -> EmbeddedRunner:
    return EmbeddedRunner(
        lambda kind: dialogue,
        threads=dict.fromkeys(Stage, 2),
        deadline_s=dict.fromkeys(Stage, deadline_s),
    )


def made(
    dialogue: ScriptedDialogue,
    occupied: Callable[[], bool] = lambda: False,
    *,
    deadline_s: float = 3.0,
    stage_deadline_s: float = 5.0,
) -> PoliteCompletion:
    return PoliteCompletion(
        runner_of(dialogue, stage_deadline_s),
        asyncio.get_running_loop(),
        occupied=occupied,
        deadline_s=deadline_s,
    )


async def ask(completion: PoliteCompletion) -> str:
    return await asyncio.to_thread(completion, MESSAGES, max_tokens=20)


async def failure(completion: PoliteCompletion) -> str:
    with pytest.raises(CompletionError):
        await ask(completion)
    return completion.failure


async def test_a_free_model_answers_at_once_in_the_conversation_of_all_help() -> None:
    dialogue = ScriptedDialogue(replies=("Hola a todos",))
    completion = made(dialogue)
    assert await ask(completion) == "Hola a todos"
    (request,) = dialogue.requests
    assert (request.conversation, request.temperature) == (CONVERSATION, 0.0)
    assert completion.failure == ""


async def test_a_turn_under_way_goes_first() -> None:
    dialogue = ScriptedDialogue(replies=("Hola",))
    over_at = time.monotonic() + 0.3
    completion = made(dialogue, lambda: time.monotonic() < over_at)
    asking = asyncio.create_task(ask(completion))
    await asyncio.sleep(0.1)
    assert dialogue.requests == []
    assert await asking == "Hola"


async def test_a_turn_that_begins_stops_help_which_then_starts_anew() -> None:
    dialogue = ScriptedDialogue(replies=("uno dos tres", "cuatro"), token_s=0.15)
    began = time.monotonic()
    completion = made(dialogue, lambda: 0.2 < time.monotonic() - began < 0.4)
    assert await ask(completion) == "cuatro"
    assert len(dialogue.requests) == 2


async def test_who_waits_for_turns_too_long_is_told() -> None:
    dialogue = ScriptedDialogue()
    assert await failure(made(dialogue, lambda: True, deadline_s=0.2)) == BUSY
    assert dialogue.requests == []


async def test_a_model_that_takes_too_long_is_left_alone() -> None:
    slow = ScriptedDialogue(first_token_s=5.0)
    began = time.monotonic()
    assert await failure(made(slow, deadline_s=0.2)) == TIMEOUT
    assert time.monotonic() - began < 2


async def test_a_stage_that_misses_its_own_deadline_is_a_timeout_too() -> None:
    slow = ScriptedDialogue(first_token_s=5.0)
    assert await failure(made(slow, stage_deadline_s=0.1)) == TIMEOUT


async def test_a_model_that_fails_is_told() -> None:
    assert await failure(made(ScriptedDialogue(errors=("llm.failed",)))) == FAILED


async def test_help_that_nobody_waits_for_is_stopped() -> None:
    slow = ScriptedDialogue(first_token_s=5.0)
    completion = made(slow)
    asking = asyncio.create_task(ask(completion))
    await asyncio.sleep(0.1)
    completion.cancel()
    with pytest.raises(CompletionError):
        await asking
    with pytest.raises(CompletionError):
        await ask(completion)
    assert len(slow.requests) == 1
