"""Which voice a talk is spoken with, and whether this site can speak like somebody."""

from __future__ import annotations

from datetime import date

from inference.phonetics.inventory import primary_tag
from learners.voice_selectors import voice_for_talk

from ..models import TutoringSession
from ..voices import voice_of


def can_clone(language: str) -> bool:
    """Whether the engine speaks a language like somebody, after a clip of them."""
    voice = voice_of(language)
    return voice is not None and voice.clones


def talk_voice(session: TutoringSession, *, avatar: str, today: date) -> str:
    """Return the key of the voice for a talk, ``""`` for the engine's own."""
    language = primary_tag(session.l2)
    if not can_clone(language):
        return ""
    school_id = session.lesson.course.school_id if session.lesson else None
    return voice_for_talk(
        learner_id=session.learner_id,
        school_id=school_id,
        language=language,
        avatar=avatar,
        today=today,
    )
