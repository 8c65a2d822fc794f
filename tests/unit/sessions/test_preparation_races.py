"""What is begun and thrown away at the same moment holds up no later turn."""

from __future__ import annotations

import asyncio
import time
from typing import Any

import pytest

from sessions.turns.context import SpokenInput, Transcribed
from tests.fakes.engines import ScriptedTranscriber
from tests.fakes.live import LiveHarness
from tests.unit.sessions.test_growing import clip_of, heard


async def candidate() -> SpokenInput:
    """Return an utterance that is recognised."""

    async def recognised() -> Transcribed:
        now = time.monotonic()
        return Transcribed(heard("We went to the market.", 2), now, now)

    task = asyncio.create_task(recognised())
    await task
    now = time.monotonic()
    return SpokenInput(clip_of(2), last_voiced_at=now, cut_at=now, candidate=task)


async def test_an_answer_that_is_dropped_before_it_began_holds_nothing_up() -> None:
    async with LiveHarness() as harness:
        turns = harness.live.turns
        turns.prepare(1, await candidate())
        # In the same step of the loop: nothing of it has run yet.
        turns.forget_prepared()
        turns.prepare(1, await candidate())
        await asyncio.sleep(0.05)
        turns.forget_prepared()
        await harness.speak()
        await harness.until("turn.ended", turn=1, outcome="completed")
        async with asyncio.timeout(2):
            await turns.close()


async def test_an_answer_that_cannot_be_begun_is_found_as_ever(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def refuses(*_: Any, **__: Any) -> None:
        raise RuntimeError("no answer ahead")

    transcriber = ScriptedTranscriber(("We went to the market.",))
    async with LiveHarness(transcriber=transcriber) as harness:
        preparation = harness.live.turns._preparation
        monkeypatch.setattr(preparation, "_answer", refuses)
        harness.frames(800, loud=True)
        harness.frames(140, loud=False)
        await asyncio.sleep(0.15)
        harness.frames(200, loud=False)
        await harness.until("turn.ended", turn=1, outcome="completed")
