"""Finds a learner's wrong words in a reply: hearing them again teaches them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..categories import Category
from ..findings import Finding
from ..gating import ReplyContext
from ..languages.function_words import function_words, primary
from ..languages.levels import UNKNOWN, word_levels
from ..moves import MoveKind
from .better_form import surroundings
from .move_lists import MoveLists, move_lists
from .reading import Reading, Token, read
from .sameness import places

# These speak about words, wrong ones too.
SPEAK_ABOUT = frozenset({MoveKind.ELICIT, MoveKind.EXPLAIN})
# Mistakes that the word before shows: "she have", "two apple".
_BY_WORD_BEFORE = frozenset(
    {Category.AGREEMENT, Category.NOUN_NUMBER, Category.NEGATION, Category.COMPARISON}
)
# ERRANT's mark of a form that the language does not have ("buyed").
_NO_WORD = ":INFL"
# How far the word that gives a verb its meaning may stand behind it.
_NEAR = 3
_OF_VERBS = frozenset({Category.AGREEMENT, Category.VERB_TENSE, Category.VERB_FORM})


class WrongWords:
    """Knows what makes a mistake one, and where it is only spoken about."""

    def __init__(self, l2: str) -> None:
        self._language = primary(l2)
        self._lists = move_lists(l2)
        self._function = function_words(l2)
        self._levels = word_levels(l2)

    def said_again(self, reply: str, context: ReplyContext) -> str:
        """Return wrong words of the learner that the reply uses, or ``""``."""
        reading = read(reply, self._language)
        for finding in context.analysis.findings:
            for phrase in self._wrong(finding, context.analysis.text):
                for at in places(
                    phrase, [t.text for t in reading.tokens], self._lists.same
                ):
                    if not self._is_excused(reading, at, len(phrase), finding, context):
                        return finding.said or " ".join(phrase)
        return ""

    def _wrong(self, finding: Finding, text: str) -> Iterator[tuple[str, ...]]:
        """Yield what makes a mistake one: it with its neighbours, or alone if no word."""
        around = surroundings(finding, text, self._language)
        left, right = around.left[-1:], around.right[:1]
        if around.said == around.better:
            return
        if finding.category == Category.VERB_TENSE:
            # "I go to" is wrong of yesterday only: what it is about makes it the same.
            right = self._up_to_meaning(around.right)
        phrase = (*left, *around.said, *right)
        if len(phrase) > 1 and (around.said or (left and right)):
            yield phrase
        is_no_word = finding.type.endswith(_NO_WORD) or (
            len(around.said) == 1 and self._levels.rank(around.said[0]) == UNKNOWN
        )
        if is_no_word:
            yield around.said
        if around.said and left and finding.category in _BY_WORD_BEFORE:
            yield (*left, *around.said)

    def _up_to_meaning(self, words: Sequence[str]) -> tuple[str, ...]:
        for place, word in enumerate(words[:_NEAR]):
            if word not in self._function:
                return tuple(words[: place + 1])
        return tuple(words[:1])

    def _is_excused(
        self,
        reading: Reading,
        at: int,
        size: int,
        finding: Finding,
        context: ReplyContext,
    ) -> bool:
        tokens = reading.tokens[at : at + size]
        if tokens[0].sentence != tokens[-1].sentence:
            return True
        if context.move.kind in SPEAK_ABOUT:
            sentence = [t for t in reading.tokens if t.sentence == tokens[0].sentence]
            if any(token.quoted for token in tokens) or speaks_about(
                sentence, self._lists
            ):
                return True
        # "Did you go there?" is right though "you go there" was not.
        before = reading.tokens[at - 1 : at] if at else ()
        asked = [t.text for t in before if t.sentence == tokens[0].sentence]
        if reading.sentences[tokens[0].sentence].asks:
            asked.append(reading.opening.get(tokens[0].sentence, ""))
        return finding.category in _OF_VERBS and not self._function.groups[
            "auxiliaries"
        ].isdisjoint(asked)


def speaks_about(tokens: Sequence[Token], lists: MoveLists) -> bool:
    """Return whether a sentence speaks about language, or asks for the same again."""
    return any(
        any(phrases.find(tokens)) for phrases in (lists.hints, lists.again, lists.rules)
    )
