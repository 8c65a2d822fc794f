"""What is left of a move when the learner cuts the answer off.

A move of which nothing was heard did not happen, and words that were heard at once
(``openers.py``) are no part of it. A planned word is taught once it was said. The talk as it
goes on, a talk that is taken up again and what is remembered all ask here.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from .brief import LessonPlan
from .history import PastTurn
from .learner import LearnerTurn
from .moves import Move
from .policy.progress import produced_items
from .policy.remembering import unheard


@dataclass(frozen=True, slots=True)
class HeardReply:
    """The part of a reply that the learner heard.

    ``opener`` is what the reply began with before anything was worded. ``is_whole``:
    nothing of the reply was cut off.
    """

    text: str
    opener: str = ""
    is_whole: bool = True

    @property
    def goes_on(self) -> bool:
        """Whether anything was heard behind the opener."""
        return len(self.text.split()) > len(self.opener.split())

    def has(self, move: Move) -> bool:
        """Return whether the move happened."""
        if not self.goes_on:
            return False
        if self.is_whole or move.item is None:
            return True
        item = LessonPlan(items=(move.item,))
        return bool(produced_items(LearnerTurn(self.text), item))

    def kept_move(self, move: Move) -> Move:
        """Return the move as it is remembered: what did not happen was about nothing."""
        return move if self.has(move) else replace(move, findings=(), item=None)

    def kept_turn(self, past: PastTurn, move: Move) -> PastTurn:
        """Return the exchange as the policy looks back at it."""
        if self.has(move):
            return past
        return replace(unheard(past), opener=past.opener if self.text else "")
