"""The runs that go on in this process."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from inference.transport.run_order import RunOrder

# A face that nobody asked for since then may have been unloaded.
AVATAR_S = 600.0
# Who has said nothing for so long has left, whether that was heard or not.
TALK_S = 600.0


@dataclass(eq=False, slots=True)
class RunHere:
    """One run that goes on here. ``cancelled`` is what its engine looks at."""

    order: RunOrder
    began_at: float = field(default_factory=time.monotonic)
    cancelled: threading.Event = field(default_factory=threading.Event)

    @property
    def elapsed_s(self) -> float:
        """Seconds since it began."""
        return time.monotonic() - self.began_at


class Board:
    """Who works on what; asked by the threads that beat and that listen."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._runs: set[RunHere] = set()
        self._avatars: dict[str, float] = {}
        self._talks: dict[str, float] = {}
        self.done = 0
        self.failed = 0

    @contextmanager
    def working(self, order: RunOrder) -> Iterator[RunHere]:
        """Put a run up while it goes on."""
        here = RunHere(order)
        with self._lock:
            self._runs.add(here)
        try:
            yield here
        finally:
            with self._lock:
                self._runs.discard(here)

    def going_on(self) -> list[RunHere]:
        """Return the runs of this moment."""
        with self._lock:
            return list(self._runs)

    def note_avatar(self, avatar: str) -> None:
        """A face speaks here: it is loaded for a while."""
        self._avatars[avatar] = time.monotonic()

    def avatars(self) -> tuple[str, ...]:
        """Return the faces that spoke here lately."""
        since = time.monotonic() - AVATAR_S
        return tuple(sorted(a for a, at in list(self._avatars.items()) if at >= since))

    def note_talk(self, talk: str) -> None:
        """Something is kept of this talk until it is over."""
        with self._lock:
            self._talks[talk] = time.monotonic()

    def forget_talk(self, talk: str) -> bool:
        """A talk is over; return whether something was kept of it."""
        with self._lock:
            return self._talks.pop(talk, None) is not None

    def silent_talks(self) -> list[str]:
        """Return the talks that must be over by now."""
        since = time.monotonic() - TALK_S
        with self._lock:
            return [talk for talk, at in self._talks.items() if at < since]

    def running(self) -> dict[str, int]:
        """Return how many runs of each stage go on."""
        return dict(Counter(here.order.stage for here in self.going_on()))

    def count(self, *, failed: bool) -> None:
        """Count a run that is over."""
        with self._lock:
            self.done += not failed
            self.failed += failed

    def cancel(self, run_id: str) -> None:
        """Whoever works on this run shall stop."""
        for here in self.going_on():
            if here.order.run == run_id:
                here.cancelled.set()
