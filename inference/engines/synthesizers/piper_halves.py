"""A voice's two halves at work: a sentence is thought out at once, and sounds in pieces."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np

from inference.types.audio import FloatSamples

from .loudness import speech_level_db
from .word_places import Place

# The first piece lasts so long: then it is heard while the next is made.
FIRST_S = 0.4
# So much more is made with it and kept: it tells how loud the sentence is.
_KEPT_S = 0.3
# A sentence that is shorter is made at once.
SHORT_S = 1.2
# Each further piece may take this part of the time that is left to hear, by the pace of
# the one before, and is at most so many times as long: others may want the cores by then.
_CAUTION = 0.5
_MOST_LONGER = 3.0


@dataclass(frozen=True, slots=True)
class Piece:
    """Samples ``[begin, begin + len(samples))`` of a sentence.

    ``level_db`` is how loud all is that was made of the sentence: ``share`` of it.
    """

    begin: int
    samples: FloatSamples
    goes_on: bool
    level_db: float
    share: float


class HalvedSession:
    """Stands where Piper has its session, but a run ends before there is any sound.

    The sound of the last run is then asked for, piece by piece. ``decoder`` is a session
    that makes ``hop`` samples of each frame and hears ``reach`` frames on either side.
    """

    def __init__(
        self, encoder: Any, decoder: Any, *, latent: str, hop: int, reach: int
    ) -> None:
        self._encoder = encoder
        self._decoder = decoder
        self._latent = latent
        self._hop = hop
        self._reach = reach
        self._frames: FloatSamples = np.zeros((1, 0, 0), np.float32)

    def run(self, names: Sequence[str] | None, inputs: Mapping[str, Any]) -> list[Any]:
        """Return silence in place of the sound, and what else the voice tells."""
        self._frames, *others = self._encoder.run(names, inputs)
        return [np.zeros(self.n_samples, np.float32), *others]

    @property
    def n_samples(self) -> int:
        """How long the sentence is."""
        return int(self._frames.shape[-1]) * self._hop

    def sound(self, first: int, last: int) -> FloatSamples:
        """Return samples ``[first, last)``, the same as if all were made at once."""
        begin = max(first // self._hop - self._reach, 0)
        end = -(-last // self._hop) + self._reach
        frames = self._frames[..., begin:end]
        made: FloatSamples = self._decoder.run(None, {self._latent: frames})[0]
        before = begin * self._hop
        return made.reshape(-1)[first - before : last - before]


def word_breaks(places: Sequence[Place | None]) -> list[int]:
    """Return a sample between each two neighbouring words, in order."""
    spoken = [place for place in places if place is not None]
    return [
        one[1] + (following[0] - one[1]) // 2 for one, following in pairwise(spoken)
    ]


def pieces(
    session: HalvedSession,
    breaks: Sequence[int],
    rate_hz: int,
    *,
    clock: Callable[[], float] = time.monotonic,
) -> Iterator[Piece]:
    """Yield a sentence from its first words on, cut at ``breaks``.

    A piece is as long as can be made while those before it are heard.
    """
    total = session.n_samples
    wanted = FIRST_S if total > SHORT_S * rate_hz else total / rate_hz
    begin = 0
    made: FloatSamples = np.zeros(0, np.float32)
    heard_from: float | None = None
    while begin < total:
        last = _cut(breaks, begin + int(wanted * rate_hz), total, rate_hz)
        until = min(last + (0 if begin else int(_KEPT_S * rate_hz)), total)
        began, n_made = clock(), made.size
        made = np.concatenate([made, session.sound(n_made, until)])
        pace = max(clock() - began, 1e-6) / max(until - n_made, 1) * rate_hz
        level_db = speech_level_db(made, rate_hz)
        yield Piece(begin, made[begin:last], last < total, level_db, until / total)
        if heard_from is None:
            heard_from = clock()
        # What is left to hear of it, and what may be made meanwhile, in seconds.
        ahead = last / rate_hz - (clock() - heard_from)
        wanted = max(ahead * min(_CAUTION / pace, _MOST_LONGER), 2 * FIRST_S)
        begin = last


def _cut(breaks: Sequence[int], wanted: int, total: int, rate_hz: int) -> int:
    """Return the first break that is far enough; the end if little would be left."""
    longest = total - int((FIRST_S + _KEPT_S) * rate_hz)
    return next((place for place in breaks if wanted <= place <= longest), total)
