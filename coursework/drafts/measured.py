"""What a measure finds: a number with its uncertainty, or why there is none."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

MOST_EVIDENCE = 8


class Missing(StrEnum):
    """Why something could not be measured."""

    NOTHING_ASKED = "nothing_asked"
    NO_TALK = "no_talk"
    TOO_LITTLE = "too_little"
    NOT_JUDGED = "not_judged"
    UNCLEAR = "unclear"
    NO_SCORES = "no_scores"
    NO_ANSWERS = "no_answers"
    BY_HAND = "by_hand"


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where something shows: a turn and its moment, with a code and never words."""

    turn: int
    at_ms: int
    code: str
    value: float | None = None

    def as_json(self) -> dict[str, Any]:
        """Return it as it is stored."""
        found: dict[str, Any] = {
            "turn": self.turn, "at_ms": self.at_ms, "code": self.code,
        }  # fmt: skip
        return found if self.value is None else found | {"value": round(self.value, 2)}


@dataclass(frozen=True, slots=True)
class Measured:
    """A value in the measure's own unit, and how far off it may be (one standard error).

    ``share`` is how much of what can be asked it is, 0..1, with ``share_uncertainty``.
    """

    value: float
    uncertainty: float
    share: float
    share_uncertainty: float
    evidence: tuple[Evidence, ...] = ()


Found = Measured | Missing


def scaled(
    value: float,
    uncertainty: float,
    *,
    none: float,
    full: float,
    evidence: tuple[Evidence, ...] = (),
) -> Measured:
    """Return a value with its share: 0 at ``none``, 1 at ``full``, straight between them.

    Outside of the two the share stays at its end, and its uncertainty counts what of the
    interval reaches inside.
    """
    low, high = (_share(value + side * uncertainty, none, full) for side in (-1, 1))
    return Measured(
        value=value,
        uncertainty=uncertainty,
        share=_share(value, none, full),
        share_uncertainty=abs(high - low) / 2,
        evidence=evidence[:MOST_EVIDENCE],
    )


def _share(value: float, none: float, full: float) -> float:
    return min(1.0, max(0.0, (value - none) / (full - none)))


def proportion(hits: float, n: int) -> tuple[float, float]:
    """Return a share of ``n`` tries with its standard error, never 0 for a few tries.

    The error is that of (hits + 1) / (n + 2): five of five do not prove a hundred percent.
    """
    smooth = (hits + 1) / (n + 2)
    return hits / n, math.sqrt(smooth * (1 - smooth) / (n + 2))
