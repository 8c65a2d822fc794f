"""A learner at one partner's microphone: speaks in real time, listens, interrupts."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Self

from bench.client import FRAME_S
from bench.turns import sounds
from bench.turns.speakers import RATE_HZ
from bench.turns.takes import FRAME_SAMPLES, LEAD_S, ROOM_LEVEL, Take

from .hearing import (
    ANSWER_PATIENCE_S,
    Stop,
    Turn,
    first_heard_s,
    is_settled,
    judge_stop,
    judge_turn,
)
from .lines import last_words
from .partners import Partner
from .wire import STOPPED

# An interruption begins so long after the reply.
INTO_REPLY_S = 1.0
# How long one looks whether it is heeded.
STOP_PATIENCE_S = 6.0
# A partner that has been idle hears the room again before somebody speaks.
ROOM_S = 1.0
SETTLE_PATIENCE_S = 60.0
_LOOK_S = 0.05


@dataclass(frozen=True, slots=True)
class Times:
    """When the frames with a take's first and last voiced samples were sent."""

    begins_s: float
    ends_s: float


class Microphone:
    """Open for as long as it is entered: a frame every 20 ms, of a take or of the room."""

    def __init__(self, partner: Partner) -> None:
        self._partner = partner
        room = sounds.at_level(sounds.pink(RATE_HZ, 1), ROOM_LEVEL)
        self._room = _frames((room * 32767).astype("<i2").tobytes())
        self._frames: list[bytes] = []
        self._sent: list[float] = []
        self._task: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        self._task = asyncio.create_task(self._send())
        await asyncio.sleep(ROOM_S)
        await self._until(self._settled, SETTLE_PATIENCE_S)
        self._partner.forget()
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self._task is not None
        self._task.cancel()
        # That nobody listens any more shows in what was not sent.
        await asyncio.gather(self._task, return_exceptions=True)

    async def turn(self, take: Take) -> Turn:
        """Say something, hear the answer out, and say what became of it."""
        times = await self._say(take)
        await self._until(lambda: self._heard_after(times.ends_s), ANSWER_PATIENCE_S)
        turn = judge_turn(
            self._partner.sounds,
            self._partner.notes,
            begins_s=times.begins_s,
            ends_s=times.ends_s,
            last_words=last_words(take.line),
        )
        await self._until(self._settled, SETTLE_PATIENCE_S)
        return turn

    async def interrupt(
        self, request: Take, take: Take, *, on_reply: Callable[[], object]
    ) -> Stop | None:
        """Ask for a long reply and talk over it. None where it was over too soon.

        ``on_reply`` is called when the reply is heard.
        """
        times = await self._say(request)
        await self._until(lambda: self._heard_after(times.ends_s), ANSWER_PATIENCE_S)
        heard_s = first_heard_s(self._partner.sounds, self._partner.notes)
        if heard_s is None:
            return None
        on_reply()
        await asyncio.sleep(heard_s + INTO_REPLY_S - LEAD_S - time.monotonic())
        self._partner.notes = []
        over = await self._say(take)
        await self._until(self._stopped, STOP_PATIENCE_S)
        stop = judge_stop(
            self._partner.sounds, self._partner.notes, begins_s=over.begins_s
        )
        await self._until(self._settled, SETTLE_PATIENCE_S)
        return stop

    async def _say(self, take: Take) -> Times:
        """Send a take up to its last voiced sample; the room goes on by itself."""
        first, last = _frame_of(take.truth.begins), _frame_of(take.truth.ends - 1)
        self._sent, self._frames = [], take.frames
        await self._until(
            lambda: len(self._sent) > last, len(take.frames) * FRAME_S + 5
        )
        if len(self._sent) <= last:
            raise TimeoutError(f"{take.name} was not sent in time")
        return Times(self._sent[first], self._sent[last])

    def _heard_after(self, at_s: float) -> bool:
        return any(
            sound.at_s >= at_s and sound.loud_after_s is not None
            for sound in self._partner.sounds
        )

    def _stopped(self) -> bool:
        return any(note.kind == STOPPED for note in self._partner.notes)

    def _settled(self) -> bool:
        return is_settled(self._partner.sounds, self._partner.notes, time.monotonic())

    async def _until(self, is_so: Callable[[], bool], patience_s: float) -> None:
        for _ in range(int(patience_s / _LOOK_S)):
            if is_so():
                return
            await asyncio.sleep(_LOOK_S)

    async def _send(self) -> None:
        start, number = time.monotonic(), 0
        while True:
            await asyncio.sleep(max(0.0, start + number * FRAME_S - time.monotonic()))
            frames, at = self._frames, len(self._sent)
            if at < len(frames):
                await self._partner.frame(frames[at])
                if frames is self._frames:
                    self._sent.append(time.monotonic())
            else:
                self._frames = []
                await self._partner.frame(self._room[number % len(self._room)])
            number += 1


def _frame_of(sample: int) -> int:
    return sample // FRAME_SAMPLES


def _frames(pcm: bytes) -> list[bytes]:
    size = 2 * FRAME_SAMPLES
    return [pcm[i : i + size] for i in range(0, len(pcm), size)]
