"""How long each part of an answer may take, and what is done otherwise once one is late.

The budget of an answer is the time from the learner's last voiced sample to the tutor's first
sound. Each part has a share of it. Who is late does not fail (failing has deadlines of its
own, far longer): the next turns are done at a quicker pace, one step after the other, each of
which gives up a little of something else.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final

# Of two idle cores without a graphics card; a host with one does better.
TARGET_MS: Final = 1800.0


class Part(StrEnum):
    """What the time goes to, in order; together the whole way to the first sound."""

    DECISION = "decision"
    RECOGNITION = "recognition"
    MODEL = "model"
    VOICE = "voice"
    FACE = "face"


# Recognition runs during the pause, so only what is left of it afterwards counts. Scoring
# has no share: nothing waits for it.
SHARES: Mapping[Part, float] = MappingProxyType(
    {
        Part.DECISION: 0.35,
        Part.RECOGNITION: 0.05,
        Part.MODEL: 0.40,
        Part.VOICE: 0.15,
        Part.FACE: 0.05,
    }
)


class Step(StrEnum):
    """What can be done for a quicker answer."""

    # The recogniser looks for fewer alternatives.
    QUICK_RECOGNITION = "quick_recognition"
    # Pronunciation is judged once the tutor is heard, not while its answer is written.
    LATER_SCORES = "later_scores"
    # Ready-made words begin each answer of the model, not two of three. They hide how long
    # its own words take, so those alone decide whether it is needed.
    MORE_OPENERS = "more_openers"
    # The first clause is spoken in shorter pieces.
    SHORT_CLAUSE = "short_clause"
    # The voice does not wait for the first picture.
    FACE_JOINS_IN = "face_joins_in"


# A part that is late takes its steps in this order. How long somebody is waited for who may
# go on is no matter of haste.
STEPS: Mapping[Part, tuple[Step, ...]] = MappingProxyType(
    {
        Part.DECISION: (),
        Part.RECOGNITION: (Step.QUICK_RECOGNITION,),
        Part.MODEL: (Step.LATER_SCORES,),
        Part.VOICE: (Step.SHORT_CLAUSE,),
        Part.FACE: (Step.FACE_JOINS_IN,),
    }
)


@dataclass(frozen=True, slots=True)
class Budget:
    """What a talk keeps to.

    ``always`` are steps that are taken from its beginning to its end. ``words_decide``: what
    was recognised helps to decide that a turn is over, so a late transcript makes that late.
    """

    target_ms: float = TARGET_MS
    always: frozenset[Step] = frozenset()
    words_decide: bool = False

    def share_ms(self, part: Part) -> float:
        """Return how long a part may take."""
        return self.target_ms * SHARES[part]

    @property
    def answer_ms(self) -> float:
        """How long all may take that follows the decision that the turn is over."""
        return self.target_ms - self.share_ms(Part.DECISION)


@dataclass(frozen=True, slots=True)
class Pace:
    """How a turn is done: ``step in pace`` tells whether this is done for haste."""

    steps: frozenset[Step] = frozenset()

    def __contains__(self, step: Step) -> bool:
        return step in self.steps

    @property
    def names(self) -> tuple[str, ...]:
        """The steps by name, in their order; none at the usual pace."""
        return tuple(step.value for step in Step if step in self.steps)


def steps_named(names: Iterable[str]) -> frozenset[Step]:
    """Return steps by their names. Raises ValueError for what is none."""
    return frozenset(Step(name) for name in names)
