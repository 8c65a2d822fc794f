"""Which sounds are put in place of a phoneme to see whether the model hears it."""

from __future__ import annotations

from collections.abc import Iterable

from inference.phonetics.features import FEATURES, distance

_MOST_LIKE = 3
# One sound in two places, or two that accents exchange: hearing one is hearing the other.
_SAME = frozenset(
    map(
        frozenset,
        ["βb", "ðd", "ɣɡ", "ʎʝ", "θs", "ʝj", "ɑa", "əœ", "əø", "əɐ", ("ɛː", "ɛ")],
    )
)


def most_like(phoneme: str, known: Iterable[str]) -> list[str]:
    """Return the phonemes that are nearest to one, but other sounds for a listener."""
    vowel = FEATURES[phoneme].vowel
    others = [
        p
        for p in known
        if p != phoneme
        and FEATURES[p].vowel == vowel
        and frozenset((p, phoneme)) not in _SAME
    ]
    return sorted(others, key=lambda p: distance(phoneme, p))[:_MOST_LIKE]
