"""Exercises from a learner's errors and lessons: made, checked, and marked.

``generate`` makes them, ``faults`` says what is wrong with one (a teacher's edit, too),
``mark`` marks an answer; ``to_data`` and ``from_data`` are for keeping them.
"""

from .generating import Dropped, Generated, generate, lesson_words, words_said
from .marking import Mark, mark
from .schema import (
    Exercise,
    ExerciseError,
    Kind,
    Origin,
    SoundPair,
    from_data,
    to_data,
)
from .validating import faults

__all__ = [
    "Dropped",
    "Exercise",
    "ExerciseError",
    "Generated",
    "Kind",
    "Mark",
    "Origin",
    "SoundPair",
    "faults",
    "from_data",
    "generate",
    "lesson_words",
    "mark",
    "to_data",
    "words_said",
]
