"""The same talk with each partner, turn about; who is not talked to is left idle."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager

from websockets.exceptions import ConnectionClosed

from bench.report import say

from .figures import Judged, System
from .hearing import Stop
from .lines import Saying, Talk
from .microphone import Microphone
from .partners import Partner
from .processes import Usage
from .wire import HEARD, OWN_FIGURE, SAID, TIMING

# Calm is when all processes together use less than this for so long.
CALM_CORES, CALM_S = 0.1, 0.5
CALM_PATIENCE_S = 20.0


class Talking:
    """One mode's talk. ``tell`` sets what a scripted model says next."""

    def __init__(
        self,
        partners: Mapping[str, Partner],
        usage: Usage,
        tell: Callable[[str], object],
    ) -> None:
        self._partners = partners
        self._usage = usage
        self._tell = tell
        self.systems = {name: System() for name in partners}
        self.broken_off: str | None = None

    async def run(self, talk: Talk) -> None:
        """Join everybody, talk, leave. Who fails ends the talk; what was seen is kept."""
        for name, partner in self._partners.items():
            say(f"  joining {name}")
            await partner.join()
        try:
            await self._talk(talk)
        except (ConnectionClosed, OSError) as failure:
            self.broken_off = f"{type(failure).__name__}: {failure}"
            say(f"  broken off, {self.broken_off}")
        finally:
            for partner in self._partners.values():
                await partner.leave()

    async def _talk(self, talk: Talk) -> None:
        """Warm up, take the turns, interrupt."""
        await self._calm()
        for name in self._partners:
            await self._turn(name, talk.warm_up, counts=False)
        for number, saying in enumerate(talk.turns):
            say(f"  turn {number + 1} of {len(talk.turns)}")
            for name in self._order(number):
                await self._turn(name, saying, counts=True)
        for number, (request, over) in enumerate(talk.interruptions):
            for name in self._order(number):
                await self._interruption(name, request, over)

    def _order(self, number: int) -> Sequence[str]:
        """Return who comes when: first and last change places from turn to turn."""
        names = list(self._partners)
        return names[::-1] if number % 2 else names

    async def _turn(self, name: str, saying: Saying, *, counts: bool) -> None:
        partner = self._partners[name]
        self._tell(saying.told)
        async with self._others_idle(name), Microphone(partner) as microphone:
            turn = await microphone.turn(saying.take)
        understood = " ".join(n.text for n in partner.notes if n.kind == HEARD)
        own = tuple(n.text for n in partner.notes if n.kind == OWN_FIGURE)
        timings = [n.text for n in partner.notes if n.kind == TIMING]
        judged = Judged(
            saying.take.label,
            saying.take.line,
            turn,
            understood,
            own,
            tuple(n.text for n in partner.notes if n.kind == SAID),
            json.loads(timings[-1]) if timings else {},
        )
        if counts:
            self.systems[name].turns.append(judged)
        say(f"  {name:8} {_said(judged)}{'' if counts else '  (warm-up)'}")

    async def _interruption(self, name: str, request: Saying, over: Saying) -> None:
        self._tell(request.told)
        async with (
            self._others_idle(name),
            Microphone(self._partners[name]) as microphone,
        ):
            stop = await microphone.interrupt(
                request.take, over.take, on_reply=lambda: self._tell(over.told)
            )
        self.systems[name].stops.append(stop)
        say(f"  {name:8} interrupted: {_stopped(stop)}")

    @asynccontextmanager
    async def _others_idle(self, name: str) -> AsyncIterator[None]:
        """Count what the others use of the processor meanwhile; leave a calm machine."""
        before, began_s = self._usage.seconds(), time.monotonic()
        yield
        after, took_s = self._usage.seconds(), time.monotonic() - began_s
        for other, system in self.systems.items():
            if other != name:
                system.idle_s += after[other] - before[other]
                system.others_s += took_s
        await self._calm()

    async def _calm(self) -> None:
        """Wait until nobody works on anything any more: it would be in the next one's way."""
        for _ in range(int(CALM_PATIENCE_S / CALM_S)):
            before = self._usage.seconds()
            await asyncio.sleep(CALM_S)
            after = self._usage.seconds()
            if sum(after.values()) - sum(before.values()) < CALM_CORES * CALM_S:
                return


def _said(judged: Judged) -> str:
    turn = judged.turn
    marks = [
        word
        for word, is_so in (
            ("CUT IN", turn.cut_in),
            ("closed early", turn.closed_early and not turn.cut_in),
            ("MISSED", turn.missed),
        )
        if is_so
    ]
    if turn.arrived_after_s is not None and turn.heard_after_s is not None:
        marks.append(
            f"{turn.arrived_after_s:.2f} s (heard after {turn.heard_after_s:.2f} s)"
        )
    return f"{judged.label:10} {', '.join(marks)}  understood {judged.understood!r}"


def _stopped(stop: Stop | None) -> str:
    if stop is None:
        return "the reply was over"
    return f"{stop.after_s:.2f} s" if stop.heeded else "NOT HEEDED"
