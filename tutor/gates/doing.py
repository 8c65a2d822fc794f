"""A reply does what its move is for: an elicit asks, a recast says it right, praise names."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ..gating import GateResult, ReplyContext
from ..languages.function_words import function_words, primary
from ..moves import MoveKind
from .better_form import says_better, surroundings
from .inviting import invites
from .lesson_words import lesson_words
from .move_lists import move_lists
from .opening_words import opening_sentences
from .questions import questions
from .quoting import read_as_said
from .reading import Reading, Token, read
from .sameness import alike

# Words of a pattern may be filled ("I'd like ..."), so not all of them have to be there.
_MOST = 0.6
# Enough of a word to know it with another ending.
_STEM = 4
# Who praises more than this does not quote it.
_LONGEST_PRAISED = 12
_ANSWER_WORDS = 2
# What an explanation in the first language says beside the right words.
_FEWEST_WORDS = 2
_ASKED_AGAIN = "asks_to_repeat"

_Check = Callable[[Reading, ReplyContext], str]


class DoingGate:
    """The move is really made. What cannot be seen in words is not asked for."""

    name = "doing"
    by_clause = False

    def __init__(self, l2: str) -> None:
        self._language = primary(l2)
        self._function = function_words(l2)
        self._lists = move_lists(l2)
        self._openers = opening_sentences(l2)
        self._checks: dict[MoveKind, _Check] = {
            MoveKind.INTRODUCE: self._named,
            MoveKind.REUSE: self._named,
            MoveKind.MODEL_SOUND: self._named,
            MoveKind.PRAISE: self._named,
            MoveKind.ELICIT: self._elicits,
            MoveKind.RECAST: self._recasts,
            MoveKind.EXPLAIN: self._explains,
            MoveKind.ANSWER: self._answers,
            MoveKind.STEER: self._steers,
            MoveKind.DECLINE: self._goes_on,
            MoveKind.BRIDGE: self._goes_on,
            MoveKind.REPEAT: self._goes_on,
            MoveKind.CLOSE: self._closes,
        }

    def check(self, reply: str, context: ReplyContext, *, whole: bool) -> GateResult:
        """Measure 1 for a move that is made."""
        check = self._checks.get(context.move.kind)
        reading = read_as_said(reply, context, self._language)
        reason = check(reading, context) if check else ""
        return GateResult(self.name, not reason, reason, float(not reason))

    def _named(self, reading: Reading, context: ReplyContext) -> str:
        """INTRODUCE and REUSE contain their item, MODEL_SOUND and PRAISE their words."""
        wanted = _wanted(context)
        words = [token.text for token in read(wanted, self._language).tokens]
        if len(words) > _LONGEST_PRAISED and context.move.kind is MoveKind.PRAISE:
            return ""
        words = [word for word in words if word not in self._function] or words
        said = {token.text[:_STEM] for token in reading.tokens}
        there = sum(word[:_STEM] in said for word in words)
        if there >= _MOST * len(words):
            return ""
        return f"Say “{wanted}” in your answer."

    def _elicits(self, reading: Reading, context: ReplyContext) -> str:
        if not context.move.findings:
            return ""
        if not invites(reading, self._lists):
            return "Ask the learner to find the right words."
        if self._points(reading, context):
            return ""
        return "Ask about the mistake, without the answer."

    def _points(self, reading: Reading, context: ReplyContext) -> bool:
        lists, tokens = self._lists, reading.tokens
        if any(lists.hints.find(tokens)) or any(lists.again.find(tokens)):
            return True
        quoted = [token for token in tokens if token.quoted]
        for finding in context.move.findings:
            around = surroundings(finding, context.analysis.text, self._language)
            # What is missing is pointed at by what stands beside it.
            near = (*around.left[-1:], *around.right[:1]) if not around.said else ()
            if any(
                alike(token.text, word, lists.same)
                for words, where in ((around.said, tokens), (near, quoted))
                for word in words
                for token in where
            ):
                return True
        return False

    def _recasts(self, reading: Reading, context: ReplyContext) -> str:
        finding = context.move.finding
        if finding is None or self._says_better(reading, context):
            return ""
        return f"Use “{finding.better or finding.said}” the right way in your reaction."

    def _explains(self, reading: Reading, context: ReplyContext) -> str:
        if context.move.finding is None:
            return ""
        if not self._says_better(reading, context):
            return f"Say how it is right: “{context.move.finding.better}”."
        lists, tokens = self._lists, reading.tokens
        if context.move.use_l1:
            words = [token for token in tokens if not token.quoted]
            # Two signs are a word where none are kept apart.
            if sum(1 if t.latin else len(t.text) / 2 for t in words) >= _FEWEST_WORDS:
                return ""
        phrases = (lists.hints, lists.rules, lists.again)
        if any(any(found.find(tokens)) for found in phrases):
            return ""
        return "Give the rule, or say what is right and what is not."

    def _answers(self, reading: Reading, context: ReplyContext) -> str:
        if context.move.situation == _ASKED_AGAIN:
            return ""
        asking = set(questions(reading, self._function))
        told = [
            token
            for number in range(len(reading.sentences))
            if number not in asking
            for token in self._told(reading, number)
        ]
        if self._says_something(told):
            return ""
        return "Answer first, then ask."

    def _told(self, reading: Reading, number: int) -> list[Token]:
        """Return the words of a sentence, none if the tutor says it before any answer."""
        tokens = [token for token in reading.tokens if token.sentence == number]
        is_opener = tuple(token.text for token in tokens) in self._openers
        return [] if is_opener else tokens

    def _says_something(self, tokens: Sequence[Token]) -> bool:
        empty = {
            place
            for found in self._lists.stalling.find(tokens)
            for place in range(found.first, found.last + 1)
        }
        left = [token.text for at, token in enumerate(tokens) if at not in empty]
        if len(left) >= _ANSWER_WORDS:
            return True
        return any(
            word in self._lists.short_answers or word not in self._function
            for word in left
        )

    def _steers(self, reading: Reading, context: ReplyContext) -> str:
        if any(self._lists.back.find(reading.tokens)):
            return ""
        stems = {
            word[:_STEM]
            for word in lesson_words(context, self._language, own=False)
            if word not in self._function and len(word) >= _STEM
        }
        if any(token.text[:_STEM] in stems for token in reading.tokens):
            return ""
        return "Lead back to the lesson and name it."

    def _goes_on(self, reading: Reading, context: ReplyContext) -> str:
        lists = self._lists
        if invites(reading, lists) or any(lists.back.find(reading.tokens)):
            return ""
        return "Invite the learner to go on."

    def _closes(self, reading: Reading, context: ReplyContext) -> str:
        asked = questions(reading, self._function)
        return "The talk ends here: ask nothing new." if asked else ""

    def _says_better(self, reading: Reading, context: ReplyContext) -> bool:
        return any(
            says_better(
                reading,
                surroundings(finding, context.analysis.text, self._language),
                self._function,
                self._lists.same,
            )
            for finding in context.move.findings[:1]
        )


def _wanted(context: ReplyContext) -> str:
    move = context.move
    if move.kind in (MoveKind.INTRODUCE, MoveKind.REUSE):
        return move.item.text if move.item is not None else ""
    if move.kind is MoveKind.PRAISE:
        return move.praise_for
    return move.sound.word if move.sound is not None else ""
