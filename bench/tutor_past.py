"""What happened in a talk before a scenario turn, written in a few words."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from tutor.findings import Finding
from tutor.history import LedgerEntry, PastTurn, TalkState
from tutor.moves import MoveKind

_FLAGS = frozenset({"treated", "slips", "silent", "off_topic", "praised"})
_VALUES = frozenset({"item", "produced", "sound"})
_VALUE = re.compile(r"(\w+)=(.*?)(?=\s+\w+=|$)")


class CaseError(ValueError):
    """A file of scenario turns is not as it must be; names the place."""


@dataclass(frozen=True, slots=True)
class PastMove:
    """An exchange. ``treated``: the tutor's move was about the mistake of the turn now."""

    turn: PastTurn
    treated: bool


@dataclass(frozen=True, slots=True)
class Past:
    """The exchanges before a turn, the known errors, and how long the talk has lasted.

    ``last_reply`` is what the tutor said just before, ``""`` if it does not matter.
    """

    turns: tuple[PastMove, ...]
    ledger: tuple[LedgerEntry, ...]
    minutes: float
    last_reply: str = ""

    def state(self, findings: Iterable[Finding]) -> TalkState:
        """Return the state of the talk in which ``findings`` come up again.

        The tutor names a mistake by what its own analysis says, so ``findings`` are those
        of the tutor: what it treated before, it would have named in the same way.
        """
        keys = tuple(finding.key for finding in findings)
        return TalkState(
            turns=tuple(
                replace(past.turn, treated=keys) if past.treated else past.turn
                for past in self.turns
            ),
            ledger=self.ledger,
            minutes=self.minutes,
            last_reply=self.last_reply,
        )


def read_past(text: str) -> PastMove:
    """Read ``elicit treated slips`` or ``introduce item=the bill``. Raises CaseError."""
    values = dict(_VALUE.findall(text))
    flags = _VALUE.sub("", text).split()
    kind, given = flags[0], set(flags[1:])
    if given - _FLAGS or values.keys() - _VALUES:
        raise CaseError(f"{text!r}: knows {', '.join(sorted(_FLAGS | _VALUES))}")
    turn = PastTurn(
        move=MoveKind(kind),
        slips_only="slips" in given,
        introduced=values.get("item", ""),
        produced=(values["produced"],) if "produced" in values else (),
        sound=values.get("sound", ""),
        praised="praised" in given,
        off_topic="off_topic" in given,
        silent="silent" in given,
    )
    return PastMove(turn, "treated" in given)
