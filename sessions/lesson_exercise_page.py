"""The context of the page on which a learner does the exercises of a lesson."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from django.urls import reverse

from learners.exercise_problem import ExerciseProblem
from learners.lesson_exercises import round_of, talks_not_settled
from learners.services.exercises import MAX_ANSWER_CHARS
from learners.services.lesson_attempts import settle_talks
from lessons.selectors import get_lesson_after

from .lesson_exercise_tasks import task
from .lesson_exercise_voice import has_voice
from .lesson_exercise_words import page_words
from .selectors import spoken_in
from .voices import voice_note
from .wav_sound import MAX_AUDIO_S


def lesson_exercises_context(
    *, learner_id: int, lesson: Any, only: Collection[str] = (), now: datetime
) -> dict[str, Any]:
    """Return what ``sessions/lesson_exercises.html`` shows of a lesson (a Lesson).

    ``only``: the uuids of the exercises to show, none: all of them.

    Talks that its exercises became are looked at first: those with words of the learner
    count. ``page`` is JSON for the script; ``next_lesson`` a Lesson or None.
    """
    _settle(learner_id, lesson, now)
    language = lesson.course.l2
    return {
        "lesson": lesson,
        "next_lesson": get_lesson_after(lesson),
        "page": {
            "tasks": _tasks(learner_id, lesson, only),
            "lesson": str(lesson.uuid),
            "answerUrl": reverse("sessions:lesson-exercise-answer"),
            "leaveUrl": reverse("sessions:lesson-exercise-leave"),
            "voiceUrl": reverse("sessions:lesson-exercise-voice"),
            "speechUrl": reverse("sessions:lesson-exercise-speech"),
            "talkUrl": reverse("sessions:lesson-exercise-talk"),
            "voiceLanguages": [language] if has_voice(language) else [],
            "voiceNote": voice_note(language) if has_voice(language) else "",
            "maxAnswerChars": MAX_ANSWER_CHARS,
            "maxAudioMs": 1000 * MAX_AUDIO_S,
            "words": page_words(),
        },
    }


def _settle(learner_id: int, lesson: Any, now: datetime) -> None:
    waiting: Collection[UUID] = talks_not_settled(learner_id=learner_id, lesson=lesson)
    if waiting:
        talked = spoken_in(sessions=waiting)
        settle_talks(learner_id=learner_id, lesson=lesson, talked=talked, now=now)


def _tasks(learner_id: int, lesson: Any, only: Collection[str]) -> list[dict[str, Any]]:
    found = []
    for state in round_of(learner_id=learner_id, lesson=lesson):
        if only and str(state.row.uuid) not in only:
            continue
        try:
            found.append(task(state))
        except ExerciseProblem:
            # One that cannot be read keeps nobody from the others.
            continue
    return found
