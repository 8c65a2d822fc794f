"""Teachers edit the lessons and exercises of a draft, and see them as learners will."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from lessons.course_files.exercises import BY_TYPE
from lessons.editing.content import delete_exercise, move_exercise, save_exercise
from lessons.editing.drafts import lesson_problems, touch
from lessons.editing.exercise_form import ExerciseForm
from lessons.editing.forms import LessonForm
from lessons.models import Exercise, Lesson

from ..course_pages import dialogue_context
from ..exercise_trying import shown_exercise, tried
from ..models import User
from .course_editing import editor, own_drafts

_TYPES = [(kind, label) for kind, label in Exercise.Type.choices if kind in BY_TYPE]


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit_lesson(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Edit a lesson of a draft, beside what learners will see of it."""
    user = editor(request)
    lesson = _lesson(user, uuid)
    form = LessonForm(request.POST or None, initial=LessonForm.values_of(lesson))
    if request.method == "POST" and form.is_valid():
        form.apply(lesson)
        lesson.save()
        touch(course=lesson.course, editor_id=user.pk, now=timezone.now())
        messages.success(request, _("Saved."))
        return redirect("lessons:edit-lesson", uuid)
    return render(
        request,
        "lessons/edit_lesson.html",
        {
            "lesson": lesson,
            "l2": lesson.course.l2,
            "form": form,
            "exercises": [(each, _summary(each)) for each in lesson.exercises.all()],
            "types": _TYPES,
            "problems": lesson_problems(lesson) if lesson.course.level else [],
            **dialogue_context(lesson),
        },
        status=422 if request.method == "POST" else 200,
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def lesson_preview(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Show a draft's lesson as learners will see it; POST: what is typed, nothing is kept."""
    user = editor(request)
    lesson = _lesson(user, uuid)
    if request.method == "POST":
        form = LessonForm(request.POST)
        if form.is_valid():
            form.apply(lesson)
        context = {"lesson": lesson, "l2": lesson.course.l2}
        return render(
            request,
            "lessons/_lesson_material.html",
            context | dialogue_context(lesson),
            status=200 if form.is_valid() else 422,
        )
    return render(
        request,
        "lessons/lesson_detail.html",
        {
            "lesson": lesson,
            "l2": lesson.course.l2,
            "preview": True,
            "n_exercises": lesson.exercises.count(),
            **dialogue_context(lesson),
        },
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def add_exercise(request: HttpRequest, uuid: UUID, kind: str) -> HttpResponse:
    """Write a new exercise of one type."""
    if kind not in BY_TYPE:
        raise Http404
    return _exercise_page(request, _lesson(editor(request), uuid), kind, None)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit_exercise(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Edit an exercise, and try how answers to it are marked."""
    exercise = _exercise(editor(request), uuid)
    return _exercise_page(request, exercise.lesson, exercise.type, exercise)


@login_required
@require_POST
def exercise_act(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Move an exercise up or down, or take it out."""
    user = editor(request)
    exercise = _exercise(user, uuid)
    lesson = exercise.lesson
    action = request.POST.get("action", "")
    if action == "remove":
        delete_exercise(exercise=exercise)
    elif action in ("up", "down"):
        move_exercise(exercise=exercise, up=action == "up")
    else:
        raise Http404
    touch(course=lesson.course, editor_id=user.pk, now=timezone.now())
    page = redirect("lessons:edit-lesson", lesson.uuid)
    page["Location"] += "#exercises"
    return page


def _exercise_page(
    request: HttpRequest, lesson: Lesson, kind: str, exercise: Exercise | None
) -> HttpResponse:
    user = editor(request)
    initial = ExerciseForm.values_of(exercise.data) if exercise else None
    form = ExerciseForm(request.POST or None, kind=kind, initial=initial)
    trying = request.POST.get("action") == "try"
    context: dict[str, Any] = {}
    data = exercise.data if exercise else None
    if request.method == "POST" and form.is_valid():
        data = form.data_read
        if not trying:
            save_exercise(lesson=lesson, exercise=exercise, data=data)
            touch(course=lesson.course, editor_id=user.pk, now=timezone.now())
            messages.success(request, _("Saved."))
            page = redirect("lessons:edit-lesson", lesson.uuid)
            page["Location"] += "#exercises"
            return page
    if data is not None:
        context["shown"] = shown_exercise(data, lesson=lesson)
        if trying and form.is_valid():
            answer = request.POST.get("try", "")
            context |= {"try": answer, "mark": tried(data, answer, lesson=lesson)}
    return render(
        request,
        "lessons/edit_exercise.html",
        {
            "lesson": lesson,
            "l2": lesson.course.l2,
            "exercise": exercise,
            "label": dict(Exercise.Type.choices)[kind],
            "form": form,
            **context,
        },
        status=422 if request.method == "POST" and not form.is_valid() else 200,
    )


def _lesson(user: User, uuid: UUID) -> Lesson:
    lessons = Lesson.objects.select_related("course", "unit")
    found = lessons.filter(uuid=uuid, course__in=own_drafts(user)).first()
    if found is None:
        raise Http404
    return found


def _exercise(user: User, uuid: UUID) -> Exercise:
    exercises = Exercise.objects.select_related("lesson__course")
    found = exercises.filter(uuid=uuid, lesson__course__in=own_drafts(user)).first()
    if found is None:
        raise Http404
    return found


def _summary(exercise: Exercise) -> str:
    for name in ("prompt", "answer", "text", "question", "situation"):
        if exercise.data.get(name):
            return str(exercise.data[name])
    if "words" in exercise.data:
        return " – ".join(exercise.data["words"])
    return ", ".join(left for left, _right in exercise.data.get("pairs", ()))
