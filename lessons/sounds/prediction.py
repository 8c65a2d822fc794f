"""Predicts what is hard in a language from the sounds of a first language.

A sound is heard as the nearest one of the first language. If another sound of the new
language is nearer still to that one, the two fall together: the "single category" of Best's
Perceptual Assimilation Model (C. T. Best and M. D. Tyler 2007, "Nonnative and
second-language speech perception").

This finds which sounds are hard better than what they become, so it only stands in where
nobody has reviewed a pair of languages, and pages call it predicted.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache

from .contrast import Contrast, ContrastTable, Position, WordPair
from .contrast_files import MOST, defined_contrasts
from .features import apart, made
from .library import DATA, sounds_of
from .minimal_pairs import count_pairs
from .sound import Sound

# A sound of the first language this near is as good as the same.
_SAME = 0.06
# What is further apart than this is not taken for one another.
_FURTHEST = 0.5
_UNSTRESSED = frozenset("əɚ")
_DEVOICED = {"b": "p", "d": "t", "ɡ": "k", "z": "s", "v": "f", "dʒ": "tʃ", "ʒ": "ʃ"}
_MANY_PAIRS = 12


@dataclass(frozen=True, slots=True)
class Inventory:
    """The sounds of a first language. ``devoices``: at the end of words."""

    sounds: tuple[str, ...]
    devoices: bool


@cache
def inventories() -> dict[str, Inventory]:
    """Return the sounds of first languages by tag."""
    content = tomllib.loads((DATA / "inventories.toml").read_text(encoding="utf-8"))
    return {
        tag: Inventory(
            sounds=(*entry["consonants"].split(), *entry["vowels"].split()),
            devoices=entry.get("devoices", False),
        )
        for tag, entry in content.items()
    }


@cache
def predicted_table(l1: str, l2: str, name: str) -> ContrastTable | None:
    """Return what is probably hard, None where the sounds of one are not known."""
    inventory, sounds = inventories().get(l1), sounds_of(l2)
    if inventory is None or not sounds or l1 == l2:
        return None
    own = {sound.ipa: sound for sound in sounds.values()}
    found: dict[str, Contrast] = {}
    for target in own:
        heard, far = _nearest(target, inventory.sounds)
        # The first language's sound as speakers of the second would hear it.
        taken = sorted(own, key=lambda other: (apart(heard, other), other))
        if far <= _SAME or taken[0] == target or target in _UNSTRESSED:
            continue
        becomes = [one for one in taken if one != target and one not in _UNSTRESSED][:1]
        if apart(target, becomes[0]) <= _FURTHEST:
            found[target] = _contrast(own, l2, target, tuple(becomes))
    if inventory.devoices:
        for voiced, voiceless in _DEVOICED.items():
            if {voiced, voiceless} <= set(own) and voiced not in found:
                found[voiced] = _contrast(
                    own, l2, voiced, (voiceless,), position=Position.END
                )
    ordered = sorted(found.values(), key=lambda one: (-one.weight, one.key))
    return ContrastTable(l1, l2, name, tuple(ordered[:MOST]), predicted=True)


def _nearest(ipa: str, sounds: tuple[str, ...]) -> tuple[str, float]:
    """Return the first language's sound that a sound is heard as, and how far it is."""
    same_kind = [one for one in sounds if made(one).vowel == made(ipa).vowel]
    return min(((one, apart(ipa, one)) for one in same_kind), key=lambda one: one[1])


def _contrast(
    own: dict[str, Sound],
    l2: str,
    target: str,
    becomes: tuple[str, ...],
    *,
    position: Position = Position.ANY,
) -> Contrast:
    described = defined_contrasts(l2).get(f"{target}-{becomes[0]}")
    sound = own[target]
    authored = (
        WordPair(pair.word, pair.other_word)
        for pair in sound.pairs
        if pair.other == becomes[0]
    )
    # What tells many words apart is worth more.
    n_pairs = count_pairs(l2, target, becomes[0])
    return Contrast(
        sound=target,
        becomes=becomes,
        position=position,
        weight=round(0.3 + 0.4 * min(1.0, n_pairs / _MANY_PAIRS), 2),
        pairs=described.pairs if described else tuple(authored),
        tip=described.tip
        if described
        else sound.instead.get(becomes[0], sound.mistake),
    )
