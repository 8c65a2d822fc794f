"""How to say something in the language learned, in words of the learner's level."""

from __future__ import annotations

import re

from tutor.completion import Completion
from tutor.languages.function_words import LanguageDataError
from tutor.languages.levels import UNKNOWN, word_levels
from tutor.learner import Level
from tutor.translatable import gettext_noop
from tutor.wording.instructions import ASKED_WORDS

from .answers import HelpText, Source
from .checking import indecent
from .scripts import looks_like
from .translating import made

MOST_SIGNS = 200
_SAY = (
    "You help a language learner to say something. Say `text`, which is in the language"
    " `from`, in the language `to` as people say it in everyday talk: one short sentence"
    " of at most `words` words, in easy words of the level `level`. Give the sentence"
    " only."
)
_EASIER = " Do not use the words in `avoid`: use easier ones."
_TOKENS_A_SIGN, _SPARE_TOKENS = 1.0, 32
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_SERIOUS = gettext_noop(
    "This sounds serious. Please talk about it with somebody you trust: a parent, a"
    " teacher or a friend."
)
_UNFIT = gettext_noop("The tutor does not help with saying this.")


def how_to_say(
    text: str,
    l1: str,
    l2: str,
    completion: Completion | None,
    *,
    level: Level = Level.A2,
) -> HelpText:
    """Return how to say in ``l2`` what the learner can say in ``l1``, machine-made.

    Words more than one level above the learner's are asked to be replaced once; the easier
    of both sentences is taken. Never raises; ``missing`` says why there is none.
    """
    text = " ".join(text.split())
    first = _said(text, l1, l2, completion, level, ())
    hard = hard_words(first.text, l2, above=level)
    if hard:
        second = _said(text, l1, l2, completion, level, hard)
        if second.text and _rank(second.text, l2) < _rank(first.text, l2):
            return second
    return first


def hardest(text: str, l2: str) -> Level | None:
    """Return the level of a text's hardest word, None where no word is listed."""
    rank = _rank(text, l2)
    return list(Level)[rank - 1] if rank else None


def hard_words(text: str, l2: str, *, above: Level) -> tuple[str, ...]:
    """Return the listed words that are more than one level above ``above``."""
    ranks = _ranks(text, l2)
    return tuple(word for word, rank in ranks.items() if rank > above.rank + 1)


def _said(
    text: str,
    l1: str,
    l2: str,
    completion: Completion | None,
    level: Level,
    avoid: tuple[str, ...],
) -> HelpText:
    data = {"level": str(level), "words": str(ASKED_WORDS[level])}
    if avoid:
        data["avoid"] = ", ".join(avoid)
    found = made(
        text, l1, l2, completion,
        task=_SAY + _EASIER if avoid else _SAY, data=data, most_signs=MOST_SIGNS,
        purpose="how_to_say",
        max_tokens=int(_TOKENS_A_SIGN * len(text)) + _SPARE_TOKENS,
        unfit=_unfit,
    )  # fmt: skip
    if not found.text and looks_like(text, l2):
        reason = gettext_noop(
            "This is in the language you learn already. Say it just like that."
        )
        return HelpText("", Source.NONE, l2, reason)
    return found


def _unfit(answer: str, language: str) -> str:
    """Return why a sentence is not put into a learner's mouth."""
    category = indecent(answer, language)
    if category == "self_harm":
        return _SERIOUS
    return _UNFIT if category else ""


def _rank(text: str, l2: str) -> int:
    return max(_ranks(text, l2).values(), default=0)


def _ranks(text: str, l2: str) -> dict[str, int]:
    """Return the ranks of a text's words that are listed: names are not."""
    try:
        levels = word_levels(l2)
    except LanguageDataError:
        return {}
    words = dict.fromkeys(word.casefold() for word in _WORD.findall(text))
    ranks = {word: levels.rank(word) for word in words}
    return {word: rank for word, rank in ranks.items() if rank != UNKNOWN}
