"""The learner's sounds, as the history shows them: a few to work on, a few that are fine."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from learners.mastery import SoundMastery

MAX_SHOWN = 6
# Said right in at least so many of a hundred attempts, whatever else is uncertain.
FINE_FROM = 0.85


@dataclass(frozen=True, slots=True)
class SoundsToShow:
    """Sounds with enough evidence; ``n_unknown`` others were hardly tried so far.

    ``to_work_on``: weakest first. ``fine``: strongest first.
    """

    to_work_on: tuple[SoundMastery, ...]
    fine: tuple[SoundMastery, ...]
    n_unknown: int


def sounds_to_show(weakest_first: Sequence[SoundMastery]) -> SoundsToShow:
    """Choose what to show of a learner's sounds."""
    known = [sound for sound in weakest_first if sound.is_known]
    weak = [sound for sound in known if sound.mean < FINE_FROM]
    fine = [sound for sound in reversed(known) if sound.low >= FINE_FROM]
    return SoundsToShow(
        to_work_on=tuple(weak[:MAX_SHOWN]),
        fine=tuple(fine[:MAX_SHOWN]),
        n_unknown=len(weakest_first) - len(known),
    )
