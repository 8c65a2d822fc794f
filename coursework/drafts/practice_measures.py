"""Measures of exercises and drills."""

from __future__ import annotations

import math

from .facts import WorkFacts
from .measured import Found, Missing, scaled

MIN_DRILL = 6
# What a rule marks it marks surely; spoken answers may have been misheard.
MARKING_ERROR = 0.02


def exercises_right(facts: WorkFacts) -> Found:
    """The mean score of the exercises; one without an answer counts nothing."""
    if facts.answers is None or not facts.answers:
        return Missing.NO_ANSWERS
    if not any(answer.answered for answer in facts.answers):
        return Missing.NO_ANSWERS
    scores = [answer.score for answer in facts.answers if answer.score is not None]
    unknown = 1 - len(scores) / len(facts.answers)
    if unknown > 0.5:
        return Missing.NOT_JUDGED
    # What nobody could judge is anywhere between nothing and all.
    error = math.hypot(MARKING_ERROR, unknown / 2)
    return scaled(sum(scores) / len(scores), error, none=0.0, full=1.0)


def drill_right(facts: WorkFacts) -> Found:
    """The mean of a drill's answers: heard ones are right or not, said ones in between."""
    if facts.drill is None or not facts.drill:
        return Missing.NO_ANSWERS
    n = len(facts.drill)
    if n < MIN_DRILL:
        return Missing.TOO_LITTLE
    mean = sum(facts.drill) / n
    spread = sum((right - mean) ** 2 for right in facts.drill) / (n - 1)
    # Not less than what one answer more or less would change.
    error = max(math.sqrt(spread / n), 0.5 / n)
    return scaled(mean, error, none=0.0, full=1.0)
