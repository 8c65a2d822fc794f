"""What is kept with a draft of each goal: its words are the teacher's, never the learner's."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from .facts import WorkFacts


def goals_json(goals: Sequence[str], facts: WorkFacts) -> list[dict[str, Any]]:
    """Return each goal, whether it was reached (None: not known), why, and where it shows."""
    moments = {turn.index: turn.at_ms for turn in facts.turns or ()}
    return [
        {
            "goal": goal,
            "reached": fact.reached,
            "why": fact.why,
            "moments": [
                {"turn": turn, "at_ms": moments.get(turn, 0)} for turn in fact.turns
            ],
        }
        for goal, fact in zip(goals, facts.goals, strict=True)
    ]
