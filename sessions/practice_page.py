"""The context of the page on which a learner practises."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.urls import reverse

from learners.exercise_selectors import has_exercises, list_practice
from learners.selectors import get_learner_context
from learners.services.exercises import MAX_ANSWER_CHARS
from lessons.levels import TAUGHT_LANGUAGES

from .wav_sound import MAX_AUDIO_S


def practice_context(
    *, learner_id: int, talk: UUID | None, again: bool
) -> dict[str, Any]:
    """Return what ``sessions/practice.html`` shows.

    ``practice`` a Practice; ``has_any`` whether there are exercises at all; ``talk`` the
    talk they shall come from; ``page`` is JSON for the script.
    Raises LearnerProfile.DoesNotExist.
    """
    language = get_learner_context(user_id=learner_id).l2.split("-")[0]
    practice = list_practice(
        learner_id=learner_id, l2=language, session=talk, again=again
    )
    return {
        "practice": practice,
        "has_any": bool(practice.tasks)
        or has_exercises(learner_id=learner_id, l2=language),
        "talk": talk,
        "language": language,
        "page": {
            "tasks": practice.tasks,
            "left": practice.left,
            "answerUrl": reverse("sessions:practice-answer"),
            "voiceUrl": reverse("sessions:exercise-voice"),
            "speechUrl": reverse("sessions:exercise-speech"),
            "rolePlayUrl": reverse("sessions:role-play-start"),
            "practiceUrl": reverse("sessions:practice"),
            "todayUrl": reverse("today"),
            "voiceLanguages": [taught.tag for taught in TAUGHT_LANGUAGES],
            "maxAnswerChars": MAX_ANSWER_CHARS,
            "maxAudioMs": 1000 * MAX_AUDIO_S,
        },
    }
