"""The page is told of a turn's corrections once they are stored, and of nothing else."""

from __future__ import annotations

import asyncio

from sessions.turns.repository import TurnRecord
from tests.fakes.engines import ScriptedTranscriber
from tests.fakes.live import LiveHarness
from tests.fakes.turn_repository import MemoryTurnRepository
from tutor.moves import MoveKind

from .test_live_teaching import NICE, taught

WRONG = "Yesterday I go to the market with my sister."
RIGHT = "Yesterday I went to the market with my sister."


async def talk(
    *said: str, repository: MemoryTurnRepository | None = None
) -> LiveHarness:
    """Return a talk in which this was said and answered."""
    harness = taught(NICE, *said, repository=repository)
    async with harness:
        for turn, _ in enumerate(said, 1):
            await harness.speak()
            await harness.until("turn.ended", turn=turn, outcome="completed")
            await harness.until("corrections.ready", turn=turn)
    return harness


def news(harness: LiveHarness) -> list[tuple[int, int, bool]]:
    """Return what was told of corrections."""
    return [
        (event["turn"], event["corrections"], event["withheld"])
        for event in harness.events
        if event["type"] == "corrections.ready"
    ]


async def test_what_the_tutor_asks_for_is_announced_as_withheld_until_the_next_turn() -> (
    None
):
    harness = await talk(WRONG, RIGHT)
    record = harness.repository.records[1]
    assert record.taught is not None
    assert record.taught.move.kind is MoveKind.ELICIT
    assert news(harness) == [(1, 1, True), (2, 0, False)]


async def test_a_turn_is_told_of_after_it_was_stored() -> None:
    class Noting(MemoryTurnRepository):
        """Notes what was told of a turn while it was being written whole."""

        harness: LiveHarness | None = None
        told: list[tuple[int, int, bool]] | None = None

        async def save(self, record: TurnRecord) -> None:
            if record.taught is not None and self.told is None:
                assert self.harness is not None
                await asyncio.sleep(0.05)
                self.told = news(self.harness)
            await super().save(record)

    repository = Noting()
    harness = taught(NICE, WRONG, repository=repository)
    repository.harness = harness
    async with harness:
        await harness.speak()
        await harness.until("corrections.ready", turn=1)
    assert repository.told == []
    assert len(news(harness)) == 1


async def test_a_talk_that_is_not_taught_has_no_such_news() -> None:
    harness = LiveHarness(transcriber=ScriptedTranscriber(texts=(WRONG,)))
    async with harness:
        await harness.speak()
        await harness.until("turn.ended", turn=1)
    assert news(harness) == []


async def test_a_turn_that_is_answered_again_is_told_of_again() -> None:
    harness = taught(NICE, WRONG)
    async with harness:
        await harness.speak()
        await harness.until("corrections.ready", turn=1, corrections=1)
        harness.send(type="transcript.correct", turn=1, text=RIGHT)
        await harness.until("corrections.ready", turn=1, corrections=0)
    assert news(harness) == [(1, 1, True), (1, 0, False)]
