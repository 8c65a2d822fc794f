"""Pictures of one head: loops of its states, and the one of waiting with a speaking mouth.

While it speaks only the window around the mouth is drawn, and feathered into the picture
of waiting that is due: a fifth of the work of a whole one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from threading import Lock

import numpy as np

from inference.engines.avatars.head_model import Floats, HeadModel
from inference.engines.avatars.head_renderer import HeadRenderer, Window
from inference.protocols import Cancelled
from inference.types.face import SIZE, Pixels
from inference.types.speech import Viseme

from .life import PICTURES, moment
from .mouth_weights import PLACE, VISEMES

# Shapes that reach furthest, measured to find the window.
_WIDEST = (Viseme.AA, Viseme.O, Viseme.U, Viseme.I, Viseme.FF)
_SEEN = 24
# How far the sway of waiting moves a mouth, and the soft edge, in pixels.
_SWAY, _FEATHER = 7, 9
# A mouth this near to rest is the one of the picture of waiting.
_STILL = 0.985


class HeadPictures:
    """Draws one head; several threads may ask, one draws at a time."""

    def __init__(self, model: HeadModel) -> None:
        self._model = model
        self._renderer = HeadRenderer(model, SIZE)
        self._lock = Lock()
        self._tongue = self._renderer.span_of("tongue")
        self._window = self._mouth_window()
        self._mask = _feather(self._window)

    @property
    def window(self) -> Window:
        """The part of a picture that speaking changes: left, top, right, bottom."""
        return self._window

    def loop(self, state: str, *, cancelled: Cancelled) -> Iterator[Pixels]:
        """Yield the loop of a state, until nobody wants it any more.

        A clause that is to be spoken meanwhile is drawn between its pictures.
        """
        for number in range(PICTURES):
            if cancelled.is_set():
                return
            now = moment(number, state)
            with self._lock:
                points = self._renderer.morphed(self._model.weights(now.targets))
                yield self._renderer.render(points, now.pose)

    def speaking(
        self, number: int, waiting: Sequence[Pixels], lips: Floats, tongue: Floats
    ) -> Pixels:
        """Return picture ``number`` of a reply with a mouth of these shares ``(15,)``."""
        under = waiting[number % len(waiting)]
        if lips[PLACE[Viseme.SIL]] > _STILL:
            return under
        left, top, right, bottom = self._window
        whole = under.copy()
        with self._lock:
            self._draw_mouth(number, lips, tongue, whole)
        fresh = whole[top:bottom, left:right].astype(np.uint16)
        beneath = under[top:bottom, left:right].astype(np.uint16)
        mixed = (fresh * self._mask + beneath * (256 - self._mask)) >> 8
        whole[top:bottom, left:right] = mixed.astype(np.uint8)
        return whole

    def _draw_mouth(
        self, number: int, lips: Floats, tongue: Floats, out: Pixels
    ) -> None:
        now = moment(number)
        shut = float(lips[PLACE[Viseme.PP]] + lips[PLACE[Viseme.FF]])
        # A smile must not pull lips apart that press or tuck.
        targets = {**now.targets, "smile": now.targets["smile"] * (1 - 0.8 * shut)}
        points = self._renderer.morphed(self._model.weights(targets | _named(lips)))
        of_tongue = self._renderer.morphed(
            self._model.weights(targets | _named(tongue))
        )
        points[self._tongue] = of_tongue[self._tongue]
        self._renderer.render(points, now.pose, window=self._window, out=out)

    def _mouth_window(self) -> Window:
        """Return the part of the picture that any mouth shape changes, with a margin."""
        at_rest = self._plain({})
        changed = np.zeros(at_rest.shape[:2], bool)
        for viseme in _WIDEST:
            other = self._plain({viseme.value: 1.0}).astype(np.int16)
            changed |= np.abs(other - at_rest).sum(axis=2) > _SEEN
        rows, columns = np.flatnonzero(changed.any(1)), np.flatnonzero(changed.any(0))
        margin = _SWAY + _FEATHER
        # Even sides and places: video halves the resolution of colours.
        return (
            max(0, int(columns[0]) - margin) // 2 * 2,
            max(0, int(rows[0]) - margin) // 2 * 2,
            min(SIZE, int(columns[-1]) + margin) // 2 * 2,
            min(SIZE, int(rows[-1]) + margin) // 2 * 2,
        )

    def _plain(self, targets: dict[str, float]) -> Pixels:
        points = self._renderer.morphed(self._model.weights(targets))
        return self._renderer.render(points)


def _named(shares: Floats) -> dict[str, float]:
    """Return the shares by the names of morph targets; rest is no target."""
    return {
        viseme.value: float(share)
        for viseme, share in zip(VISEMES, shares, strict=True)
        if viseme is not Viseme.SIL
    }


def _feather(window: Window) -> np.ndarray[tuple[int, int, int], np.dtype[np.uint16]]:
    """Return how much of the window shows, 0 at its edge to 256: ``(h, w, 1)``."""
    left, top, right, bottom = window

    def ramp(length: int) -> Floats:
        inside = np.minimum(np.arange(length), np.arange(length)[::-1]) + 0.5
        share = np.clip(inside / _FEATHER, 0, 1)
        return np.asarray(share * share * (3 - 2 * share), np.float32)

    mask = np.outer(ramp(bottom - top), ramp(right - left))[..., None]
    return np.asarray(np.round(256 * mask), np.uint16)
