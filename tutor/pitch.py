"""How the learner really speaks, and a level up or down for the next replies.

Levels in profiles are wrong or old. Who speaks far above theirs in two turns of three gets
longer and harder replies, who can only answer in single easy words, or keeps asking for the
same again, shorter and easier ones. It is one level at most and undone as soon as the turns
say otherwise; policy and progress keep to the level of the profile.
"""

from __future__ import annotations

from collections import deque
from dataclasses import replace
from typing import Final

from .gates.limits import max_words
from .gates.reading import read
from .languages.function_words import is_known, primary
from .languages.levels import UNKNOWN, word_levels
from .learner import Learner, LearnerTurn, Level

_TURNS: Final = 3
# Hard words of a turn far above the level, and how much longer than easy talk it is.
_HARD_WORDS: Final = 2
_ABOVE: Final = 2
_FEWEST_ABOVE: Final = 2
# The longest answer of who has nothing to say at a level; nothing is below A1.
_SHORTEST_ANSWER: Final[dict[Level, int]] = {
    Level.A1: 0,
    Level.A2: 1,
    Level.B1: 2,
    Level.B2: 3,
    Level.C1: 4,
    Level.C2: 4,
}
_EASY: Final = 2
_LOST = frozenset({"asks_to_repeat", "silence", "first_language"})
# These say nothing about how well somebody speaks.
_NO_SIGN = frozenset(
    {
        *("danger", "injection", "private", "unclear", "homework", "swearing", "stop"),
        *("goodbye", "how_to_say", "meaning", "repeats_tutor", "unfinished", "singing"),
    }
)


class Pitch:
    """Listens to one learner's turns and says to whom the next reply is spoken."""

    def __init__(self, learner: Learner) -> None:
        self._learner = learner
        self._signs: deque[int] = deque(maxlen=_TURNS)
        self._last: LearnerTurn | None = None

    def hear(self, turn: LearnerTurn, situation: str) -> None:
        """Take a turn into account; one that is answered again counts once."""
        if turn is self._last or situation in _NO_SIGN:
            return
        self._last = turn
        self._signs.append(sign(turn, situation, self._learner))

    def copy(self) -> Pitch:
        """Return what is known so far, for going back to it."""
        copied = Pitch(self._learner)
        copied._signs, copied._last = self._signs.copy(), self._last
        return copied

    @property
    def learner(self) -> Learner:
        """The learner at the level to speak at."""
        above = sum(one > 0 for one in self._signs)
        below = sum(one < 0 for one in self._signs)
        if above >= _FEWEST_ABOVE and not below:
            return _at(self._learner, 1)
        if below == _TURNS:
            return _at(self._learner, -1)
        return self._learner


def sign(turn: LearnerTurn, situation: str, learner: Learner) -> int:
    """Return 1 for a turn far above the learner's level, -1 for one far below, else 0."""
    if situation in _LOST:
        return -1
    if not is_known(learner.l2) or primary(turn.language or learner.l2) != primary(
        learner.l2
    ):
        return 0
    language = primary(learner.l2)
    reading, levels = read(turn.text, language), word_levels(language)
    ranks = [
        levels.rank(token.text)
        for token in reading.tokens
        if token.text[0].isalpha() and not (token.capital and not token.opens)
    ]
    known = [rank for rank in ranks if rank != UNKNOWN]
    # Levels that are estimated from frequency call hardly any word hard.
    least = learner.level.rank + _ABOVE - levels.estimated
    hard = sum(rank >= least for rank in known)
    # Two hard words in a short list are no speech: it must be as long as the tutor's own.
    if hard >= _HARD_WORDS and 2 * reading.words > max_words(learner.level):
        return 1
    easy = bool(known) and max(known) <= _EASY
    if easy and 0 < reading.words <= _SHORTEST_ANSWER[learner.level]:
        return -1
    return 0


def _at(learner: Learner, step: int) -> Learner:
    levels = list(Level)
    place = min(max(learner.level.rank - 1 + step, 0), len(levels) - 1)
    return replace(learner, level=levels[place])
