"""Exercises of lessons for tests, one of each type."""

from __future__ import annotations

from typing import Any

from lessons.models import Exercise, Lesson

DATA: dict[str, dict[str, Any]] = {
    "gap_fill": {"prompt": "I ___ from Brazil.", "answer": "am", "choices": ["am", "is", "are"]},
    "match": {"pairs": [["Who's that?", "That's Mei."], ["Are they in?", "No, they aren't."], ["Is he in?", "No, he isn't."]]},
    "reorder": {"answer": "Nice to meet you too."},
    "transform": {"task": "Say it with not.", "prompt": "They are married.", "answer": "They aren't married.", "alternatives": ["They're not married."]},
    "dictation": {"text": "I live in a small city."},
    "shadowing": {"text": "Three cups of tea, please."},
    "read_aloud": {"text": "I would like three cups of tea, please."},
    "minimal_pair": {"words": ["tea", "three"]},
    "spoken_answer": {"question": "What would you like?", "wanted": ["please"], "example": "Some tea, please.", "fewest_words": 3},
    "picture_talk": {"picture": "cafe", "question": "What would they like?", "wanted": ["tea", "cups", "cake"], "example": "He'd like a big cup of tea."},
    "role_play": {"situation": "You are at a party.", "tutor_role": "A guest", "opening_line": "Hi! I'm Sam.", "goals": ["Say your name."]},
    "free_talk": {"question": "What do you like doing?"},
}  # fmt: skip


def exercise_of(lesson: Lesson, type_: str, position: int = 0, **data: Any) -> Exercise:
    """Return an exercise of a lesson, with its type's data or what is given."""
    return Exercise.objects.create(
        lesson=lesson, position=position, type=type_, data=data or DATA[type_]
    )


def all_exercises(lesson: Lesson) -> dict[str, Exercise]:
    """Return one exercise of each type, in a lesson's order."""
    return {
        type_: exercise_of(lesson, type_, position)
        for position, type_ in enumerate(DATA, 1)
    }
