"""What a turn of teaching brings: the decision, the clauses, then the turn as it went."""

from __future__ import annotations

from dataclasses import dataclass, replace

from .attempts import Attempt
from .findings import Analysis
from .gating import GateResult
from .history import TalkState
from .moves import Move


@dataclass(frozen=True, slots=True)
class TaughtTurn:
    """One turn as it went.

    ``gates`` are the results for the whole reply, ``refused`` those that stopped an
    attempt. ``repaired``: the model had to word it, or its end, again; ``truncated``: its
    words were cut, or brought to an end by ready-made ones; ``templated``: a template was
    said. ``gate_ms`` is what each check took. ``failed`` is the model's error code.
    ``opener`` is what was heard before anything was worded: the move itself is behind it.
    """

    reply: str
    move: Move
    analysis: Analysis
    gates: tuple[GateResult, ...]
    refused: tuple[GateResult, ...]
    repaired: bool
    templated: bool
    gate_ms: tuple[float, ...]
    analysis_ms: float
    state: TalkState
    failed: str = ""
    truncated: bool = False
    opener: str = ""


@dataclass(frozen=True, slots=True)
class Decided:
    """The move is chosen: the turn as it stands if nothing of it comes to be said."""

    turn: TaughtTurn


@dataclass(frozen=True, slots=True)
class Spoken:
    """A clause that passed and may be heard."""

    text: str


Step = Decided | Spoken | TaughtTurn


def ended(
    decided: Decided, attempt: Attempt, gates: tuple[GateResult, ...] = ()
) -> TaughtTurn:
    """Return the turn that was decided with what came of it."""
    return replace(
        decided.turn,
        reply=attempt.reply,
        gates=gates,
        refused=tuple(attempt.refused),
        repaired=attempt.tries > 1 and attempt.is_whole,
        templated=attempt.templated,
        truncated=attempt.truncated,
        gate_ms=tuple(attempt.gate_ms),
        state=replace(decided.turn.state, last_reply=attempt.reply),
        failed=attempt.failed,
        opener=attempt.opening,
    )
