"""What a measured mouth is worth: its movement held against the sounds it belongs to.

Openings come from landmarks (``face_landmarks``), one a picture; phonemes from the voice,
which knows when it says each. Everything is on the reply's own timeline in milliseconds.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from inference.types.speech import PhonemeSpan

from .face_openness import BILABIALS, LABIODENTALS, openness_at, sound_of

Floats = npt.NDArray[np.float64]

# Lips whose gap is below this share of the widest usual one (p95 of all speech) are shut:
# landmarks of lips that touch jitter by about half as much.
SHUT_SHARE = 0.15
# The lower lip at the teeth leaves less than this share of a gap under the upper lip.
AT_TEETH_SHARE = 0.35
# The moments a contact may have: one picture before and after its sound.
_AROUND_MS = 40.0
# A pause that shuts the mouth, and the time the lips have for it.
_PAUSE_MS, _SETTLE_MS = 250.0, 150.0
_STEP_MS = 5.0
_FURTHEST_MS = 250.0
# The sounds' staircase is smoothed as lips smooth it.
_SMOOTH_MS = 70.0


@dataclass(frozen=True, slots=True)
class Take:
    """One sentence as it was filmed: openings ``(n,)`` at ``times_ms`` ``(n,)``."""

    name: str
    phonemes: tuple[PhonemeSpan, ...]
    times_ms: Floats
    openings: Floats


@dataclass(frozen=True, slots=True)
class Scale:
    """The gap of lips at rest, and the widest usual one."""

    rest: float
    wide: float

    @property
    def shut_below(self) -> float:
        """The gap below which lips count as shut."""
        return self.rest + SHUT_SHARE * (self.wide - self.rest)

    @property
    def at_teeth_below(self) -> float:
        """The gap below which the lower lip counts as raised to the teeth."""
        return self.rest + AT_TEETH_SHARE * (self.wide - self.rest)


def scale_of(takes: Sequence[Take], at_rest: Floats) -> Scale:
    """Return the scale of a face from all that it said and how it waits."""
    said = np.concatenate([take.openings for take in takes])
    return Scale(float(np.nanmedian(at_rest)), float(np.nanpercentile(said, 95)))


def openness_r(takes: Sequence[Take]) -> float:
    """Return the correlation of opening with phonetic openness, over all pictures.

    Without shifting anything: a mouth that is right but late loses.
    """
    seen, ideal = [], []
    for take in takes:
        there = ~np.isnan(take.openings)
        seen.append(take.openings[there])
        ideal.append(_ideal(take, take.times_ms[there]))
    return float(np.corrcoef(np.concatenate(seen), np.concatenate(ideal))[0, 1])


def offset_ms(take: Take) -> float:
    """Return by how much the mouth is late (> 0) or early: the shift that fits best."""
    there = ~np.isnan(take.openings)
    grid = np.arange(take.times_ms[0], take.times_ms[-1], _STEP_MS)
    seen = np.interp(grid, take.times_ms[there], take.openings[there])
    shifts = np.arange(-_FURTHEST_MS, _FURTHEST_MS + _STEP_MS, _STEP_MS)
    fits = [float(np.corrcoef(seen, _ideal(take, grid - s))[0, 1]) for s in shifts]
    return float(shifts[int(np.argmax(fits))])


def contacts(take: Take, sounds: frozenset[str], below: float) -> Iterator[bool]:
    """Yield for each such sound of a take whether a smaller gap than ``below`` was seen."""
    for span in take.phonemes:
        if not set(sound_of(span.phoneme)) & sounds:
            continue
        near = (take.times_ms >= span.start_ms - _AROUND_MS) & (
            take.times_ms <= span.end_ms + _AROUND_MS
        )
        seen = take.openings[near]
        if len(seen) and not np.isnan(seen).all():
            yield bool(np.nanmin(seen) < below)


def open_in_silence(take: Take, scale: Scale) -> Iterator[bool]:
    """Yield for each picture of the take's pauses whether the mouth is open in it."""
    for start, end in _pauses(take):
        inside = (take.times_ms >= start + _SETTLE_MS) & (
            take.times_ms <= end - _SETTLE_MS
        )
        for opening in take.openings[inside]:
            if not np.isnan(opening):
                yield bool(opening > scale.shut_below)


def figures_of(takes: Sequence[Take], at_rest: Floats) -> dict[str, float]:
    """Return what is said of one face."""
    scale = scale_of(takes, at_rest)
    offsets = [offset_ms(take) for take in takes]
    bilabial = _all_contacts(takes, BILABIALS, scale.shut_below)
    labiodental = _all_contacts(takes, LABIODENTALS, scale.at_teeth_below)
    silent = [b for take in takes for b in open_in_silence(take, scale)]
    pictures = np.concatenate([take.openings for take in takes])
    return {
        "av_offset_ms": float(np.median(offsets)),
        "openness_r": openness_r(takes),
        "bilabial_closure_share": float(np.mean(bilabial)),
        "bilabials": float(len(bilabial)),
        "labiodental_share": float(np.mean(labiodental)),
        "labiodentals": float(len(labiodental)),
        "silence_open_share": float(np.mean(silent)),
        "silent_pictures": float(len(silent)),
        "face_found_share": float(np.mean(~np.isnan(pictures))),
        "rest_opening": scale.rest,
        "wide_opening": scale.wide,
    }


def _all_contacts(
    takes: Sequence[Take], sounds: frozenset[str], below: float
) -> list[bool]:
    return [made for take in takes for made in contacts(take, sounds, below)]


def _ideal(take: Take, times_ms: Floats) -> Floats:
    half = _SMOOTH_MS / 2
    window = np.arange(-half, half + _STEP_MS, _STEP_MS)
    steps = [openness_at(take.phonemes, times_ms + away) for away in window]
    return np.asarray(np.mean(steps, axis=0))


def _pauses(take: Take) -> Iterator[tuple[float, float]]:
    """Yield the stretches without a sound that are long enough to shut the mouth."""
    at = 0.0
    for span in take.phonemes:
        if not sound_of(span.phoneme):
            continue
        if span.start_ms - at >= _PAUSE_MS:
            yield at, span.start_ms
        at = max(at, span.end_ms)
    end = float(take.times_ms[-1])
    if end - at >= _PAUSE_MS:
        yield at, end
