"""What happens to English words where they meet, when nobody pauses between them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from .phones import OBSTRUENTS, VOICELESS, Phones, is_vowel

_YOU = frozenset(
    ["you", "your", "yours", "yourself", "you're", "you'll", "you've", "you'd", "yet"]
)
_WITH_Y = {"T": "CH", "D": "JH", "S": "SH", "Z": "ZH"}
_PLACE = {"P": "M", "B": "M", "M": "M", "K": "NG", "G": "NG"}
_HUSHED = {"S": "SH", "Z": "ZH"}
# "have to", "of course": the end takes over the voicelessness.
_DEVOICED = {"V": "F", "Z": "S", "D": "T"}
_DEVOICING = frozenset({("have", "to"), ("has", "to"), ("of", "course")})
_DEVOICES = frozenset(after for _, after in _DEVOICING)


@dataclass(frozen=True, slots=True)
class Neighbours:
    """What touches a word without a pause: sounds, ``""`` for none.

    ``after_word`` is the next word if its spelling matters, else ``""``; so that few
    neighbours are different.
    """

    before: str = ""
    after: str = ""
    after_word: str = ""

    @property
    def vowel_follows(self) -> bool:
        """Whether the next sound is a vowel."""
        return bool(self.after) and is_vowel(self.after)


def neighbours(before: Phones, after: Phones, after_word: str) -> Neighbours:
    """Return what a word meets between two others; ``()`` and ``""`` for a pause."""
    matters = after_word in _YOU or after_word in _DEVOICES
    return Neighbours(
        before=before[-1] if before else "",
        after=after[0].replace("2", "1") if after else "",
        after_word=after_word if matters else "",
    )


def linked(word: str, phones: Phones, near: Neighbours) -> Iterator[Phones]:
    """Yield the forms the word may take beside its neighbours, the more usual first."""
    if near.before and word in _YOU:
        yield from _after_t(phones, near.before)
    if not near.after or len(phones) < 2:
        return
    stem, last = phones[:-1], phones[-1]
    first = near.after
    if near.vowel_follows:
        if last == "T" and (is_vowel(stem[-1]) or stem[-1] == "R"):
            yield (*stem, "D")
        return
    if near.after_word in _YOU and last in _WITH_Y:
        yield (*stem, _WITH_Y[last])
    if (word, near.after_word) in _DEVOICING and last in _DEVOICED:
        yield (*stem, _DEVOICED[last])
    if last in ("T", "D") and first != "HH" and _is_cluster(stem[-1], last):
        yield stem
    if last == "N" and first in _PLACE:
        yield (*stem, _PLACE[first])
    if last in _HUSHED and first in ("SH", "ZH", "CH", "JH", "Y"):
        yield (*stem, _HUSHED[last])


def _after_t(phones: Phones, before: str) -> Iterator[Phones]:
    """ "Did you": the /j/ goes into the sound before."""
    if before in _WITH_Y and phones[:1] == ("Y",):
        yield phones[1:]


def _is_cluster(before: str, last: str) -> bool:
    """Whether t or d closes a cluster that loses it before a consonant."""
    if before == "N" or before == "L":
        return last == "D"
    return before in OBSTRUENTS and (before in VOICELESS) == (last in VOICELESS)
