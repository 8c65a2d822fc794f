"""Teachers edit their school's courses: a draft of the next version, publishing it."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from lessons.editing.content import add_lesson, delete_lesson, move_lesson
from lessons.editing.drafts import (
    DraftProblem,
    copy_to_draft,
    delete_draft,
    draft_problems,
    drafts,
    publish_draft,
    touch,
)
from lessons.editing.forms import CourseForm
from lessons.models import Course, Lesson

from ..course_editing_page import edit_list_context
from ..models import User
from ..permissions import can_edit_courses, editable_courses, signed_in_user
from ..services.school_courses import note_course


@login_required
@require_safe
def edit_list(request: HttpRequest) -> HttpResponse:
    """Show the courses that somebody may edit or copy, with their versions."""
    context = edit_list_context(editor(request))
    return render(request, "lessons/edit_list.html", context)


@login_required
@require_POST
def edit_copy(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Begin a draft with what a version holds, or go on with the one there is."""
    user = editor(request)
    course = editable_courses(user).filter(uuid=uuid).first()
    if course is None:
        raise Http404
    draft = copy_to_draft(course=course, editor_id=user.pk, now=timezone.now())
    return redirect("lessons:edit-course", draft.uuid)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit_course(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Edit what a draft says of itself and its units; from here one goes to its lessons."""
    user = editor(request)
    draft = draft_or_404(user, uuid)
    form = CourseForm(
        request.POST or None,
        course=draft,
        initial={"title": draft.title, "description": draft.description},
    )
    if request.method == "POST" and form.is_valid():
        form.save(draft)
        touch(course=draft, editor_id=user.pk, now=timezone.now())
        messages.success(request, _("Saved."))
        return redirect("lessons:edit-course", uuid)
    lessons = list(draft.lessons.select_related("unit"))
    return render(
        request,
        "lessons/edit_course.html",
        {
            "course": draft,
            "form": form,
            "lessons": lessons,
            "units": [*draft.units.all()],
            "problems": draft_problems(draft) if "check" in request.GET else [],
        },
        status=422 if request.method == "POST" else 200,
    )


@login_required
@require_POST
def edit_act(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Do to a draft what its buttons say: publish, delete; a lesson's: add, move, delete."""
    user = editor(request)
    draft = draft_or_404(user, uuid)
    now = timezone.now()
    action = request.POST.get("action", "")
    if action == "delete":
        delete_draft(draft=draft)
        messages.success(request, _("The draft is gone. Learners see what they saw."))
        return redirect("lessons:edit-list")
    if action == "publish":
        try:
            publish_draft(draft=draft, editor_id=user.pk, now=now)
        except DraftProblem:
            messages.error(request, _("Not published yet: see what is missing."))
            page = redirect("lessons:edit-course", uuid)
            page["Location"] += "?check"
            return page
        note_course("course.published", draft, user, now=now)
        messages.success(
            request,
            _("Published. Who begins now gets it; who is in the middle keeps theirs."),
        )
        return redirect("lessons:edit-list")
    _act_on_lesson(request, draft, action)
    touch(course=draft, editor_id=user.pk, now=now)
    return redirect("lessons:edit-course", uuid)


def _act_on_lesson(request: HttpRequest, draft: Course, action: str) -> None:
    if action == "add":
        unit = draft.units.filter(key=request.POST.get("unit", "")).first()
        add_lesson(course=draft, unit=unit)
        return
    lesson = Lesson.objects.filter(course=draft, key=request.POST.get("lesson", ""))
    found = lesson.first()
    if found is None or action not in ("up", "down", "remove"):
        raise Http404
    if action == "remove":
        delete_lesson(lesson=found)
    else:
        move_lesson(lesson=found, up=action == "up")


def editor(request: HttpRequest) -> User:
    """Return who edits. Raises PermissionDenied for everybody else."""
    user = signed_in_user(request)
    if not can_edit_courses(user):
        raise PermissionDenied
    return user


def own_drafts(user: User) -> QuerySet[Course]:
    """Return the drafts that somebody may write in."""
    return drafts().filter(pk__in=editable_courses(user).values("pk"))


def draft_or_404(user: User, uuid: UUID) -> Course:
    """Return a draft. Raises Http404; a published version is changed by a copy only."""
    draft = own_drafts(user).filter(uuid=uuid).first()
    if draft is None:
        raise Http404
    return draft
