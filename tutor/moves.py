"""What the tutor can do in a turn."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from .findings import Finding
from .learner import SoundProblem


class MoveKind(StrEnum):
    """The tutor's move: one a turn."""

    OPEN = "open"
    CONTINUE = "continue"
    ELICIT = "elicit"
    RECAST = "recast"
    EXPLAIN = "explain"
    PRAISE = "praise"
    MODEL_SOUND = "model_sound"
    INTRODUCE = "introduce"
    REUSE = "reuse"
    ANSWER = "answer"
    STEER = "steer"
    ENCOURAGE = "encourage"
    REPEAT = "repeat"
    BRIDGE = "bridge"
    CARE = "care"
    DECLINE = "decline"
    CLOSE = "close"


# What answers a mistake; at most one a turn at A1 and A2, two above.
CORRECTIONS = frozenset({MoveKind.ELICIT, MoveKind.RECAST, MoveKind.EXPLAIN})
# Whether these did what they are for is known at their end only: nothing of them is heard
# before, and a model that seldom does it keeps the learner waiting for a template.
EXACTING = CORRECTIONS | {
    MoveKind.INTRODUCE,
    MoveKind.REUSE,
    MoveKind.MODEL_SOUND,
    MoveKind.PRAISE,
    MoveKind.STEER,
}


@dataclass(frozen=True, slots=True)
class PlannedItem:
    """A word or pattern of the lesson that the learner shall meet.

    ``gloss`` is a short meaning in simple words of the language taught, ``example`` a
    sentence with it.
    """

    text: str
    gloss: str = ""
    example: str = ""


@dataclass(frozen=True, slots=True)
class Move:
    """A move with what it is about; fields that do not belong to the kind are ``None``.

    ``findings`` holds what a correction treats (one, or two above A2). ``praise_for`` is
    the learner's own words that were good. ``reason`` says in a few words why the policy
    chose it: teachers can read it. ``flag_teacher`` asks for a person to look.
    ``situation`` names what the learner's turn was recognised as, ``""`` if nothing special.
    ``earlier`` are the learner's words before this turn, where the findings are of those.
    """

    kind: MoveKind
    findings: tuple[Finding, ...] = ()
    sound: SoundProblem | None = None
    item: PlannedItem | None = None
    praise_for: str = ""
    use_l1: bool = False
    flag_teacher: bool = False
    reason: str = ""
    situation: str = ""
    earlier: str = ""

    @property
    def finding(self) -> Finding | None:
        """The mistake that a correction is about."""
        return self.findings[0] if self.findings else None
