"""A scaled set-up of its own for one benchmark: every part a process, in a temporary folder."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

import psutil
from redis import Redis

from scripts.scaled.layout import ROOT, Layout, Size, free_port
from scripts.scaled.parts import Part
from scripts.scaled.stack import Stack

from .report import say
from .server import Seat

SCRIPTED = "bench.scaled_settings"
REAL = "tutorplatform.settings.local"


@dataclass(frozen=True, slots=True)
class Used:
    """What one part took: seconds of processor time so far, resident memory now."""

    cpu_s: float
    memory_mb: float


class ScaledSite:
    """A stack with learners. A context manager: nothing of it is left behind.

    ``arrange`` changes its parts once its folder and ports are known (`layout`); with
    ``keeps_voice`` the learners consent to what they say being kept.
    """

    def __init__(
        self,
        *,
        learners: int,
        settings: str = SCRIPTED,
        environ: Mapping[str, str] | None = None,
        size: Size | None = None,
        llm: str = "",
        llm_port: int | None = None,
        arrange: Callable[[Layout, list[Part]], list[Part]] = lambda _, parts: parts,
        keeps_voice: bool = False,
    ) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="tutor-scaled-"))
        # PostgreSQL refuses to be root; whoever it is has to get to its cluster.
        self.folder.chmod(0o755)
        self.stops = self.folder / "stops"
        self.layout = Layout(
            self.folder,
            free_port(),
            settings=settings,
            environ={"BENCH_STOPS": str(self.stops), **(environ or {})},
            llm=llm,
            llm_port=llm_port or free_port(),
            size=size or Size(),
        )
        seats = self.folder / "seats.json"
        self.stack = Stack(
            self.layout,
            prepare=(
                *("-m", "bench.seed", str(learners), "--file", str(seats)),
                *(("--keep-voice",) if keeps_voice else ()),
            ),
            say=say,
            arrange=lambda parts: arrange(self.layout, parts),
        )
        self._seats = seats
        self.seats: list[Seat] = []

    def __enter__(self) -> Self:
        try:
            self.stack.start()
            self.seats = [Seat(**one) for one in json.loads(self._seats.read_text())]
        except BaseException:
            self._end()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self._end()

    def _end(self) -> None:
        self.stack.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def add_learners(self, count: int) -> None:
        """Make more learners."""
        there = str(len(self.seats))
        subprocess.run(  # noqa: S603 our own module
            [
                *(sys.executable, "-m", "bench.seed", str(count)),
                *("--first", there, "--file", str(self._seats)),
            ],
            cwd=ROOT,
            env=self.stack.environ,
            check=True,
        )
        self.seats += [Seat(**one) for one in json.loads(self._seats.read_text())]

    def redis(self) -> Redis:
        """Return a client of the stack's Redis."""
        client: Redis = Redis.from_url(self.layout.redis_url, socket_timeout=5)
        return client

    def django(self, code: str) -> str:
        """Run a few lines with Django of this site; return what they print."""
        done = subprocess.run(  # noqa: S603 our own lines
            [sys.executable, "-c", f"import django; django.setup()\n{code}"],
            cwd=ROOT,
            env=self.stack.environ,
            check=True,
            stdout=subprocess.PIPE,
            text=True,
        )
        return done.stdout

    def used(self) -> dict[str, Used]:
        """Return what each part has taken, with all its processes."""
        found = {}
        for name, state in self.stack.supervisor.states().items():
            if state["pid"]:
                found[name] = _used(int(state["pid"]))
        return found


def _used(pid: int) -> Used:
    cpu_s = memory = 0.0
    try:
        root = psutil.Process(pid)
        for process in [root, *root.children(recursive=True)]:
            times: Any = process.cpu_times()
            cpu_s += times.user + times.system
            memory += process.memory_info().rss
    except psutil.Error:
        # It ended while it was looked at.
        pass
    return Used(cpu_s, memory / 1e6)
