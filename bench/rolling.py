"""``make try-upgrade``: a scaled set-up is replaced part by part while learners talk.

In the order of docs/deployment.md: migrations; then of each kind of worker a new one beside the
old, which is told to end (SIGTERM) once the new one takes orders; then one web process after
the other, while the rest serves. Learners talk through the proxy without end, as the page
does. A turn is lost when their words are neither answered nor asked for again; a learner is
interrupted from the end of a socket until the talk is ready on another.
"""

from __future__ import annotations

import argparse
import asyncio
import signal
import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from celery import Celery

from scripts.scaled.layout import ROOT, Layout
from scripts.scaled.parts import Part

from .faults_talks import Said, Talker
from .load_speech import tones
from .report import machine, percentile, report, say
from .scaled import ScaledSite

LEARNERS = 4
WARM_UP_S = 15.0
SETTLE_S = 8.0
READY_S = 120.0
NEXT = "-next"
TARGETS = {
    "turns_lost": "<= 0",
    "sessions_lost": "<= 0",
    "interrupted_most_s": "< 10 s",
}


@dataclass(frozen=True, slots=True)
class Step:
    """A part that was replaced: when (``time.monotonic``), how long its old one took to end."""

    name: str
    began_at: float
    ended_at: float
    stopping_s: float


def with_spares(_layout: Layout, parts: list[Part]) -> list[Part]:
    """Add to each worker another one that waits to be started."""
    return [
        *parts,
        *(_spare(part) for part in parts if part.name.startswith("worker-")),
    ]


def _spare(part: Part) -> Part:
    name = f"{part.name}{NEXT}"
    command = tuple(word.replace(f"{part.name}@", f"{name}@") for word in part.command)
    return replace(part, name=name, command=command, spare=True)


class Upgrade:
    """Goes through the parts. ``steps`` says what was done."""

    def __init__(self, site: ScaledSite) -> None:
        self._site = site
        self._supervisor = site.stack.supervisor
        self._celery = Celery(broker=site.layout.redis_url)
        self.steps: list[Step] = []

    def migrate(self) -> None:
        """Migrate beside the old version."""
        began_at = time.monotonic()
        subprocess.run(
            [sys.executable, "manage.py", "migrate", "--verbosity", "0"],
            cwd=ROOT,
            env={**self._site.stack.environ, "PGOPTIONS": "-c lock_timeout=5s"},
            check=True,
        )
        self._done("migrations", began_at, 0.0)

    def replace_worker(self, name: str) -> None:
        """Start the new one, wait until it takes orders, tell the old one to end."""
        began_at = time.monotonic()
        new = f"{name}{NEXT}"
        self._supervisor.begin([new])
        self._wait(lambda: self._takes_orders(new), new)
        self._done(name, began_at, self._stop(name))

    def replace_web(self, number: int) -> None:
        """Tell a web process to end, then start it anew; the others serve meanwhile."""
        began_at = time.monotonic()
        name = f"web-{number + 1}"
        stopping_s = self._stop(name)
        self._supervisor.begin([name])
        address = self._site.stack.web_addresses()[number]
        self._wait(
            lambda: (self._site.stack.readiness(address) or {}).get("ready", False),
            name,
        )
        self._done(name, began_at, stopping_s)

    def _stop(self, name: str) -> float:
        began_at = time.monotonic()
        self._supervisor.stop_part(name)
        return time.monotonic() - began_at

    def _takes_orders(self, name: str) -> bool:
        whom = f"{name}@{socket.gethostname()}"
        return bool(self._celery.control.ping(destination=[whom], timeout=1.0))

    def _wait(self, is_so: Any, name: str) -> None:
        give_up_at = time.monotonic() + READY_S
        while not is_so():
            if time.monotonic() > give_up_at:
                raise RuntimeError(f"{name}: {self._site.stack.log(name)}")
            time.sleep(0.25)

    def _done(self, name: str, began_at: float, stopping_s: float) -> None:
        step = Step(name, began_at, time.monotonic(), stopping_s)
        self.steps.append(step)
        say(
            f"  {name:16} {step.ended_at - began_at:5.1f} s, old one {stopping_s:.1f} s"
        )


