"""What is heard and said in an exercise of a lesson."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from asgiref.sync import sync_to_async
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from inference.conf import get_runner
from inference.errors import StageError
from inference.types.audio import AudioClip
from learners.exercise_problem import ExerciseProblem
from learners.lesson_exercises import exercise_of_learner, read_course_exercise
from learners.services.exercises import MAX_ANSWER_CHARS
from learners.services.lesson_attempts import answer_lesson_exercise
from tutor.exercises.course import (
    TOLD,
    CourseExercise,
    CourseType,
    spoken_text,
    text_to_read,
)
from tutor.exercises.course_marking import said_word

from ..api_errors import RequestRefused
from ..assessment_words import assessment_words
from ..lesson_exercise_results import result
from ..lesson_exercise_speech import Said, judge_said, note_of, was_not_heard
from ..lesson_exercise_voice import has_voice, say
from ..live.rate_limit import BucketPerUser
from ..turns.hearing import transcribe
from ..turns.interruption import Interruption
from ..turns.reading import Reading
from ..wire.pronunciation import assessment_json
from .lesson_exercises import posted_key
from .page_requests import refuse_fast, stage_failed, with_refusals
from .posted_sound import kept_reading, posted_clip
from .practice import posted_exercise, refused
from .say_word import SPEEDS

_voices = BucketPerUser(rate_per_s=1, burst=20)
_speeches = BucketPerUser(rate_per_s=1 / 4, burst=8)


@login_required
@require_POST
@with_refusals
async def lesson_exercise_voice(request: HttpRequest, *, user_id: int) -> JsonResponse:
    """Return what is to be heard in an exercise: its sound, or with ``words`` its words.

    ``part`` is a word of a minimal pair, for the one that was asked leave it out.
    """
    refuse_fast(_voices, user_id)
    speed = SPEEDS.get(request.POST.get("speed", "1.0"))
    if speed is None:
        raise RequestRefused(
            "request.speed", _("Choose normal or slow, please."), status=400
        )
    exercise = await sync_to_async(_own)(user_id, request)
    part = _posted_part(request)
    text = spoken_text(exercise) if part is None else text_to_read(exercise, part)
    if not text:
        raise RequestRefused(
            "exercise.no_voice", _("There is nothing to hear here."), status=400
        )
    if request.POST.get("words") == "true":
        return JsonResponse({"text": text})
    if not has_voice(exercise.l2):
        raise RequestRefused(
            "exercise.no_voice",
            _("There is no voice for this language yet."),
            status=400,
        )
    try:
        said = await say(text, language=exercise.l2, speed=speed)
    except StageError as error:
        raise stage_failed(error) from error
    return JsonResponse({"audio": said["audio"], "duration_ms": said["duration_ms"]})


@login_required
@require_POST
@with_refusals
async def lesson_exercise_speech(request: HttpRequest, *, user_id: int) -> JsonResponse:
    """Judge what was said, and keep it where it is the answer.

    ``heard`` is what was recognised, ``pronunciation`` how it was said or null, ``note``
    what to know about the marks. ``result`` is null where nothing could be marked
    (``message`` says why), for a word of a pair, and for a sentence to be written: its
    ``heard`` is sent as an answer when the learner agrees.
    """
    refuse_fast(_speeches, user_id)
    try:
        exercise = await sync_to_async(_own)(user_id, request)
        clip = posted_clip(request)
        if exercise.type is CourseType.TRANSFORM:
            return await _written_by_voice(exercise, clip)
        part = _posted_part(request)
        text = text_to_read(exercise, part or 0)
        if not text and exercise.type not in TOLD:
            raise RequestRefused(
                "exercise.not_spoken", _("This one is answered in writing."), status=400
            )
        said = await judge_said(
            get_runner(),
            clip,
            text=text,
            language=exercise.l2,
            cancelled=Interruption(),
        )
    except ExerciseProblem as problem:
        raise refused(problem) from problem
    except StageError as error:
        raise stage_failed(error) from error
    answer = _shown(said)
    if was_not_heard(said, text=text, language=exercise.l2):
        return JsonResponse({**answer, "message": _why_not(said), "note": ""})
    try:
        return await _marked(request, user_id, exercise, said, clip, text, answer)
    except ExerciseProblem as problem:
        raise refused(problem) from problem


async def _marked(
    request: HttpRequest,
    user_id: int,
    exercise: CourseExercise,
    said: Said,
    clip: AudioClip,
    text: str,
    answer: dict[str, Any],
) -> JsonResponse:
    reading = await _kept(user_id, exercise, said, clip, text)
    if exercise.type is CourseType.MINIMAL_PAIR:
        is_said = said_word(exercise, text, said.heard)
        return JsonResponse({**answer, "isSaid": is_said})
    answered = await sync_to_async(answer_lesson_exercise)(
        learner_id=user_id,
        exercise_uuid=posted_exercise(request),
        client_key=posted_key(request),
        answer=said.heard[:MAX_ANSWER_CHARS],
        spoken=True,
        hinted=request.POST.get("hinted") == "true",
        reading=reading,
        sounds=said.sounds if text else None,
        now=timezone.now(),
    )
    return JsonResponse({**answer, "result": result(answered)})


async def _written_by_voice(exercise: CourseExercise, clip: AudioClip) -> JsonResponse:
    heard = await transcribe(
        get_runner(), clip, language=exercise.l2, cancelled=Interruption()
    )
    words = heard.transcript.text.strip()[:MAX_ANSWER_CHARS]
    return JsonResponse({"heard": words, "pronunciation": None, "result": None})


async def _kept(
    user_id: int, exercise: CourseExercise, said: Said, clip: AudioClip, text: str
) -> UUID | None:
    """Keep how it was said, the sound only as the learner allows."""
    if said.assessment is None or not said.is_judged:
        return None
    reading = Reading(said.heard, said.assessment)
    kept = await sync_to_async(kept_reading)(
        user_id, text or said.heard, exercise.l2, reading, clip
    )
    return UUID(kept["attempt"]) if kept["attempt"] else None


def _shown(said: Said) -> dict[str, Any]:
    found = said.assessment
    return {
        "heard": said.heard,
        "pronunciation": assessment_json(found, message=assessment_words(found))
        if found is not None and said.is_judged
        else None,
        "note": note_of(said),
        "message": "",
        "result": None,
    }


def _why_not(said: Said) -> str:
    words = assessment_words(said.assessment) if said.assessment else ""
    return words or _("I did not hear any words. Try again, or write.")


def _own(user_id: int, request: HttpRequest) -> CourseExercise:
    try:
        uuid, key = posted_exercise(request), posted_key(request)
        row = exercise_of_learner(learner_id=user_id, uuid=uuid)
        return read_course_exercise(row, key=key)
    except ExerciseProblem as problem:
        raise refused(problem) from problem


def _posted_part(request: HttpRequest) -> int | None:
    posted = request.POST.get("part", "")
    return {"": None, "0": 0, "1": 1}.get(posted, -1)
