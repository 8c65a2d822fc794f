"""The catalogue: courses, one course, one lesson; and the sounds of a language."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from . import selectors
from .models import Course, Lesson
from .sounds.as_json import sounds_json

SOUNDS_KEPT_S = 3600


@login_required
def course_list(request: HttpRequest) -> HttpResponse:
    """Show every published course."""
    return render(
        request, "lessons/course_list.html", {"courses": selectors.list_courses()}
    )


@login_required
def course_detail(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Show a course and its lessons."""
    try:
        course = selectors.get_course(uuid)
    except Course.DoesNotExist:
        raise Http404 from None
    return render(
        request,
        "lessons/course_detail.html",
        {"course": course, "lessons": course.lessons.all()},
    )


@login_required
def lesson_detail(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Show what a lesson is about, with the button that starts it."""
    try:
        lesson = selectors.get_lesson(uuid)
    except Lesson.DoesNotExist:
        raise Http404 from None
    return render(
        request,
        "lessons/lesson_detail.html",
        {"lesson": lesson, "next_lesson": selectors.get_lesson_after(lesson)},
    )


@login_required
@require_safe
def sounds(request: HttpRequest, language: str) -> HttpResponse:
    """Give a language's sounds to scripts, with what is hard for ``?l1=``."""
    found = sounds_json(language, first_language=request.GET.get("l1", ""))
    if not found["sounds"]:
        raise Http404
    response = JsonResponse(found)
    patch_cache_control(response, private=True, max_age=SOUNDS_KEPT_S)
    return response
