"""The catalogue: courses, one course, one lesson."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from . import selectors
from .models import Course, Lesson


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
