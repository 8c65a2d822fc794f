"""Why something cannot be done with an exercise."""

from __future__ import annotations


class ExerciseProblem(Exception):
    """What was asked of an exercise cannot be done: a code, and words for a person."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
