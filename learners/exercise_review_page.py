"""The contexts of the pages on which teachers look over exercises."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from lessons.levels import TAUGHT_LANGUAGES
from tutor.exercises import Exercise

from .exercise_forms import ExerciseForm
from .exercise_selectors import (
    count_reviewed,
    list_answers,
    list_left_out,
    list_reviewed,
)
from .exercise_tasks import task
from .models import ExerciseItem, User
from .models.exercise_item import MAX_ANSWER_CHARS
from .selectors import mistake_label

MAX_LEARNERS_LISTED = 300
MAX_REASONS = 8


def list_context(
    *, learners: QuerySet[User], show: str, learner: User | None
) -> dict[str, Any]:
    """Return what ``learners/exercise_list.html`` shows, ``items`` still in one piece."""
    uuid = learner.uuid if learner else None
    with_exercises = learners.filter(exercises__isnull=False).distinct()
    left_out = list_left_out(learners=learners, learner=uuid)
    return {
        "show": show,
        "learner": learner,
        "items": list_reviewed(learners=learners, show=show, learner=uuid),
        "counts": count_reviewed(learners=learners, learner=uuid),
        "learners": with_exercises.select_related("profile").order_by(
            "profile__display_name", "email"
        )[:MAX_LEARNERS_LISTED],
        "left_out": left_out[:MAX_REASONS],
        "n_left_out": sum(n for _reason, n in left_out),
    }


def review_rows(items: Iterable[ExerciseItem]) -> list[dict[str, Any]]:
    """Return each exercise with ``shown``, which tells it apart, and its ``answer``."""
    rows = []
    for item in items:
        data = item.data if isinstance(item.data, dict) else {}
        prompt, solution = str(data.get("prompt", "")), str(data.get("solution", ""))
        rows.append(
            {
                "item": item,
                "shown": prompt or solution or item.get_kind_display(),
                "answer": solution if prompt and solution != prompt else "",
            }
        )
    return rows


def edit_context(
    *, item: ExerciseItem, form: ExerciseForm, shown: Exercise
) -> dict[str, Any]:
    """Return what ``learners/exercise_edit.html`` shows; ``shown`` is what is previewed."""
    return {
        "item": item,
        "form": form,
        "topic": mistake_label(item.category) if item.category else "",
        "is_in_use": ExerciseItem.objects.in_use().filter(pk=item.pk).exists(),
        "answers": list_answers(item=item),
        "page": {
            "task": {"exercise": str(item.uuid), **task(shown)},
            "answerUrl": reverse("learners:exercise-try", args=(item.uuid,)),
            "voiceUrl": reverse("sessions:exercise-voice"),
            "speechUrl": "",
            "voiceLanguages": [taught.tag for taught in TAUGHT_LANGUAGES],
            "maxAnswerChars": MAX_ANSWER_CHARS,
            "maxAudioMs": 0,
        },
    }
