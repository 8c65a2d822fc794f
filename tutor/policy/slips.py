"""Which small mistakes are treated: those of beginners only where they are basic."""

from __future__ import annotations

from tutor.categories import Category
from tutor.findings import Analysis, Finding, Severity
from tutor.history import TalkState
from tutor.languages.situations import situation_phrases
from tutor.learner import Learner

from .heard import words_of


def may_treat_slip(
    finding: Finding,
    analysis: Analysis,
    state: TalkState,
    learner: Learner,
    *,
    is_late: bool = False,
) -> bool:
    """Whether a slip may be treated; never in two turns running.

    Up to A2 only one or many ("two apple") and small words that beginners swap ("since two
    years"): where nothing else is wrong, or when it happens for the second time.
    ``is_late``: the ledger has these findings already.
    """
    if state.turns and state.turns[-1].slips_only:
        return False
    if not learner.level.is_basic:
        return True
    if not _basic_kind(finding.key, learner.l2):
        return False
    alone = all(other.severity is Severity.SLIP for other in analysis.findings)
    return alone or comes_again(finding, state, learner, is_late=is_late)


def comes_again(
    finding: Finding, state: TalkState, learner: Learner, *, is_late: bool
) -> bool:
    """Whether a beginner makes a basic slip for the second time, in this talk or before."""
    if finding.severity is not Severity.SLIP or not learner.level.is_basic:
        return False
    kind = _basic_kind(finding.key, learner.l2)
    once = 1 if is_late else 0
    return bool(kind) and _times(kind, state, learner.l2) > once


def _basic_kind(key: str, language: str) -> str:
    """Return the name of what a beginner should hear about, ``""`` for other mistakes."""
    category, _, change = key.partition(":")
    if category == Category.NOUN_NUMBER:
        return category
    phrases = situation_phrases(language)
    said, _, better = change.rpartition(">")
    both = {*words_of(said), *words_of(better)}
    for name, words in (phrases.swaps if phrases else {}).items():
        if len(both) > 1 and both <= words:
            return name
    return ""


def _times(kind: str, state: TalkState, language: str) -> int:
    """How often mistakes of a kind were seen, in the talks before and in this one."""
    before = sum(
        entry.seen for entry in state.ledger if _basic_kind(entry.key, language) == kind
    )
    here = sum(
        _basic_kind(key, language) == kind for turn in state.turns for key in turn.found
    )
    return before + here
