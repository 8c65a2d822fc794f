"""The context of the read-aloud page."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.urls import reverse

from learners.course_selectors import get_lesson_for
from learners.selectors import get_learner_context
from lessons.brief import LessonBrief
from lessons.levels import TAUGHT_LANGUAGES, language_name
from lessons.selectors import get_lesson_brief

from .wav_sound import MAX_AUDIO_S

# Stands in phrases for words of one's own: nothing that could be read out.
_GAP = "…"


def page_context(
    *,
    learner_id: int,
    lesson: str,
    text: str,
    languages: Iterable[str],
    max_text_chars: int,
) -> dict[str, Any]:
    """Return what ``sessions/read_aloud.html`` shows.

    ``lesson`` None or a LessonBrief; ``phrases`` to choose from, as text; ``text`` to
    begin with; ``languages`` as ``{tag, name}``; ``page`` is JSON for the script.
    Raises ValueError, Lesson.DoesNotExist or LearnerProfile.DoesNotExist.
    """
    learner = get_learner_context(user_id=learner_id)
    brief = None
    if lesson:
        found = get_lesson_for(learner_id=learner_id, uuid=UUID(lesson))
        brief = get_lesson_brief(lesson_id=found.pk)
    phrases = _phrases(brief) if brief else []
    language = (brief.l2 if brief else learner.l2).split("-")[0]
    return {
        "lesson": brief,
        "phrases": phrases,
        "text": text or (phrases[0] if phrases else ""),
        "language": language,
        "languages": [{"tag": tag, "name": language_name(tag)} for tag in languages],
        "max_text_chars": max_text_chars,
        "stores_recordings": learner.stores_recordings,
        "page": {
            "assessUrl": reverse("sessions:read-aloud-assess"),
            "sayWordUrl": reverse("sessions:say-word"),
            "language": language,
            "voiceLanguages": [taught.tag for taught in TAUGHT_LANGUAGES],
            "maxTextChars": max_text_chars,
            "maxAudioMs": 1000 * MAX_AUDIO_S,
            "l1": learner.l1,
        },
    }


def _phrases(brief: LessonBrief) -> list[str]:
    whole = [phrase for phrase in brief.target_phrases if _GAP not in phrase]
    return [phrase for phrase in [*whole, brief.opening_line] if phrase]
