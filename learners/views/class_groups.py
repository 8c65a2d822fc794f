"""Groups and co-teachers of a class."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from schools.models import Classroom, LearnerGroup
from schools.problem import SchoolProblem
from schools.selectors import list_groups
from schools.services.groups import delete_group, save_group
from schools.services.teaching import NotATeacherHere, add_teacher, remove_teacher

from ..class_forms import GroupForm, TeacherForm
from ..models import User
from ..rosters.class_page import people_choices, settings_context
from .class_access import taught_class


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def group_new(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Make a group of some of a class's learners."""
    user, classroom = taught_class(request, uuid)
    return _group_page(request, user, classroom, None)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def group_edit(request: HttpRequest, uuid: UUID, group: UUID) -> HttpResponse:
    """Change who is in a group."""
    user, classroom = taught_class(request, uuid)
    return _group_page(request, user, classroom, _group(classroom, group))


@login_required
@require_POST
def group_delete(request: HttpRequest, uuid: UUID, group: UUID) -> HttpResponse:
    """Delete a group; one with work set for it stays."""
    user, classroom = taught_class(request, uuid)
    found = _group(classroom, group)
    try:
        delete_group(group_id=found.pk, actor=user.uuid, now=timezone.now())
    except SchoolProblem as problem:
        messages.error(request, str(problem))
        return redirect("learners:class-group", uuid, group)
    messages.success(request, _("The group is deleted. Its learners stay."))
    return redirect("learners:class-detail", uuid)


@login_required
@require_POST
def teacher_add(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Have a teacher of the school teach the class too, by their address."""
    user, classroom = taught_class(request, uuid)
    form = TeacherForm(request.POST)
    if form.is_valid():
        address = form.cleaned_data["email"].lower()
        teacher = User.objects.filter(email=address, is_active=True).first()
        try:
            if teacher is None:
                raise NotATeacherHere
            add_teacher(
                classroom=classroom,
                teacher=teacher,
                actor=user.uuid,
                now=timezone.now(),
            )
        except SchoolProblem as problem:
            messages.error(request, str(problem))
        else:
            messages.success(request, _("They teach this class too from now on."))
    else:
        messages.error(request, _("That is no e-mail address."))
    return redirect("learners:class-settings", uuid)


@login_required
@require_POST
def teacher_remove(request: HttpRequest, uuid: UUID, person: UUID) -> HttpResponse:
    """Have somebody no longer teach the class; it keeps one teacher."""
    user, classroom = taught_class(request, uuid)
    teacher = User.objects.filter(
        uuid=person, classes_taught__classroom=classroom
    ).first()
    if teacher is None:
        raise Http404
    try:
        remove_teacher(
            classroom=classroom,
            teacher_id=teacher.pk,
            actor=user.uuid,
            now=timezone.now(),
        )
    except SchoolProblem as problem:
        messages.error(request, str(problem))
        return redirect("learners:class-settings", uuid)
    messages.success(request, _("They no longer teach this class."))
    still_theirs = settings_context(classroom, user=user)["manages"]
    if teacher == user and not still_theirs:
        return redirect("learners:class-list")
    return redirect("learners:class-settings", uuid)


def _group(classroom: Classroom, uuid: UUID) -> LearnerGroup:
    found = list_groups(classroom_id=classroom.pk).filter(uuid=uuid).first()
    if found is None:
        raise Http404
    return found


def _group_page(
    request: HttpRequest, user: User, classroom: Classroom, group: LearnerGroup | None
) -> HttpResponse:
    people = people_choices(classroom)
    members = (
        [str(one) for one in group.members.values_list("uuid", flat=True)]
        if group
        else []
    )
    initial = {"name": group.name if group else "", "learners": members}
    form = GroupForm(request.POST or None, people=people, initial=initial)
    if request.method == "POST" and form.is_valid():
        chosen = User.objects.filter(uuid__in=form.cleaned_data["learners"])
        try:
            save_group(
                classroom=classroom,
                name=form.cleaned_data["name"],
                learner_ids=chosen.values_list("pk", flat=True),
                actor=user.uuid,
                now=timezone.now(),
                group=group,
            )
        except SchoolProblem as problem:
            form.add_error("name", str(problem))
        else:
            messages.success(request, _("Saved."))
            return redirect("learners:class-detail", classroom.uuid)
    if group is not None:
        group.refresh_from_db()
    return render(
        request,
        "schools/class_group.html",
        {"classroom": classroom, "tab": "learners", "group": group, "form": form},
        status=422 if form.errors else 200,
    )
