"""Learners who talk at the same time: paced microphones, answers heard at once.

Each speaks every seven seconds at the soonest, and never before the answer has ended. Run
in processes of their own, so that the measuring side does not wait for itself: a learner
costs it about 1.5 ms of processor time a second.
"""

from __future__ import annotations

import asyncio
import gc
import os
import random
import time
from collections.abc import Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from multiprocessing import get_context
from typing import Any, Self

from websockets.exceptions import WebSocketException

from .client import FRAME_S, SILENT_FRAME, BenchClient, Received
from .load_gate import queue_place
from .server import Seat
from .speech import LearnerSpeech

PER_PROCESS = 100
CYCLE_S = 7.0
JOIN_EVERY_S = 0.05
OPENING_S = 90.0
LONGEST_TURN_S = 60.0
# A learner who interrupts does so this long after the first clause was complete.
INTERRUPT_AFTER_S = 0.03
CLAUSE_WORDS = 3
FULL = "quota.full"


@dataclass(frozen=True, slots=True)
class Plan:
    """What everybody does. ``begin_at``: when the first may speak (``time.monotonic``)."""

    speech: Sequence[LearnerSpeech]
    turns: int
    begin_at: float
    cycle_s: float = CYCLE_S
    interrupts: bool = False


@dataclass(slots=True)
class TurnSeen:
    """One turn; seconds count from the frame with the last voiced sample."""

    learner: int
    last_voiced_at: float = 0.0
    at: dict[str, float] = field(default_factory=dict)
    spans: dict[str, tuple[float, float]] = field(default_factory=dict)
    outcome: str = ""
    deltas: int = 0
    stopped_at: float | None = None

    def after_s(self, type_: str) -> float | None:
        """Return how long after the last voiced sample a message came first."""
        return self.at[type_] - self.last_voiced_at if type_ in self.at else None


@dataclass(slots=True)
class Tally:
    """What some learners saw.

    ``late_ms``: how late frames were sent, by our own doing. ``places``: in the queue, of
    those who were refused; 0: none.
    """

    turns: list[TurnSeen] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    gaps: int = 0
    places: list[int] = field(default_factory=list)
    late_ms: list[float] = field(default_factory=list)
    cpu_s: float = 0.0

    def add(self, other: Tally) -> None:
        """Take in what others saw."""
        self.turns += other.turns
        self.errors += other.errors
        self.gaps += other.gaps
        self.places += other.places
        self.late_ms += other.late_ms
        self.cpu_s += other.cpu_s


