"""What can be heard on a lesson's page: each text by a name that the page knows."""

from __future__ import annotations

from .models import Lesson


def spoken_parts(lesson: Lesson) -> dict[str, str]:
    """Return the texts: ``line-0``, ``word-0``, ``example-0``, ``pattern-0``."""
    texts = {
        "line": [line["text"] for line in lesson.dialogue],
        "word": [word["word"] for word in lesson.words] or lesson.target_words,
        "example": [word["example"] for word in lesson.words],
        "pattern": [pattern["example"] for pattern in lesson.patterns],
    }
    return {
        f"{kind}-{n}": text
        for kind, each in texts.items()
        for n, text in enumerate(each)
    }
