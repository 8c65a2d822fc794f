"""Finds the edits between a sentence and its correction where nothing types them.

The words themselves tell little: what was added, left out, moved, or changed at its end.
Nothing more is claimed.
"""

from __future__ import annotations

from difflib import SequenceMatcher

from tutor.categories import Category

from .edit import Edit
from .hearing import Token, tokens
from .speech_data import SpeechData

_BY_CLASS = {
    "article": Category.ARTICLE,
    "preposition": Category.PREPOSITION,
    "pronoun": Category.PRONOUN,
    "connector": Category.CONNECTOR,
    "negation": Category.NEGATION,
}
_STEM_LETTERS = 3
_STEM_SHARE = 0.6


def edits(said: str, corrected: str, data: SpeechData) -> list[Edit]:
    """Return the edits that make ``corrected`` of ``said``, in their order."""
    before, after = tokens(said), tokens(corrected)
    matcher = SequenceMatcher(
        None, [one.text for one in before], [one.text for one in after], autojunk=False
    )
    spans: list[tuple[int, int, int, int]] = []
    for operation, a, b, c, d in matcher.get_opcodes():
        if operation == "equal":
            continue
        if operation == "replace" and b - a == d - c:
            # Words side by side, each with its own change.
            spans += [(a + i, a + i + 1, c + i, c + i + 1) for i in range(b - a)]
        else:
            spans.append((a, b, c, d))
    moved = _moved(spans, before, after)
    if moved is not None:
        return [_edit(moved, said, corrected, before, after, data)]
    return [_edit(span, said, corrected, before, after, data) for span in spans]


def _moved(
    spans: list[tuple[int, int, int, int]], before: list[Token], after: list[Token]
) -> tuple[int, int, int, int] | None:
    """Return the one span in which the same words stand in another order."""
    if len(spans) < 2:
        return None
    whole = (spans[0][0], spans[-1][1], spans[0][2], spans[-1][3])
    words = sorted(token.text for token in before[whole[0] : whole[1]])
    others = sorted(token.text for token in after[whole[2] : whole[3]])
    return whole if words == others else None


def _edit(
    span: tuple[int, int, int, int],
    said: str,
    corrected: str,
    before: list[Token],
    after: list[Token],
    data: SpeechData,
) -> Edit:
    a, b, c, d = span
    start, end = _characters(before, a, b, said)
    from_, to = _characters(after, c, d, corrected)
    old = [token.text for token in before[a:b]]
    new = [token.text for token in after[c:d]]
    return Edit(start, end, corrected[from_:to], "", coarse(old, new, data))


def _characters(words: list[Token], a: int, b: int, text: str) -> tuple[int, int]:
    if a < b:
        return words[a].start, words[b - 1].end
    at = words[a].start if a < len(words) else len(text.rstrip(" .!?"))
    return at, at


def coarse(old: list[str], new: list[str], data: SpeechData) -> Category:
    """Return what the words themselves tell of a change."""
    if sorted(old) == sorted(new):
        return Category.WORD_ORDER
    shared = _class_of(old + new, data)
    if shared is not None:
        return shared
    if not old:
        return Category.MISSING_WORD
    if not new:
        return Category.EXTRA_WORD
    if len(old) == len(new) == 1:
        return _one_word(old[0], new[0], data)
    return Category.OTHER


def _one_word(old: str, new: str, data: SpeechData) -> Category:
    common = _common_start(old, new)
    if common < max(_STEM_LETTERS, _STEM_SHARE * min(len(old), len(new))):
        return Category.WORD_CHOICE
    endings = {old[common:], new[common:]} - {""}
    if endings <= data.agreement_endings:
        return Category.AGREEMENT
    return Category.WORD_FORM


def _class_of(words: list[str], data: SpeechData) -> Category | None:
    for kind, category in _BY_CLASS.items():
        if all(word in data.words.get(kind, frozenset()) for word in words):
            return category
    return None


def _common_start(one: str, other: str) -> int:
    count = 0
    for left, right in zip(one, other, strict=False):
        if left != right:
            break
        count += 1
    return count
