"""Setting work: choose what, choose the lesson, say the rest; and changing it."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from learners.models import User
from lessons.levels import CEFRLevel
from lessons.models import Lesson
from schools.models import Classroom

from ..assignment_asking import KIND_HELP, asked_for, kept_query
from ..assignment_choices import MOST_LESSONS, choices_for, settable_lessons
from ..assignment_forms import AssignmentForm, initial_of, suggested
from ..assignment_pages import TAB
from ..assignment_selectors import has_begun
from ..assignment_states import LESSON_KINDS
from ..class_work import zone_of
from ..models import Assignment
from ..permissions import usable_rubrics
from ..problem import WorkProblem
from ..services.assignment_editing import edit_assignment
from ..services.assignments import create_assignment, publish_assignment
from ..work_pages import icon_of
from .class_pages import taught_assignment, taught_class


@login_required
@require_safe
def assignment_lesson(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Let a teacher find the lesson: by words, level and course."""
    _user, classroom = taught_class(request, uuid)
    kind = request.GET.get("kind", "")
    if kind not in LESSON_KINDS:
        raise Http404
    search = request.GET.get("q", "")[:80]
    level = request.GET.get("level", classroom.level)
    if level not in CEFRLevel.values:
        level = ""
    course = request.GET.get("course", "")[:60]
    found = settable_lessons(classroom, search=search, level=level, course=course)
    courses = settable_lessons(classroom).order_by("course__title")
    return render(
        request,
        "coursework/assignment_lesson.html",
        {
            "classroom": classroom,
            "tab": TAB,
            "kind": kind,
            "kind_label": Assignment.Kind(kind).label,
            "lessons": found[:MOST_LESSONS],
            "n_found": found.count(),
            "most": MOST_LESSONS,
            "q": search,
            "level": level,
            "levels": CEFRLevel.choices,
            "course": course,
            "courses": courses.values_list("course__key", "course__title").distinct(),
            "kept": kept_query(request),
        },
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def assignment_create(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Set work; what other pages know already comes in the address.

    ``kind`` asks for its form; without it the page asks what is to be done.
    """
    user, classroom = taught_class(request, uuid)
    kind = request.GET.get("kind", "")
    if kind not in Assignment.Kind.values:
        return _choose_kind(request, classroom)
    lesson = None
    if kind in LESSON_KINDS:
        lesson = _lesson(classroom, request.GET.get("lesson", ""))
        if lesson is None:
            page = redirect("coursework:assignment-lesson", uuid)
            page["Location"] += f"?{request.GET.urlencode()}"
            return page
    now = timezone.now()
    form = _form(
        request,
        user,
        classroom,
        kind=kind,
        lesson=lesson,
        initial=suggested(kind, lesson) | asked_for(request),
        now=now,
    )
    if request.method == "POST" and form.is_valid():
        publish = request.POST.get("action") == "publish"
        try:
            made = create_assignment(
                classroom=classroom,
                fields=form.read(),
                publish=publish,
                author_id=user.pk,
                actor=user.uuid,
                now=now,
            )
        except WorkProblem as problem:
            form.add_error(None, str(problem))
        else:
            return _saved(request, form, made)
    return _page(request, form, classroom, kind, lesson, None)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def assignment_edit(request: HttpRequest, uuid: UUID, assignment: UUID) -> HttpResponse:
    """Change an assignment; once learners began, only what cannot hurt them."""
    user, found = taught_assignment(request, uuid, assignment)
    form = _form(
        request,
        user,
        found.classroom,
        kind=found.kind,
        lesson=found.lesson,
        initial=initial_of(found),
        now=timezone.now(),
        known=found,
    )
    if request.method == "POST" and form.is_valid():
        try:
            found = edit_assignment(
                assignment_id=found.pk,
                fields=form.read(),
                seen=_version(form.cleaned_data["version"]),
                actor=user.uuid,
                now=timezone.now(),
            )
            if request.POST.get("action") == "publish":
                found = publish_assignment(
                    assignment_id=found.pk, actor=user.uuid, now=timezone.now()
                )
        except WorkProblem as problem:
            form.add_error(None, str(problem))
        else:
            return _saved(request, form, found)
    return _page(request, form, found.classroom, found.kind, found.lesson, found)


def _form(
    request: HttpRequest,
    user: User,
    classroom: Classroom,
    *,
    kind: str,
    lesson: Lesson | None,
    initial: dict[str, Any],
    now: datetime,
    known: Assignment | None = None,
) -> AssignmentForm:
    return AssignmentForm(
        request.POST if request.method == "POST" else None,
        kind=kind,
        choices=choices_for(classroom, lesson=lesson, rubrics=usable_rubrics(user)),
        lesson=lesson,
        zone=zone_of(classroom),
        now=now,
        known=known,
        initial=initial,
    )


def _page(
    request: HttpRequest,
    form: AssignmentForm,
    classroom: Classroom,
    kind: str,
    lesson: Lesson | None,
    known: Assignment | None,
) -> HttpResponse:
    return render(
        request,
        "coursework/assignment_form.html",
        {
            "classroom": classroom,
            "tab": TAB,
            "form": form,
            "kind": kind,
            "kind_label": Assignment.Kind(kind).label,
            "lesson": lesson,
            "assignment": known,
            "is_begun": known is not None and has_begun(known),
            "is_published": known is not None and known.published_at is not None,
        },
        status=422 if form.is_bound else 200,
    )


def _saved(
    request: HttpRequest, form: AssignmentForm, assignment: Assignment
) -> HttpResponse:
    for note in form.notes:
        messages.info(request, note)
    if assignment.published_at is None:
        words = _("Saved as a draft. Learners do not see it yet.")
    elif assignment.opens_at > timezone.now():
        words = _("Saved. Learners see it when it opens.")
    else:
        words = _("Saved. Learners see it now.")
    messages.success(request, words)
    return redirect(
        "coursework:assignment-detail", assignment.classroom.uuid, assignment.uuid
    )


def _lesson(classroom: Classroom, wanted: str) -> Lesson | None:
    try:
        uuid = UUID(wanted)
    except ValueError:
        return None
    return settable_lessons(classroom).filter(uuid=uuid).first()


def _choose_kind(request: HttpRequest, classroom: Classroom) -> HttpResponse:
    kinds = [
        (kind, f"_icons/{icon_of(kind)}.html", KIND_HELP[kind])
        for kind in Assignment.Kind
    ]
    return render(
        request,
        "coursework/assignment_new.html",
        {
            "classroom": classroom,
            "tab": TAB,
            "kinds": kinds,
            "kept": kept_query(request),
        },
    )


def _version(posted: str) -> datetime | None:
    try:
        return parse_datetime(posted)
    except ValueError:
        return None
