"""A move that brings a word has the word in it."""

from __future__ import annotations

from ..gating import GateResult, ReplyContext
from ..languages.function_words import function_words, primary
from ..moves import MoveKind
from .reading import read

_BRINGS_ITEM = frozenset({MoveKind.INTRODUCE, MoveKind.REUSE})
# Words of a pattern may be filled ("I'd like ..."), so not all of them have to be there.
_MOST = 0.6
# Enough of a word to know it with another ending.
_STEM = 4


class DoingGate:
    """INTRODUCE and REUSE contain their item, MODEL_SOUND its word."""

    name = "doing"
    by_clause = False

    def __init__(self, l2: str) -> None:
        self._language = primary(l2)
        self._function = function_words(l2)

    def check(self, reply: str, context: ReplyContext, *, whole: bool) -> GateResult:
        """Measure the share of the item's words that are there."""
        wanted = _wanted(context)
        if not wanted:
            return GateResult(self.name, True, measured=1.0)
        words = [token.text for token in read(wanted, self._language).tokens]
        words = [word for word in words if word not in self._function] or words
        said = {token.text[:_STEM] for token in read(reply, self._language).tokens}
        share = sum(word[:_STEM] in said for word in words) / max(1, len(words))
        if share >= _MOST:
            return GateResult(self.name, True, measured=share)
        return GateResult(self.name, False, f"Say “{wanted}” in your answer.", share)


def _wanted(context: ReplyContext) -> str:
    move = context.move
    if move.kind in _BRINGS_ITEM and move.item is not None:
        return move.item.text
    if move.kind is MoveKind.MODEL_SOUND and move.sound is not None:
        return move.sound.word
    return ""