def interruptions(talker: Talker) -> list[float]:
    """Return for how long a learner had no talk, each time."""
    found, since = [], None
    for came in talker.client.came:
        if came.type == "close" and since is None:
            since = came.at
        elif came.type == "session.ready" and since is not None:
            found.append(came.at - since)
            since = None
    return found if since is None else [*found, time.monotonic() - since]


async def _run(site: ScaledSite) -> tuple[list[Talker], list[Step], int]:
    port = site.layout.port
    talkers = [Talker(i, seat, port, tones()) for i, seat in enumerate(site.seats)]
    for talker in talkers:
        await talker.begin()
    await asyncio.sleep(WARM_UP_S)
    upgrade = Upgrade(site)
    await asyncio.to_thread(upgrade.migrate)
    for kind in site.layout.size.workers:
        await asyncio.to_thread(upgrade.replace_worker, f"worker-{kind}")
    for number in range(site.layout.size.web):
        await asyncio.to_thread(upgrade.replace_web, number)
        # A rolling update goes on when what it began has settled.
        await asyncio.sleep(SETTLE_S)
    # Before the learners leave, which closes sockets too.
    closed = sum(talker.closed_for_good for talker in talkers)
    stopped = [interruptions(talker) for talker in talkers]
    await asyncio.gather(*(talker.end() for talker in talkers))
    for talker, found in zip(talkers, stopped, strict=True):
        say(
            f"  learner {talker.number}: without a talk for {[round(s, 2) for s in found]} s"
        )
    return talkers, upgrade.steps, closed


def _figures(
    talkers: Sequence[Talker], steps: Sequence[Step], closed: int
) -> tuple[dict[str, float], dict[str, Any]]:
    said = [one for talker in talkers for one in talker.said if one.ended_at]
    before = [one for one in said if (one.ended_at or 0) < steps[0].began_at]
    during = [one for one in said if one not in before]
    gaps = [gap for talker in talkers for gap in interruptions(talker)]
    figures = {
        "turns_lost": float(sum(one.lost for one in said)),
        "sessions_lost": float(closed),
        "interrupted_most_s": max(gaps, default=0.0),
        "interrupted_p50_s": percentile(gaps, 0.5) if gaps else 0.0,
        "answer_p50_before_s": _median(before),
        "answer_p50_during_s": _median(during),
    }
    return figures, {
        "learners": len(talkers),
        "turns": len(said),
        "turns_during": len(during),
        "outcomes": dict(Counter(one.outcome for one in during)),
        "told": dict(Counter(code for one in during for code in one.told)),
        "slowest_answer_s": max((one.answer_s or 0.0 for one in during), default=0.0),
        "interruptions_s": [
            [round(gap, 2) for gap in interruptions(talker)] for talker in talkers
        ],
        "steps_s": {
            step.name: [
                round(step.ended_at - step.began_at, 1), round(step.stopping_s, 1)
            ]
            for step in steps
        },
    }  # fmt: skip


def _median(said: Sequence[Said]) -> float:
    delays = [s for one in said if (s := one.answer_s) is not None]
    return percentile(delays, 0.5) if delays else 0.0


def main() -> None:
    """Replace everything once, and say what learners noticed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--learners", type=int, default=LEARNERS)
    options = parser.parse_args()
    machine_before = machine()
    # Also then what was started is stopped.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    with ScaledSite(learners=options.learners, arrange=with_spares) as site:
        talkers, steps, closed = asyncio.run(_run(site))
    figures, details = _figures(talkers, steps, closed)
    report(figures, TARGETS, details, before=machine_before)


if __name__ == "__main__":
    main()
