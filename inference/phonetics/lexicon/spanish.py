"""Spanish: soft consonants between words, and the accents of America."""

from __future__ import annotations

from collections.abc import Iterator

from ..pronunciation import VariantKind
from .spoken import Candidate, Place, Spoken, replaced

_SOFT = {"b": "β", "d": "ð", "ɡ": "ɣ"}
_HARD = {soft: hard for hard, soft in _SOFT.items()}
_SESEO = {"θ": "s"}
_YEISMO = {"ʎ": "ʝ"}
_LIPS = frozenset("pbmβ")


def spanish(word: str, spoken: Spoken, place: Place) -> Iterator[Candidate]:
    """Yield the forms of a word in its place, the most usual first."""
    first, last = spoken[0][0], spoken[-1][0]
    if place.vowel_before and first in _SOFT:
        yield ((_SOFT[first], 0), *spoken[1:]), VariantKind.LINKED
    yield spoken, VariantKind.DICTIONARY
    if last == "n" and place.next_sound in _LIPS:
        yield (*spoken[:-1], ("m", 0)), VariantKind.LINKED
    for changes in (_SESEO, _YEISMO, _SESEO | _YEISMO, _HARD):
        yield replaced(spoken, changes), VariantKind.DIALECT
    if last in ("d", "ð") and len(spoken) > 2:
        yield spoken[:-1], VariantKind.DIALECT
    if word.endswith("ado") and len(spoken) > 3:
        yield (*spoken[:-2], spoken[-1]), VariantKind.DIALECT
