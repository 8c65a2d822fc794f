"""A clause that comes in pieces, given on in pieces that end where the voice is silent."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from inference.types.audio import FloatSamples

from .time_stretch import stretched

# So much is worth being heard by itself, and so much has to be there before a cut.
_LEAST_S = 0.6
_FRAME_S = 0.01
# A cut lies in the middle of so many soft frames: between words, or before a plosive.
_SOFT_FRAMES = 4
_SOFT_DB = 30.0


class StreamedSound:
    """Collects samples; ``speed`` is how much quicker they are made before they go on.

    Without ``cuts`` all of it is the rest.
    """

    def __init__(self, speed: float, *, cuts: bool) -> None:
        self._speed = speed
        self._cuts = cuts
        self._waiting: FloatSamples = np.zeros(0, np.float32)
        self._loudest = 0.0
        self._rate_hz = 0

    def feed(self, samples: FloatSamples, rate_hz: int) -> Iterator[FloatSamples]:
        """Yield what can be heard now."""
        self._rate_hz = rate_hz
        self._waiting = np.concatenate([self._waiting, samples])
        while self._cuts and (cut := self._soft_moment()):
            piece, self._waiting = self._waiting[:cut], self._waiting[cut:]
            yield stretched(piece, rate_hz, self._speed)

    def rest(self) -> FloatSamples:
        """Return what is left at the end."""
        rest, self._waiting = self._waiting, np.zeros(0, np.float32)
        return stretched(rest, self._rate_hz, self._speed) if rest.size else rest

    def _soft_moment(self) -> int:
        """Return where to cut, 0 if nowhere yet."""
        width = int(_FRAME_S * self._rate_hz)
        n_frames = self._waiting.size // width if width else 0
        least = int(_LEAST_S / _FRAME_S)
        if n_frames < least + _SOFT_FRAMES:
            return 0
        framed = self._waiting[: n_frames * width].reshape(n_frames, width)
        power = np.square(framed, dtype=np.float64).mean(axis=1)
        self._loudest = max(self._loudest, float(power.max()))
        soft = power < self._loudest * 10 ** (-_SOFT_DB / 10)
        # Something must be said before the cut, else there is nothing to lay sounds over.
        if not self._loudest or soft[:least].all():
            return 0
        # What comes after a cut has to be speech too: the silence of the end is no pause.
        until = int(np.flatnonzero(~soft)[-1])
        windows = np.lib.stride_tricks.sliding_window_view(soft, _SOFT_FRAMES)
        places = np.flatnonzero(np.asarray(windows.all(axis=1))[least:until])
        if not places.size:
            return 0
        return (least + int(places[0]) + _SOFT_FRAMES // 2) * width
