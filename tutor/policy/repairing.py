"""Whether the learner has used a form rightly that was wrong in an earlier turn."""

from __future__ import annotations

from dataclasses import dataclass

from tutor.findings import Finding

from .heard import common_words, words_of

Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Change:
    """What a mistake changes, down to the words that differ, between its neighbours."""

    before: Words
    wrong: Words
    right: Words
    after: Words

    def is_right_in(self, said: Words, small: frozenset[str]) -> bool:
        """Whether the right form is there, with a neighbour where it says little alone."""
        if not small.issuperset(self.right):
            return _has(said, self.right)
        if self.right:
            sides = ((self.before, self.right), (self.right, self.after))
            return any(one and two and _has(said, one + two) for one, two in sides)
        if not small.issuperset(self.after):
            # What was too much is gone from before a word that was said again.
            return _has(said, self.after)
        return bool(self.before and self.after) and _has(said, self.before + self.after)

    def is_wrong_in(self, said: Words, small: frozenset[str]) -> bool:
        """Whether the wrong form is there still, or once more."""
        if not self.wrong:
            gap = self.before + self.after
            return bool(self.before and self.after) and _has(said, gap)
        if not small.issuperset(self.wrong):
            return _has(said, self.wrong)
        return _has(said, self.wrong + self.after) or (
            bool(self.right) and _has(said, self.before + self.wrong)
        )


def is_right_by_now(finding: Finding, text: str, later: str, language: str) -> bool:
    """Whether a mistake of ``text`` is said right in what the learner said later.

    A word that was too much leaves no trace of its own: it is right where its neighbours
    come without it. Small words ("on", "the") count beside a neighbour only.
    """
    change = _change(finding, text)
    said, small = words_of(later), common_words(language)
    return change.is_right_in(said, small) and not change.is_wrong_in(said, small)


def _change(finding: Finding, text: str) -> _Change:
    before = words_of(text[: finding.start])
    after = words_of(text[finding.end :])
    wrong, right = words_of(finding.said), words_of(finding.better)
    while wrong and right and wrong[0] == right[0]:
        before, wrong, right = (*before, wrong[0]), wrong[1:], right[1:]
    while wrong and right and wrong[-1] == right[-1]:
        after, wrong, right = (wrong[-1], *after), wrong[:-1], right[:-1]
    return _Change(before[-1:], wrong, right, after[:1])


def _has(said: Words, part: Words) -> bool:
    return bool(part) and any(
        said[place : place + len(part)] == part
        for place in range(len(said) - len(part) + 1)
    )
