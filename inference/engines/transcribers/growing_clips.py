"""Recognisers that go on where they were: looks at a growing clip decode only what is new.

Each look at unfinished speech asks about all of it so far, and so does the final request.
A clip that begins with another one, byte by byte, is the same speech a little later.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Lock
from typing import Generic, TypeVar

_Decoder = TypeVar("_Decoder")

# A learner's sound is not kept longer than a talk needs it.
_KEPT_S = 20.0
_MOST_KEPT = 64


@dataclass(slots=True)
class Underway(Generic[_Decoder]):
    """A decoder, what it has heard, and the words of stretches that are over."""

    decoder: _Decoder
    language: str
    rate_hz: int
    pcm: bytes = b""
    texts: list[str] = field(default_factory=list)
    words: list[dict[str, object]] = field(default_factory=list)
    used_at: float = 0.0


class GrowingClips(Generic[_Decoder]):
    """Keeps decoders between the looks at one clip. Thread-safe."""

    def __init__(
        self,
        make: Callable[[str, int], _Decoder],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._make = make
        self._clock = clock
        self._lock = Lock()
        self._kept: list[Underway[_Decoder]] = []

    def take(self, pcm: bytes, language: str, rate_hz: int) -> Underway[_Decoder]:
        """Return the decoder that has heard most of this clip's beginning, or a new one.

        It belongs to the caller until it is put back.
        """
        with self._lock:
            self._forget_old()
            alike = [
                each
                for each in self._kept
                if (each.language, each.rate_hz) == (language, rate_hz)
                and pcm.startswith(each.pcm)
            ]
            if alike:
                found = max(alike, key=lambda each: len(each.pcm))
                self._kept.remove(found)
                return found
        return Underway(self._make(language, rate_hz), language, rate_hz)

    def put_back(self, underway: Underway[_Decoder]) -> None:
        """Keep a decoder for the next look."""
        with self._lock:
            underway.used_at = self._clock()
            self._kept.append(underway)
            del self._kept[:-_MOST_KEPT]

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._kept.clear()

    def _forget_old(self) -> None:
        oldest = self._clock() - _KEPT_S
        self._kept = [each for each in self._kept if each.used_at >= oldest]
