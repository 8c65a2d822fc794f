"""Assignments of a class: the list, one with how learners stand, and what is done to it."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from learners.models import User
from schools.permissions import teachable_classrooms

from ..assignment_pages import detail_context, list_context
from ..assignment_states import rules_for
from ..class_work import zone_of
from ..extension_form import ExtensionForm
from ..learner_work import WorkItem
from ..models import Assignment, Extension
from ..problem import WorkProblem
from ..services.assignments import (
    archive_assignment,
    copy_assignment,
    delete_assignment,
    publish_assignment,
    record_of,
)
from ..services.extensions import extend
from ..work_pages import work_context
from .class_pages import taught_assignment, taught_class


@login_required
@never_cache
@require_safe
def assignment_list(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Show the work of a class: what is open, planned, past, and who has not done it."""
    _user, classroom = taught_class(request, uuid)
    context = list_context(classroom, now=timezone.now())
    return render(request, "coursework/assignment_list.html", context)


@login_required
@never_cache
@require_safe
def assignment_detail(
    request: HttpRequest, uuid: UUID, assignment: UUID
) -> HttpResponse:
    """Show an assignment and how each learner stands with it."""
    user, found = taught_assignment(request, uuid, assignment)
    now = timezone.now()
    context = detail_context(found, now=now)
    record_of(
        found, "assignment.progress_seen", user.uuid, now, {"n": len(context["rows"])}
    )
    context["classes"] = teachable_classrooms(user).filter(archived_at=None)
    return render(request, "coursework/assignment_detail.html", context)


@login_required
@never_cache
@require_safe
def assignment_preview(
    request: HttpRequest, uuid: UUID, assignment: UUID
) -> HttpResponse:
    """Show an assignment as learners will see it."""
    user, found = taught_assignment(request, uuid, assignment)
    now = timezone.now()
    item = WorkItem(found, rules_for(found, None), (), now)
    context = work_context(item, learner_id=user.pk, now=now, preview=True)
    return render(request, "coursework/work_detail.html", context)


@login_required
@require_POST
def assignment_act(request: HttpRequest, uuid: UUID, assignment: UUID) -> HttpResponse:
    """Do what a button says: publish, archive, restore, delete or copy."""
    user, found = taught_assignment(request, uuid, assignment)
    action = request.POST.get("action", "")
    now = timezone.now()
    try:
        if action == "copy":
            return _copy(request, user, found)
        if action == "delete":
            delete_assignment(assignment_id=found.pk, actor=user.uuid, now=now)
            messages.success(request, _("Deleted."))
            return redirect("coursework:assignment-list", uuid)
        if action == "publish":
            done = publish_assignment(assignment_id=found.pk, actor=user.uuid, now=now)
            messages.success(
                request,
                _("Published. Learners see it now.")
                if done.opens_at <= timezone.now()
                else _("Scheduled. Learners see it when it opens."),
            )
        elif action in ("archive", "restore"):
            archive_assignment(
                assignment_id=found.pk,
                is_archived=action == "archive",
                actor=user.uuid,
                now=now,
            )
            messages.success(
                request,
                _("Archived, with all that was done.")
                if action == "archive"
                else _("Back in the list."),
            )
        else:
            raise Http404
    except WorkProblem as problem:
        messages.error(request, str(problem))
    return redirect("coursework:assignment-detail", uuid, assignment)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def assignment_extend(
    request: HttpRequest, uuid: UUID, assignment: UUID, learner: UUID
) -> HttpResponse:
    """Give one learner more time or attempts, or excuse them."""
    user, found = taught_assignment(request, uuid, assignment)
    person = _learner(found, learner)
    known = Extension.objects.filter(assignment=found, learner=person).first()
    form = ExtensionForm(
        request.POST or None,
        zone=zone_of(found.classroom),
        assignment=found,
        known=known,
        now=timezone.now(),
    )
    if request.method == "POST" and form.is_valid():
        try:
            extend(
                assignment_id=found.pk,
                learner=person,
                giver=user,
                now=timezone.now(),
                **form.cleaned_data,
            )
        except WorkProblem as problem:
            form.add_error(None, str(problem))
        else:
            for note in form.notes:
                messages.info(request, note)
            messages.success(request, _("Saved."))
            return redirect("coursework:assignment-detail", uuid, assignment)
    context = detail_context(found, now=timezone.now(), only=person)
    status = 422 if request.method == "POST" else 200
    return render(
        request,
        "coursework/assignment_extend.html",
        context | {"form": form, "row": context["rows"][0], "known": known},
        status=status,
    )


def _learner(assignment: Assignment, uuid: UUID) -> User:
    """Return a learner of the assignment's class. Raises Http404."""
    learner = (
        User.objects.select_related("profile")
        .filter(
            uuid=uuid,
            enrolments__classroom=assignment.classroom_id,
            enrolments__left_at=None,
        )
        .first()
    )
    if learner is None:
        raise Http404
    return learner


def _copy(request: HttpRequest, user: User, found: Assignment) -> HttpResponse:
    """Copy into the class that was chosen, and go on with the copy's form."""
    wanted = request.POST.get("classroom", "")
    classes = teachable_classrooms(user).select_related("school")
    target = next((one for one in classes if str(one.uuid) == wanted), None)
    if target is None:
        raise Http404
    is_same = target.pk == found.classroom_id
    title = _("%(title)s (copy)") % {"title": found.title} if is_same else found.title
    copied = copy_assignment(
        assignment_id=found.pk,
        classroom=target,
        title=title,
        author_id=user.pk,
        actor=user.uuid,
        now=timezone.now(),
    )
    messages.success(
        request, _("Copied as a draft. Look at the dates, then publish it.")
    )
    return redirect("coursework:assignment-edit", target.uuid, copied.uuid)
