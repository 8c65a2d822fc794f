"""Keeps a talk's answers within their budget, by the turns that were measured.

Late by the middle one of the latest turns: the part that is furthest over its share takes a
step. Room to spare for some turns: the latest step is given back. One that had to be taken
again at once is kept for twice as long the next time, so that a host that is just too slow
does not go back and forth.

Openers are another matter: a slow model is not heard behind them. They follow how long its own
words take.
"""

from __future__ import annotations

from collections import deque
from statistics import median

from .budget import SHARES, STEPS, Budget, Pace, Part, Step
from .spent import Spent

# So many turns of one pace say how it goes, and so many of them are looked at.
LOOK_AFTER = 3
LOOK_AT = 5
# With less than this of the budget used there is room.
ROOM = 0.8
# A step is given back after so many turns with room, and after no more than the most.
BACK_AFTER = 6
MOST_PATIENCE = 48
# So many answers of the model in a row that are late ask for openers, and so many that have
# room do without.
LATE_WORDS = 2
TIMELY_WORDS = 4


class BudgetKeeper:
    """Chooses the pace of the next turn of one talk."""

    def __init__(self, budget: Budget) -> None:
        self._budget = budget
        self._taken: list[Step] = []
        self._recent: deque[Spent] = deque(maxlen=LOOK_AT)
        self._with_room = 0
        self._patience: dict[Step, int] = {}
        # What was given back, while it may still turn out to have been needed.
        self._given_back: Step | None = None
        self._wordings: deque[float] = deque(maxlen=TIMELY_WORDS)
        self._opens = False

    @property
    def pace(self) -> Pace:
        """How the next turn is to be done."""
        openers = {Step.MORE_OPENERS} if self._opens else set()
        return Pace(self._budget.always | openers | frozenset(self._taken))

    def worded(self, took_ms: float) -> None:
        """Take how long the model's own words took, at whatever pace."""
        share_ms = self._budget.share_ms(Part.MODEL)
        self._wordings.append(took_ms)
        latest = list(self._wordings)
        if len(latest) >= LATE_WORDS and min(latest[-LATE_WORDS:]) > share_ms:
            self._opens = True
        elif len(latest) == TIMELY_WORDS and max(latest) <= ROOM * share_ms:
            self._opens = False

    def note(self, spent: Spent) -> None:
        """Take what a turn took that was done at the present pace."""
        self._recent.append(spent)
        has_room = spent.answer_ms <= ROOM * self._budget.answer_ms
        self._with_room = self._with_room + 1 if has_room else 0
        if len(self._recent) < LOOK_AFTER:
            return
        if median(turn.answer_ms for turn in self._recent) > self._budget.answer_ms:
            self._hurry()
        elif self._taken and self._with_room >= self._patience_for(self._taken[-1]):
            self._give_back()
        elif self._with_room >= BACK_AFTER:
            self._given_back = None

    def _hurry(self) -> None:
        """Take the next step of the part that is furthest over its share, if any has one."""
        over = {part: self._over_ms(part) for part in SHARES}
        for part in sorted(over, key=lambda part: -over[part]):
            if over[part] <= 0:
                return
            for step in STEPS[part]:
                if step not in self.pace:
                    self._take(step)
                    return

    def _take(self, step: Step) -> None:
        if step is self._given_back:
            twice = 2 * self._patience_for(step)
            self._patience[step] = min(twice, MOST_PATIENCE)
        self._given_back = None
        self._taken.append(step)
        self._begin_anew()

    def _give_back(self) -> None:
        self._given_back = self._taken.pop()
        self._begin_anew()

    def _begin_anew(self) -> None:
        """What was measured at another pace says nothing about this one."""
        self._recent.clear()
        self._with_room = 0

    def _over_ms(self, part: Part) -> float:
        took = median(turn.by_part[part] for turn in self._recent)
        return took - self._budget.share_ms(part)

    def _patience_for(self, step: Step) -> int:
        return self._patience.get(step, BACK_AFTER)
