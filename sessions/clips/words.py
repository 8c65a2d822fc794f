"""What is said in a lesson's video, and the hashes that tell one video from another."""

from __future__ import annotations

import hashlib
import json

from lessons.brief import LessonBrief


def lesson_lines(lesson: LessonBrief) -> tuple[str, ...]:
    """Return the lines in order: how the talk opens, then the phrases to try."""
    lines = (lesson.opening_line, *lesson.target_phrases)
    return tuple(line.strip() for line in lines if line.strip())


def words_digest(lines: tuple[str, ...], language: str) -> str:
    """Return the hash of the words alone."""
    return _digest({"lines": lines, "language": language})


def clip_digest(
    lines: tuple[str, ...], *, language: str, voice: str, face: str, engine: str
) -> str:
    """Return the hash of all that a clip depends on.

    ``face`` is the hash of who is shown, ``engine`` the renderer's fingerprint.
    """
    return _digest(
        {
            "lines": lines,
            "language": language,
            "voice": voice,
            "face": face,
            "engine": engine,
        }
    )


def _digest(content: object) -> str:
    text = json.dumps(content, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()
