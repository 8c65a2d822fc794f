"""A tutor answers; it does not say the learner's sentence back.

A sentence that mostly repeats the learner's words in their order is an echo, whoever "I" and
"you" are, and also with their mistakes put right. A reply adds something: a question, an
invitation, or words of its own. Above all, what was wrong is not said again, for hearing it
teaches it. A recast is free to repeat, since its better form is the point, and so is who
answers a question in the question's words, but not in what was said beside it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from ..gating import GateResult, ReplyContext
from ..languages.function_words import function_words, primary
from ..languages.templates import template_set
from ..moves import MoveKind
from .better_form import says_better, surroundings
from .heard import heard, stated
from .limits import ECHO_MOST, ECHO_SHARE, ECHO_TOKENS, NEW_WORDS
from .move_lists import move_lists
from .opening_words import opening_sentences
from .quoting import read_as_said
from .reading import Reading, Token, read
from .sameness import alike, repeated
from .wrong_words import SPEAK_ABOUT, WrongWords, speaks_about

# So many quoted words are spoken about; more of them are said.
_MENTIONED = 3
_QUOTE = SPEAK_ABOUT | {MoveKind.RECAST, MoveKind.PRAISE}
_Words = tuple[str, ...]


class EchoGate:
    """No sentence that only repeats, no reply without anything new, no mistake said again."""

    name = "echo"
    by_clause = True

    def __init__(self, l2: str) -> None:
        self._language = primary(l2)
        self._lists = move_lists(l2)
        self._function = function_words(l2)
        self._wrong_words = WrongWords(l2)
        self._stock = _stock(self._language)
        self._openers = opening_sentences(l2)

    def check(self, reply: str, context: ReplyContext, *, whole: bool) -> GateResult:
        """Measure the largest share of a sentence that repeats the learner's words."""
        versions = heard(context.analysis, self._language)
        if not versions:
            return GateResult(self.name, True)
        wrong = self._wrong_words.said_again(reply, context)
        if wrong:
            reason = f"Do not repeat “{wrong}”: it was wrong."
            return GateResult(self.name, False, reason, 1.0)
        reading = read_as_said(reply, context, self._language)
        most = max(self._shares(reading, context, versions), default=0.0)
        if most >= ECHO_SHARE:
            reason = "Do not say the learner's sentence back: add something new."
            return GateResult(self.name, False, reason, most)
        if whole and not self._adds(reading, context, versions):
            reason = "Say something new: react in your own words, then ask."
            return GateResult(self.name, False, reason, most)
        return GateResult(self.name, True, measured=most)

    def _shares(
        self, reading: Reading, context: ReplyContext, versions: Sequence[_Words]
    ) -> Iterator[float]:
        """Yield how far each long sentence repeats what was heard.

        A statement that has nearly all of it and little else is an echo with a prefix.
        What the tutor always says by itself repeats nobody. Short statements in a row are
        measured as one.
        """
        short: list[Token] = []
        for number, tokens in self._sentences(reading, context):
            states = not reading.sentences[number].asks
            if tuple(token.text for token in tokens) in self._stock | self._openers:
                continue
            if len(tokens) < ECHO_TOKENS:
                short += tokens if states else []
            elif context.move.kind is MoveKind.ANSWER and states:
                yield self._answer_share(tokens, context, versions)
            elif not self._may_repeat(reading, number, context):
                yield from self._echoed(tokens, versions, states=states)
        if len(short) >= ECHO_TOKENS and context.move.kind not in _QUOTE:
            yield self._share(short, versions)

    def _echoed(
        self, tokens: Sequence[Token], versions: Sequence[_Words], *, states: bool
    ) -> Iterator[float]:
        for words in versions:
            share = self._share(tokens, [words])
            yield share
            if states and len(words) >= ECHO_TOKENS and share >= ECHO_MOST:
                yield share * len(tokens) / len(words)

    def _answer_share(
        self, tokens: Sequence[Token], context: ReplyContext, versions: Sequence[_Words]
    ) -> float:
        """Return how far an answer says what the learner told, not what they asked.

        Where no mark shows which is which, "I" and "you" do: in an answer they change.
        """
        if any(self._lists.too.find(tokens)):
            return 0.0
        told = self._share(tokens, stated(context.analysis, self._language))
        persons = any(token.text in self._lists.same for token in tokens)
        return max(told, self._share(tokens, versions, same={}) if persons else 0.0)

    def _share(
        self,
        tokens: Sequence[Token],
        versions: Sequence[_Words],
        *,
        same: Mapping[str, str] | None = None,
    ) -> float:
        """Return the share of words that repeat; small words alone repeat nothing."""
        words = [token.text for token in tokens]
        same = self._lists.same if same is None else same
        content = [word for word in words if word not in self._function]
        return max(
            (
                repeated(words, one, same) / len(words)
                for one in versions
                if any(alike(word, other, same) for word in content for other in one)
            ),
            default=0.0,
        )

    def _sentences(
        self, reading: Reading, context: ReplyContext
    ) -> Iterator[tuple[int, list[Token]]]:
        """Yield sentences without what is only spoken about."""
        for number in range(len(reading.sentences)):
            tokens = [t for t in reading.tokens if t.sentence == number]
            quoted = sum(token.quoted for token in tokens)
            if context.move.kind in _QUOTE or quoted <= _MENTIONED:
                tokens = [token for token in tokens if not token.quoted]
            yield number, tokens

    def _may_repeat(self, reading: Reading, number: int, context: ReplyContext) -> bool:
        tokens = [token for token in reading.tokens if token.sentence == number]
        kind = context.move.kind
        if kind in SPEAK_ABOUT and speaks_about(tokens, self._lists):
            return True
        if kind is MoveKind.RECAST:
            sentence = read(reading.sentences[number].text, self._language)
            return any(
                says_better(
                    sentence,
                    surroundings(finding, context.analysis.text, self._language),
                    self._function,
                    self._lists.same,
                )
                for finding in context.move.findings
            )
        return any(self._lists.too.find(tokens))

    def _adds(
        self, reading: Reading, context: ReplyContext, versions: Sequence[_Words]
    ) -> bool:
        """Whether a reply that lets the talk go on brings anything."""
        if context.move.kind is not MoveKind.CONTINUE:
            return True
        if any(self._lists.cues.find(reading.tokens)):
            return True
        fresh = 0
        for number, tokens in self._sentences(reading, context):
            if tuple(token.text for token in tokens) in self._openers:
                continue
            repeats = bool(tokens) and self._share(tokens, versions) >= ECHO_SHARE
            if reading.sentences[number].asks and not repeats:
                return True
            if not repeats:
                fresh += self._fresh(tokens, versions)
        return fresh >= NEW_WORDS

    def _fresh(self, tokens: Sequence[Token], versions: Sequence[_Words]) -> int:
        """Return how many words with a meaning the learner did not say."""
        empty = {
            place
            for found in self._lists.stalling.find(tokens)
            for place in range(found.first, found.last + 1)
        }
        return sum(
            place not in empty
            and token.text not in self._function
            and not any(
                alike(token.text, word, self._lists.same)
                for words in versions
                for word in words
            )
            for place, token in enumerate(tokens)
        )


def _stock(language: str) -> frozenset[tuple[str, ...]]:
    """Return the plain sentences of the language that stand in for any other."""
    templates = template_set(language)
    if templates is None:
        return frozenset()
    readings = [
        read(text, language)
        for text in (*templates.finals.values(), *templates.endings)
    ]
    return frozenset(
        tuple(token.text for token in reading.tokens if token.sentence == number)
        for reading in readings
        for number in range(len(reading.sentences))
    )
