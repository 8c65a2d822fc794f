"""When a planned word or pattern comes in, and when it is used again."""

from __future__ import annotations

from dataclasses import dataclass

from tutor.brief import LessonPlan
from tutor.history import PastTurn, TalkState
from tutor.moves import MoveKind, PlannedItem

# One new item every three to four exchanges, used again within two turns.
_DUE = 3
_OVERDUE = 4
_REUSE_WITHIN = 2
# Where talk came between, a late use still helps; later the item is forgotten anyway.
_REUSE_AT_ALL = 4
# A new item needs time to be used again before the end.
_LAST_MINUTES = 1.0


@dataclass(frozen=True, slots=True)
class PlannedWord:
    """An item whose turn has come. ``pressing``: it comes before an ordinary correction."""

    kind: MoveKind
    item: PlannedItem
    pressing: bool
    reason: str


def planned_word(
    state: TalkState, plan: LessonPlan, produced: tuple[str, ...]
) -> PlannedWord | None:
    """Return the item to use again or to introduce now, if any.

    ``produced`` are the items in the present turn: what the learner already says needs no
    introduction, and has been used again.
    """
    turns = [turn for turn in state.turns if turn.move is not MoveKind.OPEN]
    since = _since_introduction(turns)
    again = _to_reuse(turns, plan, produced, since)
    if again is not None:
        return PlannedWord(
            MoveKind.REUSE,
            again,
            since >= _REUSE_WITHIN,
            "A new word is used again soon after it came up.",
        )
    new = _to_introduce(turns, plan, produced)
    ends_soon = plan.minutes > 0 and state.minutes > plan.minutes - _LAST_MINUTES
    if new is None or since < _DUE or ends_soon:
        return None
    return PlannedWord(
        MoveKind.INTRODUCE,
        new,
        since >= _OVERDUE,
        f"It is exchange {since} since the last new word of the lesson.",
    )


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
