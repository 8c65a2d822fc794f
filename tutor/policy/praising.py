"""What deserves specific praise: the learner's own good words, never a general "well done"."""

from __future__ import annotations

from dataclasses import dataclass

from tutor.brief import LessonPlan
from tutor.findings import Analysis
from tutor.history import TalkState
from tutor.learner import Learner, LearnerTurn

from .heard import heard, words_of
from .progress import (
    better_words,
    clause_from,
    own_words,
    produced_items,
    repaired_keys,
)

# Praise is worth something while it is rare: once in three turns at most.
_PAUSE = 2
# Words that were not heard surely are not praised.
_SURE = 0.6


@dataclass(frozen=True, slots=True)
class Praise:
    """The learner's ``words`` that were good, and why."""

    words: str
    reason: str


def praise_for_repair(
    turn: LearnerTurn, analysis: Analysis, state: TalkState
) -> Praise | None:
    """Return praise for having got right what the tutor treated before."""
    if not _may_praise(analysis, state):
        return None
    for key in repaired_keys(turn, analysis, state):
        words = own_words(turn.text, better_words(key))
        if _is_sure(words, turn):
            return Praise(words, "The learner repaired what was treated before.")
    return None


def praise_for_words(
    turn: LearnerTurn,
    analysis: Analysis,
    state: TalkState,
    learner: Learner,
    plan: LessonPlan,
) -> Praise | None:
    """Return praise for a word of the lesson, a known error got right, or a good clause."""
    if not _may_praise(analysis, state):
        return None
    candidates = [
        Praise(own_words(turn.text, item), "The learner used words of the lesson.")
        for item in produced_items(turn, plan)
    ]
    candidates += [
        Praise(
            own_words(turn.text, better_words(entry.key)),
            "The learner got a known error right.",
        )
        for entry in state.ledger
        # One short word can be right by chance; the mistake must have been about more.
        if len(words_of(better_words(entry.key))) > 1
    ]
    candidates += [
        Praise(clause, "The learner linked ideas well for this level.")
        for clause in _linked_clauses(turn, learner)
    ]
    return next((each for each in candidates if _is_sure(each.words, turn)), None)


def _may_praise(analysis: Analysis, state: TalkState) -> bool:
    return analysis.clean and not any(past.praised for past in state.turns[-_PAUSE:])


def _linked_clauses(turn: LearnerTurn, learner: Learner) -> list[str]:
    said = heard(turn, learner)
    if said.l2 is None:
        return []
    good = {
        word
        for level, words in said.l2.connectors.items()
        if level.rank >= learner.level.rank
        for word in words
    }
    return [clause_from(turn.text, word) for word in said.words if word in good]


def _is_sure(words: str, turn: LearnerTurn) -> bool:
    """Whether the words were heard surely and pronounced without a problem."""
    if not words:
        return False
    praised = set(words_of(words))
    if any(praised & set(words_of(sound.word)) for sound in turn.sounds):
        return False
    start = turn.text.find(words)
    end = start + len(words)
    return all(
        word.confidence >= _SURE
        for word in turn.words
        if start < word.end and word.start < end
    )
