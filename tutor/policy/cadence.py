"""When a planned word or pattern comes in, and when it is used again."""

from __future__ import annotations

from dataclasses import dataclass

from tutor.brief import LessonPlan, Pace
from tutor.findings import Analysis
from tutor.history import PastTurn, TalkState
from tutor.moves import CORRECTIONS, MoveKind, PlannedItem

# Where a lesson's word was not used again by then, it comes before ordinary corrections.
_REUSE_WITHIN = 2
# Where talk came between, a late use still helps; later the item is forgotten anyway.
_REUSE_AT_ALL = 4
# A new item needs time to be used again before the end.
_LAST_MINUTES = 1.0
# After these the learner is busy with something else than the talk.
_NO_FLOW = CORRECTIONS | {MoveKind.ENCOURAGE, MoveKind.REPEAT, MoveKind.BRIDGE}


@dataclass(frozen=True, slots=True)
class PlannedWord:
    """An item whose turn has come. ``pressing``: it comes before an ordinary correction."""

    kind: MoveKind
    item: PlannedItem
    pressing: bool
    reason: str


def planned_word(
    state: TalkState,
    plan: LessonPlan,
    produced: tuple[str, ...],
    analysis: Analysis,
) -> PlannedWord | None:
    """Return the item to use again or to introduce now, if any.

    ``produced`` are the items in the present turn: what the learner already says needs no
    introduction, and has been used again. At the pace of a lesson at most every second
    exchange is about planned words, in free talk every third.
    """
    turns = [turn for turn in state.turns if turn.move is not MoveKind.OPEN]
    pace = plan.word_pace
    since = _since_introduction(turns)
    again = _to_reuse(turns, plan, produced, since)
    if again is not None:
        if since < pace.reuse_from:
            return None
        return PlannedWord(
            MoveKind.REUSE,
            again,
            pace.latest is not None and since >= _REUSE_WITHIN,
            "A new word is used again soon after it came up.",
        )
    new = _to_introduce(turns, plan, produced)
    ends_soon = plan.minutes > 0 and state.minutes > plan.minutes - _LAST_MINUTES
    if new is None or ends_soon or since < _pause(turns, since, pace):
        return None
    if pace.in_flow and not _flows(turns, analysis):
        return None
    return PlannedWord(
        MoveKind.INTRODUCE,
        new,
        pace.latest is not None and since >= pace.latest,
        f"It is exchange {since} since the last new word of the talk.",
    )


def _pause(turns: list[PastTurn], since: int, pace: Pace) -> int:
    used_again = any(
        turn.move is MoveKind.REUSE for turn in turns[max(0, len(turns) - since) :]
    )
    return pace.after_reuse if used_again else pace.soonest


def _flows(turns: list[PastTurn], analysis: Analysis) -> bool:
    """Nothing is known to be wrong with the turn, and the last one needed no help."""
    return not analysis.findings and not (turns and turns[-1].move in _NO_FLOW)


def _since_introduction(turns: list[PastTurn]) -> int:
    """How many exchanges ago the last item came in, counting from the start if none did."""
    for ago, turn in enumerate(reversed(turns), start=1):
        if turn.move is MoveKind.INTRODUCE:
            return ago
    return len(turns) + 1


def _to_reuse(
    turns: list[PastTurn], plan: LessonPlan, produced: tuple[str, ...], since: int
) -> PlannedItem | None:
    if not 1 <= since <= min(_REUSE_AT_ALL, len(turns)):
        return None
    introduction, *later = turns[-since:]
    text = introduction.introduced
    used = text in produced or any(
        text in turn.produced
        or (turn.move is MoveKind.REUSE and turn.introduced == text)
        for turn in later
    )
    if used or introduction.move is not MoveKind.INTRODUCE:
        return None
    return next((item for item in plan.items if item.text == text), None)


def _to_introduce(
    turns: list[PastTurn], plan: LessonPlan, produced: tuple[str, ...]
) -> PlannedItem | None:
    known = {turn.introduced for turn in turns} | set(produced)
    known.update(text for turn in turns for text in turn.produced)
    return next((item for item in plan.items if item.text not in known), None)
