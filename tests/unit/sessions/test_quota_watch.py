"""A talk's time: told in time, ended kindly."""

from __future__ import annotations

import asyncio
from datetime import datetime

import pytest

from sessions.live.entrance import plan_minutes
from sessions.live.quota_watch import QuotaWatch
from sessions.turns.events import TimeLeft, TurnEvent


class ScriptedLedger:
    """Says how much is left, one answer after the other; the last one stays."""

    def __init__(self, *left: float | None | Exception) -> None:
        self.left = list(left)
        self.closed: list[datetime] = []

    async def beat(self, now: datetime) -> float | None:
        """Return the next answer."""
        answer = self.left.pop(0) if len(self.left) > 1 else self.left[0]
        if isinstance(answer, Exception):
            raise answer
        return answer

    async def close(self, at: datetime) -> None:
        """Note it."""
        self.closed.append(at)


class Talk:
    """A watched talk that is busy for a while."""

    def __init__(self, ledger: ScriptedLedger, *, busy: int = 0) -> None:
        self.events: list[TurnEvent] = []
        self.busy = busy
        self.ended: list[str] = []
        self.over = asyncio.Event()
        self.watch = QuotaWatch(
            ledger,
            beat_s=0.01,
            emit=self.events.append,
            is_busy=self.is_busy,
            end=self.end,
        )

    def is_busy(self) -> bool:
        """Whether a turn goes on."""
        self.busy -= 1
        return self.busy >= 0

    async def end(self, reason: str) -> None:
        """End as a live session does, which closes the watch too."""
        self.ended.append(reason)
        await self.watch.close()
        self.over.set()


async def test_the_learner_is_told_once_and_the_talk_ends() -> None:
    ledger = ScriptedLedger(400, 119, 60, 0)
    talk = Talk(ledger)
    talk.watch._pause = lambda left: 0.001  # type: ignore[method-assign]
    talk.watch.start()
    await asyncio.wait_for(talk.over.wait(), 2)
    seconds = [one.seconds for one in talk.events if isinstance(one, TimeLeft)]
    assert seconds == [119, 0]
    assert talk.ended == ["quota"]
    assert len(ledger.closed) == 1


async def test_the_turn_that_goes_on_is_heard_to_its_end() -> None:
    talk = Talk(ScriptedLedger(0), busy=1)
    talk.watch.start()
    await asyncio.sleep(0.05)
    assert talk.ended == []
    await asyncio.wait_for(talk.over.wait(), 2)
    assert talk.ended == ["quota"]


async def test_nobody_is_sent_away_because_storage_fails() -> None:
    ledger = ScriptedLedger(OSError("no database"), None)
    talk = Talk(ledger)
    talk.watch.start()
    await asyncio.sleep(0.05)
    await talk.watch.close()
    assert talk.events == []
    assert talk.ended == []


async def test_a_line_that_was_lost_for_good_ends_the_talk_at_that_moment() -> None:
    ledger = ScriptedLedger(None)
    talk = Talk(ledger)
    talk.watch.start()
    talk.watch.away()
    await asyncio.sleep(0.03)
    await talk.watch.close()
    away = talk.watch._away_at
    assert ledger.closed == [away]


@pytest.mark.parametrize(
    ("minutes", "talked", "left_s", "closes_after"),
    [
        (10, 0, None, 10),
        (10, 0, 3600, 10),
        (10, 0, 300, 3),
        (10, 4, 300, 7),
        (0, 0, 600, 8),
        (10, 0, 60, 0.5),
    ],
)
def test_the_tutor_closes_before_the_time_is_over(
    minutes: float, talked: float, left_s: float | None, closes_after: float
) -> None:
    assert plan_minutes(minutes, talked=talked, left_s=left_s) == closes_after
