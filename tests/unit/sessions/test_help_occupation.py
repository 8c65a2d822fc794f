"""When a talk needs the language model, and when help may have it."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from uuid import uuid4

import pytest

from sessions.help.occupation import turn_under_way
from sessions.live.registry import Seat, live_sessions
from tests.fakes.engines import ScriptedDialogue, ScriptedTranscriber
from tests.fakes.live import SESSION, LiveHarness


@pytest.fixture
def harness() -> Iterator[LiveHarness]:
    """A talk whose tutor thinks for a while."""
    made = LiveHarness(
        dialogue=ScriptedDialogue(first_token_s=0.3),
        transcriber=ScriptedTranscriber(),
    )
    live_sessions._seats[SESSION] = Seat(made.live, made.router)
    yield made
    live_sessions._seats.pop(SESSION)


async def test_the_model_is_needed_until_the_reply_is_spoken(
    harness: LiveHarness,
) -> None:
    assert not turn_under_way()
    async with harness:
        # From here on the reply is played as slowly as the test wants.
        harness._plays = False
        assert not turn_under_way()
        harness.frames(600, loud=True)
        await asyncio.sleep(0.05)
        assert turn_under_way(), "the learner speaks"
        harness.frames(600, loud=False)
        await harness.until("transcript.final", turn=1)
        assert turn_under_way(), "the tutor thinks"
        assert turn_under_way(SESSION)
        assert not turn_under_way(uuid4()), "another talk is none of ours"
        await harness.until("reply.audio_ended", turn=1)
        assert harness.live.turns.current is not None
        assert not turn_under_way(), "what is left is playing"
        harness.send(type="playback.finished", turn=1, attempt=0)
        await harness.until("turn.ended", turn=1)
        assert not turn_under_way()
