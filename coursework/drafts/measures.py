"""The measures that a rubric's criterion can name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from .facts import WorkFacts
from .measured import Found
from .practice_measures import drill_right, exercises_right
from .talk_measures import (
    errors_per_100_words,
    fluency,
    goals_reached,
    minutes_spoken,
    pronunciation_total,
    self_repair,
    target_words_used,
    turns_answered,
)

MEASURES: Final[Mapping[str, Callable[[WorkFacts], Found]]] = {
    "goals_reached": goals_reached,
    "minutes_spoken": minutes_spoken,
    "errors_per_100_words": errors_per_100_words,
    "pronunciation_total": pronunciation_total,
    "fluency": fluency,
    "target_words_used": target_words_used,
    "self_repair": self_repair,
    "turns_answered": turns_answered,
    "exercises_right": exercises_right,
    "drill_right": drill_right,
}
