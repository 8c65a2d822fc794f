"""Which mistake to treat now, and how: elicit, then recast, then explain, then let it be."""

from __future__ import annotations

from dataclasses import dataclass

from tutor.brief import LessonPlan
from tutor.findings import Analysis, Evidence, Finding, Severity
from tutor.history import TalkState
from tutor.learner import Learner
from tutor.moves import CORRECTIONS, MoveKind

from .heard import content_stems
from .slips import comes_again, may_treat_slip
from .topics import lesson_stems

_STEPS = (MoveKind.ELICIT, MoveKind.RECAST, MoveKind.EXPLAIN)
_STEP_WORDS = (
    "for the first time: the learner may find it",
    "after one try: the tutor says it right",
    "after two tries: the tutor explains it",
)
# Up to A2 this many turns in a row may correct; the next one is for the talk.
_BASIC_RUN = 2
# Two explanations at once are a lecture.
_ONE_AT_ONCE = frozenset({MoveKind.EXPLAIN})


@dataclass(frozen=True, slots=True)
class Correction:
    """What is treated and how. ``blocking``: without it the turn cannot be understood."""

    kind: MoveKind
    findings: tuple[Finding, ...]
    reason: str

    @property
    def blocking(self) -> bool:
        return self.findings[0].severity is Severity.BLOCKING


def tries(finding: Finding, state: TalkState) -> int:
    """How often this mistake was treated: in this talk, and at most once from before.

    Another wrong form of the same word ("goed" after "go" for "went") is the same mistake.
    """
    here = sum(
        any(_same_target(key, finding) for key in turn.treated) for turn in state.turns
    )
    before = any(
        entry.key == finding.key and entry.addressed > 0 for entry in state.ledger
    )
    return here + before


def due_correction(
    analysis: Analysis,
    state: TalkState,
    learner: Learner,
    plan: LessonPlan,
    *,
    is_late: bool = False,
) -> Correction | None:
    """Return what should be corrected in this turn, if anything.

    What blocks understanding comes first, then what the learner is known to get wrong, then
    what the lesson is about, then other errors; slips when there is nothing else, and never
    in two turns running; up to A2 only basic ones (``slips.py``), which count as errors when
    they come again. What rules found counts
    without a model too. ``is_late``: the ledger has these findings already.
    """
    if _needs_a_rest(state, learner):
        return None
    open_findings = [
        finding
        for finding in analysis.findings
        if (analysis.judged or finding.evidence is not Evidence.MODEL)
        and tries(finding, state) < len(_STEPS)
        and (
            finding.severity is not Severity.SLIP
            or may_treat_slip(finding, analysis, state, learner, is_late=is_late)
        )
    ]
    if not open_findings:
        return None
    lesson = lesson_stems(plan, learner)
    ranks = {
        finding: _ERROR
        if comes_again(finding, state, learner, is_late=is_late)
        else _rank(finding, state, learner, lesson, is_late=is_late)
        for finding in open_findings
    }
    ranked = sorted(
        open_findings,
        key=lambda finding: (
            ranks[finding],
            not _is_known_kind(finding, state),
            finding.start,
        ),
    )
    first = ranked[0]
    step = tries(first, state)
    kind = _STEPS[step]
    treated = (first, *_second(first, ranked[1:], kind, state, learner))
    about = first.category.replace("_", " ")
    why = _WHY[ranks[first]]
    return Correction(
        kind, treated, f"A mistake ({about}), {_STEP_WORDS[step]}. {why}".strip()
    )


_ERROR = 3
_WHY = (
    "It hides what is meant.",
    "It is known from before.",
    "The lesson is about it.",
    "",
    "It is small, and there is nothing else.",
)


def _rank(
    finding: Finding,
    state: TalkState,
    learner: Learner,
    lesson: frozenset[str],
    *,
    is_late: bool,
) -> int:
    if finding.severity is Severity.BLOCKING:
        return 0
    if finding.severity is Severity.SLIP:
        return 4
    before = sum(entry.seen for entry in state.ledger if entry.key == finding.key)
    if before > (1 if is_late else 0):
        return 1
    words = content_stems(f"{finding.said} {finding.better}", learner.l2)
    return 2 if words & lesson else _ERROR


def _is_known_kind(finding: Finding, state: TalkState) -> bool:
    return any(entry.category == finding.category for entry in state.ledger)


def _second(
    first: Finding,
    others: list[Finding],
    kind: MoveKind,
    state: TalkState,
    learner: Learner,
) -> tuple[Finding, ...]:
    """Return a second mistake for the same move, above A2 only."""
    if learner.level.is_basic or kind in _ONE_AT_ONCE:
        return ()
    for other in others:
        is_slip = other.severity is Severity.SLIP
        if (
            not is_slip
            and other.key != first.key
            and _STEPS[tries(other, state)] is kind
        ):
            return (other,)
    return ()


def _needs_a_rest(state: TalkState, learner: Learner) -> bool:
    if state.turns and state.turns[-1].move is MoveKind.CARE:
        return True
    run = [turn.move in CORRECTIONS for turn in state.turns[-_BASIC_RUN:]]
    return learner.level.is_basic and len(run) == _BASIC_RUN and all(run)


def _same_target(key: str, finding: Finding) -> bool:
    if key == finding.key:
        return True
    category, _, change = key.partition(":")
    better = change.rpartition(">")[2]
    return (
        bool(better)
        and category == finding.category
        and better == finding.better.casefold()
    )
