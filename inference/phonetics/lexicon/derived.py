"""Pronunciations of words the dictionary lacks, from words it has.

Inflections ("podcasts", "Xiaoming's"), British spellings ("honoured") and compounds
("smartwatch") are put together; nothing here guesses from letters.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from .phones import VOICELESS, Phones

Lookup = Callable[[str], tuple[Phones, ...]]

_SIBILANTS = frozenset(["S", "Z", "SH", "ZH", "CH", "JH"])
# British -> American, tried one at a time.
_SPELLINGS = (
    (re.compile(r"is(e[srd]?|ing|ation|ations|able)$"), r"iz\1"),
    (re.compile(r"ys(e[srd]?|ing)$"), r"yz\1"),
    (re.compile(r"our(?=$|s|ed|ing|ite|ful|hood|able|less|ly)"), "or"),
    (re.compile(r"tre(s?)$"), r"ter\1"),
    (re.compile(r"ll(ed|ing|er|ers)$"), r"l\1"),
    (re.compile(r"ae|oe"), "e"),
    (re.compile(r"ogue$"), "og"),
    (re.compile(r"ence$"), "ense"),
)
_ENDINGS: tuple[tuple[str, Phones], ...] = (
    ("ing", ("IH0", "NG")),
    ("ings", ("IH0", "NG", "Z")),
    ("ly", ("L", "IY0")),
    ("ness", ("N", "AH0", "S")),
    ("less", ("L", "AH0", "S")),
    ("ful", ("F", "AH0", "L")),
    ("er", ("ER0",)),
    ("ers", ("ER0", "Z")),
    ("est", ("AH0", "S", "T")),
    ("able", ("AH0", "B", "AH0", "L")),
    ("ish", ("IH0", "SH")),
)
_BEGINNINGS: tuple[tuple[str, Phones], ...] = (
    ("un", ("AH0", "N")),
    ("re", ("R", "IY0")),
    ("non", ("N", "AA2", "N")),
    ("pre", ("P", "R", "IY0")),
    ("mis", ("M", "IH0", "S")),
    ("anti", ("AE2", "N", "T", "IY0")),
)
_SHORTEST_PART = 3


def inflected(word: str, lookup: Lookup) -> tuple[Phones, ...]:
    """Return the pronunciations of a form of a known word; none if there is none."""
    for phones in (
        _possessive(word, lookup),
        _plural(word, lookup),
        _past(word, lookup),
        _affixed(word, lookup),
        _american(word, lookup),
    ):
        if phones:
            return phones
    return ()


def compound(word: str, lookup: Lookup) -> tuple[Phones, ...]:
    """Return the word as two known words; none if it is not made of two.

    Of several splits the most even one is taken.
    """
    splits = range(_SHORTEST_PART, len(word) - _SHORTEST_PART + 1)
    for at in sorted(splits, key=lambda at: abs(2 * at - len(word))):
        left, right = lookup(word[:at]), lookup(word[at:])
        if left and right:
            return (left[0] + tuple(_secondary(phone) for phone in right[0]),)
    return ()


def _possessive(word: str, lookup: Lookup) -> tuple[Phones, ...]:
    if word.endswith("s'"):
        return lookup(word[:-1]) or _plural(word[:-1], lookup)
    if word.endswith("'s"):
        return tuple(_with_s(phones) for phones in lookup(word[:-2]))
    if word.endswith("in'"):
        full = word[:-1] + "g"
        known = lookup(full) or _affixed(full, lookup)
        return tuple((*phones[:-1], "N") for phones in known)
    for ending, phones in (
        ("'ll", ("AH0", "L")),
        ("'d", ("D",)),
        ("'ve", ("AH0", "V")),
    ):
        if word.endswith(ending):
            return tuple(p + phones for p in lookup(word.removesuffix(ending)))
    return ()


def _plural(word: str, lookup: Lookup) -> tuple[Phones, ...]:
    if not word.endswith("s") or word.endswith("ss"):
        return ()
    stems = [word[:-1]]
    if word.endswith("ies"):
        stems.append(word[:-3] + "y")
    elif word.endswith("es"):
        stems.append(word[:-2])
    return tuple(_with_s(phones) for phones in _first(stems, lookup))


def _past(word: str, lookup: Lookup) -> tuple[Phones, ...]:
    if not word.endswith("ed"):
        return ()
    stems = [word[:-1], *_stems(word[:-2])]
    if word.endswith("ied"):
        stems.insert(0, word[:-3] + "y")
    return tuple(_with_d(phones) for phones in _first(stems, lookup))


def _affixed(word: str, lookup: Lookup) -> tuple[Phones, ...]:
    for ending, phones in _ENDINGS:
        if word.endswith(ending):
            known = _first(_stems(word.removesuffix(ending)), lookup)
            if known:
                return tuple(p + phones for p in known)
    for beginning, phones in _BEGINNINGS:
        rest = word.removeprefix(beginning)
        if rest != word and len(rest) > _SHORTEST_PART and (known := lookup(rest)):
            return tuple(phones + p for p in known)
    return ()


def _american(word: str, lookup: Lookup) -> tuple[Phones, ...]:
    for pattern, replacement in _SPELLINGS:
        respelt = pattern.sub(replacement, word)
        if respelt != word:
            known = (
                lookup(respelt) or _plural(respelt, lookup) or _past(respelt, lookup)
            )
            if known:
                return known
    return ()


def _stems(stem: str) -> list[str]:
    """Return what an ending may have been put on: hop(p)-, mak(e)-, happi (y)-."""
    stems = [stem, stem + "e"]
    if len(stem) > _SHORTEST_PART and stem[-1] == stem[-2]:
        stems.append(stem[:-1])
    if stem.endswith("i"):
        stems.append(stem[:-1] + "y")
    return stems


def _first(stems: list[str], lookup: Lookup) -> tuple[Phones, ...]:
    return next(_known(stems, lookup), ())


def _known(stems: list[str], lookup: Lookup) -> Iterator[tuple[Phones, ...]]:
    for stem in stems:
        if len(stem) >= _SHORTEST_PART and (found := lookup(stem)):
            yield found


def _with_s(phones: Phones) -> Phones:
    if phones[-1] in _SIBILANTS:
        return (*phones, "AH0", "Z")
    return (*phones, "S" if phones[-1] in VOICELESS else "Z")


def _with_d(phones: Phones) -> Phones:
    if phones[-1] in ("T", "D"):
        return (*phones, "AH0", "D")
    return (*phones, "T" if phones[-1] in VOICELESS else "D")


def _secondary(phone: str) -> str:
    """Compounds keep their first stress; the other one weakens."""
    return phone.replace("1", "2")
