"""What is heard and said in an exercise: the tutor's voice, and the learner's."""

from __future__ import annotations

from uuid import UUID

from asgiref.sync import sync_to_async
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from inference.conf import get_runner
from inference.errors import StageError
from inference.types.assessment import AssessmentOutcome
from learners.exercise_reading import read_exercise
from learners.exercise_selectors import find_exercise_to_hear
from learners.exercise_tasks import result, spoken_text
from learners.services.exercises import (
    MAX_ANSWER_CHARS,
    Answered,
    ExerciseProblem,
    answer_exercise,
    get_for_learner,
)
from tutor.exercises import Exercise
from tutor.exercises.schema import Shadowing, ShortAnswer

from ..api_errors import RequestRefused
from ..assessment_words import assessment_words
from ..live.rate_limit import BucketPerUser
from ..live.spoken_words import spoken_words
from ..turns.hearing import transcribe
from ..turns.interruption import Interruption
from ..turns.reading import judge_reading
from ..wire.pronunciation import assessment_json
from .page_requests import refuse_fast, stage_failed, with_refusals
from .posted_sound import kept_reading, posted_clip
from .practice import posted_exercise, refused
from .say_word import SPEEDS

_voices = BucketPerUser(rate_per_s=1, burst=20)
_speeches = BucketPerUser(rate_per_s=1 / 4, burst=8)

_HEARD = (AssessmentOutcome.JUDGED, AssessmentOutcome.INCOMPLETE)


@login_required
@require_POST
@with_refusals
async def exercise_voice(request: HttpRequest, *, user_id: int) -> JsonResponse:
    """Return what the tutor says in an exercise: sound alone, never the words."""
    refuse_fast(_voices, user_id)
    speed = SPEEDS.get(request.POST.get("speed", "1.0"))
    if speed is None:
        raise RequestRefused(
            "request.speed", _("Choose normal or slow, please."), status=400
        )
    exercise = await sync_to_async(_to_hear)(request, posted_exercise(request))
    text = spoken_text(exercise)
    if not text:
        raise RequestRefused(
            "exercise.no_voice", _("There is nothing to hear here."), status=400
        )
    try:
        said = await spoken_words.say(
            get_runner(),
            text,
            language=exercise.l2,
            speed=speed,
            cancelled=Interruption(),
        )
    except StageError as error:
        raise stage_failed(error) from error
    return JsonResponse({"audio": said["audio"], "duration_ms": said["duration_ms"]})


@login_required
@require_POST
@with_refusals
async def exercise_speech(request: HttpRequest, *, user_id: int) -> JsonResponse:
    """Judge and keep a sentence that was said along; of a short answer return the words.

    What was not heard well enough to be judged is no attempt: ``result`` is null then, and
    ``pronunciation.message`` says why. A short answer counts once the learner sends it.
    """
    refuse_fast(_speeches, user_id)
    exercise_uuid = posted_exercise(request)
    try:
        exercise = await sync_to_async(_own)(user_id, exercise_uuid)
        if not isinstance(exercise, Shadowing | ShortAnswer):
            raise RequestRefused(
                "exercise.not_spoken", _("This one is answered in writing."), status=400
            )
        if isinstance(exercise, ShortAnswer):
            return await _heard(request, exercise)
        return await _said_along(request, exercise, exercise_uuid, user_id)
    except ExerciseProblem as problem:
        raise refused(problem) from problem
    except StageError as error:
        raise stage_failed(error) from error


async def _heard(request: HttpRequest, exercise: ShortAnswer) -> JsonResponse:
    heard = await transcribe(
        get_runner(),
        posted_clip(request),
        language=exercise.l2,
        cancelled=Interruption(),
    )
    return JsonResponse({"heard": heard.transcript.text.strip()[:MAX_ANSWER_CHARS]})


async def _said_along(
    request: HttpRequest, exercise: Shadowing, exercise_uuid: UUID, user_id: int
) -> JsonResponse:
    clip = posted_clip(request)
    text, language = exercise.solution, exercise.l2
    reading = await judge_reading(
        get_runner(), clip, text, language=language, cancelled=Interruption()
    )
    assessment = reading.assessment
    answer = {
        "heard": reading.heard,
        "pronunciation": assessment_json(
            assessment, message=assessment_words(assessment)
        ),
        "result": None,
    }
    if assessment.outcome in _HEARD:
        kept = await sync_to_async(kept_reading)(user_id, text, language, reading, clip)
        answered: Answered = await sync_to_async(answer_exercise)(
            learner_id=user_id,
            exercise_uuid=exercise_uuid,
            answer=reading.heard[:MAX_ANSWER_CHARS],
            spoken=True,
            hinted=request.POST.get("hinted") == "true",
            reading=UUID(kept["attempt"]) if kept["attempt"] else None,
            now=timezone.now(),
        )
        answer["result"] = result(answered.exercise, answered.mark)
    return JsonResponse(answer)


def _own(user_id: int, exercise_uuid: UUID) -> Exercise:
    item = get_for_learner(learner_id=user_id, exercise_uuid=exercise_uuid)
    return _readable(read_exercise(item))


def _to_hear(request: HttpRequest, exercise_uuid: UUID) -> Exercise:
    item = find_exercise_to_hear(user=request.user, uuid=exercise_uuid)
    return _readable(read_exercise(item) if item else None)


def _readable(exercise: Exercise | None) -> Exercise:
    if exercise is None:
        raise RequestRefused(
            "exercise.gone", _("This exercise is not there any more."), status=404
        )
    return exercise
