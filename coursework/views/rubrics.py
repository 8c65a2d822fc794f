"""Rubrics of a school: the library, its own, writing and copying one."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from learners.models import User
from learners.permissions import signed_in_user
from schools.models import School
from schools.permissions import staffed_schools

from ..models import Rubric
from ..permissions import rubrics_of_school
from ..problem import WorkProblem
from ..rubric_criteria import MEASURES
from ..rubric_forms import (
    CriterionFormSet,
    RubricForm,
    initial_criteria,
    read_criteria,
)
from ..services.rubrics import archive_rubric, copy_rubric, save_rubric

# Room for so many criteria in a new rubric.
N_NEW = 3


@login_required
@require_safe
def rubric_list(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Show the library and the rubrics of a school."""
    user, school = _school(request, uuid)
    rubrics = list(rubrics_of_school(user, school))
    return render(
        request,
        "coursework/rubric_list.html",
        {
            "school": school,
            "own": [one for one in rubrics if one.school_id and not one.archived_at],
            "library": [one for one in rubrics if not one.school_id],
            "archived": [one for one in rubrics if one.archived_at],
        },
    )


@login_required
@require_safe
def rubric_detail(request: HttpRequest, uuid: UUID, rubric: UUID) -> HttpResponse:
    """Show a rubric with all levels."""
    _user, school, found = _rubric(request, uuid, rubric)
    criteria = [
        {**one, "measured": MEASURES.get(one["measure"]) if one["measure"] else ""}
        for one in found.criteria
    ]
    return render(
        request,
        "coursework/rubric_detail.html",
        {
            "school": school,
            "rubric": found,
            "criteria": criteria,
            "is_used": found.assignments.exists(),
        },
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def rubric_make(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Write a new rubric."""
    user, school = _school(request, uuid)
    return _form(request, user, school, None)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def rubric_edit(request: HttpRequest, uuid: UUID, rubric: UUID) -> HttpResponse:
    """Change a rubric of the school; one that is in use becomes a new one."""
    user, school, found = _rubric(request, uuid, rubric)
    if found.school_id is None:
        raise Http404
    return _form(request, user, school, found)


@login_required
@require_POST
def rubric_act(request: HttpRequest, uuid: UUID, rubric: UUID) -> HttpResponse:
    """Copy a rubric into the school, archive it or take it back."""
    user, school, found = _rubric(request, uuid, rubric)
    action = request.POST.get("action", "")
    now = timezone.now()
    if action == "copy":
        copied = copy_rubric(
            rubric=found,
            school=school,
            title=_("%(title)s (copy)") % {"title": found.title},
            author_id=user.pk,
            actor=user.uuid,
            now=now,
        )
        messages.success(request, _("Copied. Change it as you like."))
        return redirect("coursework:rubric-edit", uuid, copied.uuid)
    if action not in ("archive", "restore"):
        raise Http404
    try:
        archive_rubric(
            rubric=found, is_archived=action == "archive", actor=user.uuid, now=now
        )
    except WorkProblem as problem:
        messages.error(request, str(problem))
    return redirect("coursework:rubric-list", uuid)


def _form(
    request: HttpRequest, user: User, school: School, rubric: Rubric | None
) -> HttpResponse:
    posted = request.POST if request.method == "POST" else None
    about = (
        {"title": rubric.title, "description": rubric.description} if rubric else None
    )
    form = RubricForm(posted, initial=about)
    criteria = CriterionFormSet(
        posted, initial=initial_criteria(rubric.criteria) if rubric else []
    )
    criteria.extra = 1 if rubric else N_NEW
    if posted is not None and form.is_valid() and criteria.is_valid():
        if read := read_criteria(criteria):
            kept, is_copy = save_rubric(
                school=school,
                rubric=rubric,
                criteria=read,
                author_id=user.pk,
                actor=user.uuid,
                now=timezone.now(),
                **form.cleaned_data,
            )
            messages.success(
                request,
                _("The old one is in use and stays as it is. This is a new one.")
                if is_copy
                else _("Saved."),
            )
            return redirect("coursework:rubric-detail", school.uuid, kept.uuid)
        form.add_error(None, _("Write at least one criterion."))
    return render(
        request,
        "coursework/rubric_form.html",
        {
            "school": school,
            "rubric": rubric,
            "form": form,
            "criteria": criteria,
            "is_used": rubric is not None and rubric.assignments.exists(),
        },
        status=422 if posted is not None else 200,
    )


def _school(request: HttpRequest, uuid: UUID) -> tuple[User, School]:
    """Return who asks and a school they teach in. Raises Http404."""
    user = signed_in_user(request)
    school = staffed_schools(user).filter(uuid=uuid).first()
    if school is None:
        raise Http404
    return user, school


def _rubric(
    request: HttpRequest, uuid: UUID, rubric: UUID
) -> tuple[User, School, Rubric]:
    user, school = _school(request, uuid)
    found = rubrics_of_school(user, school).filter(uuid=rubric).first()
    if found is None:
        raise Http404
    return user, school, found