class Learner:
    """One learner with a socket."""

    def __init__(self, number: int, port: int, seat: Seat, tally: Tally) -> None:
        self._number = number
        self._place = partial(queue_place, port, seat)
        self._tally = tally
        self._turn: TurnSeen | None = None
        self._stopping: asyncio.Task[None] | None = None
        self._interrupts = False
        self._full = asyncio.Event()
        self._client = BenchClient(port, seat, on_event=self._note)

    async def talk(self, plan: Plan, joins_after_s: float) -> None:
        """Join, hear the opening, take turns, leave."""
        await asyncio.sleep(joins_after_s)
        self._interrupts = plan.interrupts
        client = self._client
        try:
            if not await self._joined():
                self._tally.places.append(await asyncio.to_thread(self._place))
                return
            begin_at = plan.begin_at + begins_after_s(self._number, plan.cycle_s)
            await asyncio.sleep(max(0.0, begin_at - time.monotonic()))
            for number in range(plan.turns):
                speech = plan.speech[(self._number + number) % len(plan.speech)]
                await self._one_turn(speech, plan.cycle_s)
            # Else the talk is kept for who may come back, and with it its place.
            ended = client.expect("session.ended")
            await client.send(type="session.end")
            await asyncio.wait_for(ended, OPENING_S)
        except (OSError, WebSocketException, TimeoutError, AssertionError) as error:
            self._tally.errors.append(type(error).__name__)
        finally:
            self._tally.gaps += client.gaps
            self._tally.errors += [e for e in client.errors if e != FULL]
            await client.leave()

    async def _joined(self) -> bool:
        """Join and hear the opening; return False where there is no place."""
        opened = self._client.expect("turn.ended")

        async def join() -> None:
            await self._client.join()
            await opened

        joining = asyncio.create_task(join())
        full = asyncio.create_task(self._full.wait())
        tasks = {joining, full}
        await asyncio.wait(
            tasks, timeout=OPENING_S, return_when=asyncio.FIRST_COMPLETED
        )
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        if self._full.is_set():
            return False
        if joining.cancelled():
            raise TimeoutError("no opening")
        joining.result()
        return True

    async def _one_turn(self, speech: LearnerSpeech, cycle_s: float) -> None:
        turn = self._turn = TurnSeen(self._number)
        self._tally.turns.append(turn)
        ended = self._client.expect("turn.ended")
        start = time.monotonic()
        number = 0
        while not ended.done() or time.monotonic() - start < cycle_s:
            due = start + number * FRAME_S
            if (wait := due - time.monotonic()) > 0:
                await asyncio.sleep(wait)
            if number % 50 == 0:
                self._tally.late_ms.append(1000 * (time.monotonic() - due))
            speaking = number <= speech.last_voiced_frame
            await self._client.frame(
                speech.frames[number] if speaking else SILENT_FRAME
            )
            if number == speech.last_voiced_frame:
                turn.last_voiced_at = time.monotonic()
            number += 1
            if time.monotonic() - start > LONGEST_TURN_S + cycle_s:
                raise TimeoutError("a turn does not end")

    def _note(self, received: Received) -> None:
        if received.type == "error" and received.message["code"] == FULL:
            self._full.set()
        turn = self._turn
        if turn is None or not turn.last_voiced_at:
            return
        turn.at.setdefault(received.type, received.at)
        if received.type == "reply.delta":
            turn.deltas += 1
            if self._interrupts and turn.deltas == CLAUSE_WORDS:
                self._stopping = asyncio.create_task(self._stop(turn))
        elif received.type == "turn.timing":
            for span in received.message["stages"]:
                times = span["start_ms"], span["end_ms"]
                turn.spans.setdefault(span["name"], times)
        elif received.type == "turn.ended":
            turn.outcome = received.message["outcome"]

    async def _stop(self, turn: TurnSeen) -> None:
        await asyncio.sleep(INTERRUPT_AFTER_S)
        turn.stopped_at = time.monotonic()
        await self._client.send(type="reply.stop")


def begins_after_s(number: int, cycle_s: float) -> float:
    """Return when in a cycle a learner speaks: by chance, but always the same."""
    return random.Random(number).uniform(0, cycle_s)  # noqa: S311


class Crowd:
    """Processes of learners. A context manager."""

    def __init__(self, processes: int) -> None:
        self._pool = ProcessPoolExecutor(processes, mp_context=get_context("spawn"))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._pool.shutdown(cancel_futures=True)

    def send(self, port: int, seats: Sequence[Seat], plan: Plan) -> list[Future[Tally]]:
        """Have learners talk at a port, as many a process as it can take."""
        groups = [
            list(enumerate(seats))[start : start + PER_PROCESS]
            for start in range(0, len(seats), PER_PROCESS)
        ]
        return [self._pool.submit(_talk, port, group, plan) for group in groups]


def gathered(futures: Sequence[Future[Tally]]) -> Tally:
    """Return what all of them saw."""
    tally = Tally()
    for future in futures:
        tally.add(future.result())
    return tally


def _talk(port: int, group: Sequence[tuple[int, Seat]], plan: Plan) -> Tally:
    # A pause of the measuring side would be counted as the server's.
    gc.disable()
    tally = Tally()
    before = _cpu_s()

    async def everybody() -> Any:
        learners = [Learner(number, port, seat, tally) for number, seat in group]
        return await asyncio.gather(
            *(one.talk(plan, i * JOIN_EVERY_S) for i, one in enumerate(learners))
        )

    asyncio.run(everybody())
    tally.cpu_s = _cpu_s() - before
    gc.enable()
    return tally


def _cpu_s() -> float:
    times = os.times()
    return times.user + times.system
