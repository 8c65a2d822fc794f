"""Whether two words differ in a contrast alone."""

from __future__ import annotations

from lessons.sounds.contrast import NOTHING, PUT_IN, Contrast

Sounds = tuple[str, ...]


def shows(contrast: Contrast, mine: Sounds, other: Sounds) -> bool:
    """Tell it by the sounds of the word with the target, and of the other."""
    first = contrast.becomes[0]
    if first == NOTHING:
        return other in _without(mine, contrast.sound)
    if first.startswith(PUT_IN):
        return mine in _without(other, contrast.other)
    apart = [(a, b) for a, b in zip(mine, other, strict=False) if a != b]
    return len(mine) == len(other) and apart == [(contrast.sound, first)]


def _without(sounds: Sounds, missing: str) -> set[Sounds]:
    return {
        sounds[:at] + sounds[at + 1 :]
        for at, one in enumerate(sounds)
        if one == missing
    }
