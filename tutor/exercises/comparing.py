"""Lays an answer beside the right one and says what each difference is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from .forms import Words, distance, expanded, folded, forms, without_accents

# Letters that a typing error may touch: one from this length on, two from the other.
_ONE_LETTER_FROM, _TWO_LETTERS_FROM = 4, 8
_COMMON_STEM = 0.6
_GAP_COST = 0.7
_MOST_READINGS = 6
# Longer answers are cut: they are wrong anyway.
_MOST_WORDS = 60


class DifferenceKind(StrEnum):
    """What kind of difference two words make."""

    ACCENT = "accent"
    TYPO = "typo"
    FORM = "form"
    WORD = "word"
    MISSING = "missing"
    EXTRA = "extra"


_COSTS = {
    DifferenceKind.ACCENT: 0.1,
    DifferenceKind.TYPO: 0.3,
    DifferenceKind.FORM: 0.8,
    DifferenceKind.WORD: 1.2,
}


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference: what was said and what was wanted, either perhaps ``""``."""

    said: str
    wanted: str
    kind: DifferenceKind


def differences(
    answer: str, wanted: str, l2: str, is_word: Callable[[str], bool]
) -> tuple[Difference, ...]:
    """Return the differences, read as kindly as contractions allow."""
    kinds: dict[tuple[str, str], DifferenceKind | None] = {}

    def kind(mine: str, word: str) -> DifferenceKind | None:
        """Return the kind of difference, None for none; each pair is looked at once."""
        pair = (mine, word)
        if pair not in kinds:
            right = folded(mine, l2) == folded(word, l2)
            kinds[pair] = None if right else kind_of(mine, word, l2, is_word)
        return kinds[pair]

    best: tuple[float, tuple[Difference, ...]] | None = None
    for said in expanded(answer, l2)[:_MOST_READINGS]:
        for right in expanded(wanted, l2)[:_MOST_READINGS]:
            found = _aligned(said, right, kind)
            if best is None or found[0] < best[0]:
                best = found
    return best[1] if best else ()


def kind_of(
    said: str, wanted: str, l2: str, is_word: Callable[[str], bool]
) -> DifferenceKind:
    """Return what kind of difference two words make."""
    if without_accents(said) == without_accents(wanted):
        return DifferenceKind.ACCENT
    if is_typo(said, wanted, l2, is_word):
        return DifferenceKind.TYPO
    common = 0
    for one, other in zip(said, wanted, strict=False):
        if one != other:
            break
        common += 1
    longer = max(len(said), len(wanted))
    return (
        DifferenceKind.FORM if common >= _COMMON_STEM * longer else DifferenceKind.WORD
    )


def is_typo(said: str, wanted: str, l2: str, is_word: Callable[[str], bool]) -> bool:
    """Whether a word is a slip of the fingers for another.

    A missing apostrophe and a letter doubled or not are slips unless that is a word of its
    own. Forms that a rule could make ("goed", "childs") count as words.
    """
    bare = said.replace("'", "")
    if bare == wanted.replace("'", ""):
        return bare not in forms(l2).apart
    if is_word(said):
        return False
    if _single(said) == _single(wanted):
        return True
    if len(wanted) < _ONE_LETTER_FROM or said.isdigit() or wanted.isdigit():
        return False
    return distance(said, wanted) <= (2 if len(wanted) >= _TWO_LETTERS_FROM else 1)


def _single(word: str) -> str:
    return "".join(
        sign for at, sign in enumerate(word) if at == 0 or word[at - 1] != sign
    )


def _aligned(
    said: Words,
    wanted: Words,
    kind: Callable[[str, str], DifferenceKind | None],
) -> tuple[float, tuple[Difference, ...]]:
    """Return the cheapest way from one row of words to the other."""
    Row = list[tuple[float, tuple[Difference, ...]]]
    row: Row = [(0.0, ())]
    for word in wanted:
        cost, found = row[-1]
        missing = Difference("", word, DifferenceKind.MISSING)
        row.append((cost + _GAP_COST, (*found, missing)))
    for mine in said[:_MOST_WORDS]:
        extra = Difference(mine, "", DifferenceKind.EXTRA)
        new: Row = [(row[0][0] + _GAP_COST, (*row[0][1], extra))]
        for at, word in enumerate(wanted):
            options = [
                (row[at + 1][0] + _GAP_COST, (*row[at + 1][1], extra)),
                (
                    new[at][0] + _GAP_COST,
                    (*new[at][1], Difference("", word, DifferenceKind.MISSING)),
                ),
            ]
            cost, found = row[at]
            what = kind(mine, word)
            if what is None:
                options.append((cost, found))
            else:
                pair = Difference(mine, word, what)
                options.append((cost + _COSTS[what], (*found, pair)))
            new.append(min(options, key=lambda one: one[0]))
        row = new
    return row[-1]
