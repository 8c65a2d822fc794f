"""The catalogue as a learner meets it: courses, one course, one lesson."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from lessons.models import Course, Lesson

from ..course_pages import course_context, course_list_context, lesson_context
from ..course_selectors import get_course_for, get_lesson_for
from ..permissions import can_take_lesson, signed_in_user
from ..services.course_progress import mark_read


@login_required
@never_cache
@require_safe
def course_list(request: HttpRequest) -> HttpResponse:
    """Show what can be taken; ``?l2=`` of another language than one's own."""
    user = signed_in_user(request)
    context = course_list_context(user_id=user.pk, l2=request.GET.get("l2", ""))
    return render(request, "lessons/course_list.html", context)


@login_required
@never_cache
@require_safe
def course_detail(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Show a course by its units, with what is done of it."""
    user = signed_in_user(request)
    try:
        course = get_course_for(learner_id=user.pk, uuid=uuid)
    except Course.DoesNotExist:
        raise Http404 from None
    context = course_context(user_id=user.pk, course=course)
    return render(request, "lessons/course_detail.html", context)


@login_required
@never_cache
@require_safe
def lesson_detail(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Show a lesson: what is read and heard first, then exercises and the talk."""
    user = signed_in_user(request)
    lesson = _lesson(user.pk, uuid)
    context = lesson_context(user_id=user.pk, lesson=lesson)
    return render(request, "lessons/lesson_detail.html", context)


@login_required
@require_POST
def lesson_read(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Keep that the lesson was gone through, then go on to its exercises."""
    user = signed_in_user(request)
    lesson = _lesson(user.pk, uuid)
    if can_take_lesson(user):
        mark_read(learner_id=user.pk, lesson=lesson, now=timezone.now())
    if lesson.exercises.exists():
        return redirect("sessions:lesson-exercises", uuid)
    return redirect("lessons:lesson-detail", uuid)


def _lesson(learner_id: int, uuid: UUID) -> Lesson:
    try:
        return get_lesson_for(learner_id=learner_id, uuid=uuid)
    except Lesson.DoesNotExist:
        raise Http404 from None
