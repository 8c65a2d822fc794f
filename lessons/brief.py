"""A lesson as a plain value, for the tutor."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from .limits import OwnLimits


@dataclass(frozen=True, slots=True)
class LessonBrief:
    """All the tutor needs to know of a lesson; holds nothing of the database.

    ``limits`` are those of the lesson and of its course, in this order.
    """

    uuid: UUID
    title: str
    course_title: str
    l2: str
    level: str
    situation: str
    goals: tuple[str, ...]
    tutor_role: str
    opening_line: str
    target_words: tuple[str, ...]
    target_phrases: tuple[str, ...]
    tutor_facts: tuple[str, ...] = ()
    limits: tuple[OwnLimits, ...] = ()
