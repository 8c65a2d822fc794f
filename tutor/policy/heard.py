"""A learner's turn, read once: its plain text, its words and the phrases to look for."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from tutor.languages.function_words import (
    DATA,
    function_words,
    is_known,
    primary,
    read_yaml,
)
from tutor.languages.situations import (
    SituationPhrases,
    plain_text,
    situation_phrases,
    taught_phrases,
)
from tutor.learner import Learner, LearnerTurn

_WORD = re.compile(r"[^ \n']+")
# The first letters tell whether two words are forms of the same one.
_STEM = 5
_SHORTEST_STEM = 4


@dataclass(frozen=True, slots=True)
class Heard:
    """``plain`` is the turn's text with one sentence a line; ``words`` its words."""

    turn: LearnerTurn
    plain: str
    words: tuple[str, ...]
    l2: SituationPhrases | None
    l1: SituationPhrases | None

    def has(self, group: str) -> bool:
        """Whether a phrase of the group was said in the language taught."""
        return self.l2 is not None and self.l2.find(group, self.plain) is not None

    def has_in_l1(self, group: str) -> bool:
        """Whether a phrase of the group was said in the learner's first language."""
        return self.l1 is not None and self.l1.find(group, self.plain) is not None

    def is_only(self, group: str) -> bool:
        """Whether nothing but phrases of the group was said."""
        return self.l2 is not None and self.l2.is_whole(group, self.plain)

    @property
    def every(self) -> tuple[SituationPhrases, ...]:
        """Every language in which a learner may be in danger or give orders."""
        taught = taught_phrases()
        own = (self.l1,) if self.l1 is not None and self.l1 not in taught else ()
        return (*taught, *own)


def heard(turn: LearnerTurn, learner: Learner) -> Heard:
    """Read a turn."""
    plain = plain_text(turn.text)
    own = primary(learner.l1) != primary(learner.l2)
    return Heard(
        turn=turn,
        plain=plain,
        words=tuple(_WORD.findall(plain)),
        l2=situation_phrases(learner.l2),
        l1=situation_phrases(learner.l1) if own else None,
    )


def words_of(text: str) -> tuple[str, ...]:
    """Return the plain words of any text."""
    return tuple(_WORD.findall(plain_text(text)))


@cache
def common_words(tag: str) -> frozenset[str]:
    """Return a language's function words as plain words; empty where none are known."""
    language = primary(tag)
    if is_known(language):
        every = " ".join(sorted(function_words(language).every))
    else:
        every = str(read_yaml(DATA / "function_words.yaml").get(language, ""))
    return frozenset(words_of(every))


def content_stems(text: str, tag: str) -> frozenset[str]:
    """Return the beginnings of the words that say what a text is about."""
    common = common_words(tag)
    return frozenset(
        word[:_STEM]
        for word in words_of(text)
        if len(word) >= _SHORTEST_STEM and word not in common and not word.isdigit()
    )
