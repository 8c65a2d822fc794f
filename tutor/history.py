"""What happened so far in a talk, as far as the next move depends on it."""

from __future__ import annotations

from dataclasses import dataclass, field

from .findings import Analysis
from .moves import MoveKind


@dataclass(frozen=True, slots=True)
class PastTurn:
    """One exchange: what was found, what the tutor did, whether the learner repaired it.

    ``treated`` are the keys of findings that the move was about. ``introduced`` is the
    item of an INTRODUCE or REUSE move. ``produced`` are items that the learner used,
    ``repaired`` the keys of earlier findings that the learner got right here. ``found``
    are the keys of what was found at once in the learner's words, treated or not. ``sad``:
    the learner told something sad. ``opener`` are the words that the learner heard before
    the move (``openers.py``).
    """

    move: MoveKind
    treated: tuple[str, ...] = ()
    slips_only: bool = False
    introduced: str = ""
    produced: tuple[str, ...] = ()
    sound: str = ""
    praised: bool = False
    off_topic: bool = False
    silent: bool = False
    repaired: tuple[str, ...] = ()
    found: tuple[str, ...] = ()
    sad: bool = False
    opener: str = ""


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """An error known from before: how often it was seen, addressed and got right since."""

    key: str
    category: str
    example: str
    better: str
    seen: int = 1
    addressed: int = 0
    right_since: int = 0


@dataclass(frozen=True, slots=True)
class TalkState:
    """Everything the policy looks at beside the turn itself.

    ``turns`` are the exchanges of this talk in order; ``ledger`` the learner's known
    errors; ``minutes`` how long the talk has lasted; ``last_reply`` what the tutor said
    last, ``""`` if unknown. ``late`` is what was found in the learner's last turn after it
    was answered.
    """

    turns: tuple[PastTurn, ...] = field(default=())
    ledger: tuple[LedgerEntry, ...] = field(default=())
    minutes: float = 0.0
    last_reply: str = ""
    late: Analysis | None = None

    def tries(self, key: str) -> int:
        """How often this mistake was treated in this talk."""
        return sum(key in turn.treated for turn in self.turns)
