"""Phonemes with times to mouth cues: closures that can be seen, no flicker, no gap."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from inference.phonetics.visemes import shapes_of
from inference.types.speech import PhonemeSpan, Viseme, VisemeCue

# Shorter closures are missed at 25 to 60 frames a second; people notice an open /p/.
_CLOSED_MS = {Viseme.PP: 70.0, Viseme.FF: 60.0}
# What a neighbour keeps when a closure borrows from it.
_KEEP_MS = 20.0
# The lips begin to close before the sound does: most is borrowed from what is before.
_BEFORE_SHARE = 0.7
# Shorter shapes only flicker; their time goes to the neighbour that is longer.
_SHORTEST_MS = 35.0
_SAME_MS = 1e-6


@dataclass(slots=True)
class _Shape:
    viseme: Viseme
    ms: float


def mouth_cues(
    phonemes: Sequence[PhonemeSpan], duration_ms: float
) -> tuple[VisemeCue, ...]:
    """Return cues from 0 to ``duration_ms``, each beginning where the last one ends.

    Time no phoneme covers is silence. Lip closures last long enough to be seen, by
    borrowing from their neighbours, first from the one before.
    """
    if duration_ms <= 0:
        return ()
    shapes = _merged(_shapes(phonemes, duration_ms))
    _hold_closures(shapes)
    shapes = _merged(_without_flicker(shapes)) or [_Shape(Viseme.SIL, duration_ms)]
    return _cues(shapes, duration_ms)


def _shapes(phonemes: Sequence[PhonemeSpan], duration_ms: float) -> list[_Shape]:
    shapes: list[_Shape] = []
    at = 0.0
    for span in phonemes:
        start = min(max(span.start_ms, at), duration_ms)
        end = min(max(span.end_ms, start), duration_ms)
        if start > at:
            shapes.append(_Shape(Viseme.SIL, start - at))
        for viseme, share in shapes_of(span.phoneme):
            shapes.append(_Shape(viseme, (end - start) * share))
        at = end
    if duration_ms > at:
        shapes.append(_Shape(Viseme.SIL, duration_ms - at))
    return shapes


def _merged(shapes: Sequence[_Shape]) -> list[_Shape]:
    """Join neighbours of one shape; drop what has no time at all."""
    merged: list[_Shape] = []
    for shape in shapes:
        if shape.ms <= _SAME_MS and shape.viseme not in _CLOSED_MS:
            if merged:
                merged[-1].ms += shape.ms
            continue
        if merged and merged[-1].viseme is shape.viseme:
            merged[-1].ms += shape.ms
        else:
            merged.append(_Shape(shape.viseme, shape.ms))
    return merged


def _hold_closures(shapes: list[_Shape]) -> None:
    for index, shape in enumerate(shapes):
        lacking = _CLOSED_MS.get(shape.viseme, 0.0) - shape.ms
        if lacking <= 0:
            continue
        before = shapes[index - 1] if index else None
        after = shapes[index + 1] if index + 1 < len(shapes) else None
        shape.ms += _borrow(before, lacking * _BEFORE_SHARE)
        shape.ms += _borrow(after, _CLOSED_MS[shape.viseme] - shape.ms)
        shape.ms += _borrow(before, _CLOSED_MS[shape.viseme] - shape.ms)


def _borrow(lender: _Shape | None, wanted: float) -> float:
    """Take up to ``wanted`` from a neighbour; another closure keeps its own length."""
    if lender is None or wanted <= 0:
        return 0.0
    taken = max(0.0, min(wanted, lender.ms - _CLOSED_MS.get(lender.viseme, _KEEP_MS)))
    lender.ms -= taken
    return taken


def _without_flicker(shapes: list[_Shape]) -> list[_Shape]:
    kept = list(shapes)
    index = 0
    while index < len(kept):
        shape = kept[index]
        if len(kept) == 1 or shape.ms >= _SHORTEST_MS or shape.viseme in _CLOSED_MS:
            index += 1
            continue
        neighbours = kept[max(0, index - 1) : index] + kept[index + 1 : index + 2]
        max(neighbours, key=lambda neighbour: neighbour.ms).ms += shape.ms
        del kept[index]
    return kept


def _cues(shapes: Sequence[_Shape], duration_ms: float) -> tuple[VisemeCue, ...]:
    cues: list[VisemeCue] = []
    at = 0.0
    for index, shape in enumerate(shapes):
        end = (
            duration_ms if index == len(shapes) - 1 else min(at + shape.ms, duration_ms)
        )
        if end > at and cues and cues[-1].viseme is shape.viseme:
            # What lay between had no time at all.
            cues[-1] = VisemeCue(shape.viseme, cues[-1].start_ms, end)
        elif end > at:
            cues.append(VisemeCue(shape.viseme, at, end))
        at = end
    return tuple(cues)
