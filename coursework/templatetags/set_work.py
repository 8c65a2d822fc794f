"""What pages of talks, exercises and drills say where they are done for a teacher."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import template

from coursework.assignment_states import EXERCISE_KINDS
from coursework.models import Assignment, Submission

register = template.Library()


@register.inclusion_tag("coursework/_work_bar.html", takes_context=True)
def work_of_talk(context: Any, session: UUID) -> dict[str, Any]:
    """Say which work a talk is for, and whether it waits to be handed in."""
    return _shown(context, session=session)


@register.simple_tag(takes_context=True)
def open_work_of_talk(context: Any, session: UUID) -> Assignment | None:
    """Return what a talk can be handed in for: ``{% open_work_of_talk s.uuid as work %}``."""
    shown = _shown(context, session=session)
    return shown["assignment"] if shown.get("is_open") else None


@register.inclusion_tag("coursework/_work_bar.html", takes_context=True)
def work_of_lesson(context: Any, lesson: Any) -> dict[str, Any]:
    """Say which open work the exercises of a lesson (a Lesson) are done for."""
    return _shown(
        context,
        assignment__lesson=lesson,
        assignment__kind__in=EXERCISE_KINDS,
        state=Submission.State.STARTED,
    )


@register.inclusion_tag("coursework/_work_bar.html", takes_context=True)
def work_of_drill(context: Any, contrast: str) -> dict[str, Any]:
    """Say which open work a drill of a contrast (its key) is done for."""
    return _shown(
        context,
        assignment__contrast=contrast,
        assignment__kind=Assignment.Kind.DRILL,
        state=Submission.State.STARTED,
    )


def _shown(context: Any, **wanted: Any) -> dict[str, Any]:
    request = context.get("request")
    user = getattr(request, "user", None)
    if user is None or user.pk is None:
        return {}
    submission = (
        Submission.objects.filter(learner_id=user.pk, **wanted)
        .select_related("assignment")
        .order_by("-started_at")
        .first()
    )
    if submission is None:
        return {}
    return {
        "assignment": submission.assignment,
        "is_open": submission.state == Submission.State.STARTED,
    }
