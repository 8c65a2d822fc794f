"""People of a school: found, invited, given another role, let go."""

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

from schools.audit import record
from schools.models import Membership, School
from schools.problem import SchoolProblem
from schools.services.members import change_role, remove_member

from ..models import User
from ..rosters.invitation_mail import tell_managers_of_classes_without_teacher
from ..rosters.names import name_in_school
from ..rosters.school_page import people_context, staff_choices
from ..school_forms import DepartureForm, InviteStaffForm, MemberForm
from .class_access import managed_school
from .invitations import mail_invitation


@login_required
@never_cache
@require_safe
def school_detail(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Show the people of a school: ``?search=``, ``?role=``."""
    user, school = managed_school(request, uuid)
    now = timezone.now()
    record(
        action="people.seen",
        now=now,
        actor=user.uuid,
        school=school.uuid,
        target="school",
        target_uuid=school.uuid,
    )
    return render(request, "schools/school_people.html", _context(request, school))


@login_required
@require_POST
def school_invite(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Invite somebody to the school by e-mail."""
    user, school = managed_school(request, uuid)
    form = InviteStaffForm(request.POST)
    if not form.is_valid():
        context = _context(request, school) | {"invite_form": form}
        return render(request, "schools/school_people.html", context, status=422)
    mail_invitation(
        request,
        school=school,
        classroom=None,
        role=form.cleaned_data["role"],
        email=form.cleaned_data["email"],
        by=user,
    )
    return redirect("learners:school-detail", uuid)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def school_member(request: HttpRequest, uuid: UUID, person: UUID) -> HttpResponse:
    """Show somebody of the school and change what they are in it."""
    user, school = managed_school(request, uuid)
    membership = _membership(school, person)
    form = MemberForm(request.POST or None, initial={"role": membership.role})
    if request.method == "POST" and form.is_valid():
        try:
            change_role(
                membership_id=membership.pk,
                role=form.cleaned_data["role"],
                actor=user.uuid,
                now=timezone.now(),
            )
        except SchoolProblem as problem:
            form.add_error("role", str(problem))
        else:
            messages.success(request, _("Saved."))
            return redirect("learners:school-detail", uuid)
    return _member_page(request, school, membership, form)


@login_required
@require_POST
def school_member_remove(
    request: HttpRequest, uuid: UUID, person: UUID
) -> HttpResponse:
    """Let somebody go; their classes pass to somebody, or the managers are told."""
    user, school = managed_school(request, uuid)
    membership = _membership(school, person)
    people = staff_choices(school, but=membership.user_id)
    form = DepartureForm(request.POST, people=people)
    if not form.is_valid():
        raise Http404
    chosen = form.cleaned_data["successor"]
    successor = User.objects.get(uuid=chosen) if chosen else None
    try:
        departure = remove_member(
            membership_id=membership.pk,
            actor=user.uuid,
            now=timezone.now(),
            successor=successor,
        )
    except SchoolProblem as problem:
        messages.error(request, str(problem))
        return redirect("learners:school-member", uuid, person)
    tell_managers_of_classes_without_teacher(
        school=school,
        classrooms=departure.without_teacher,
        root=request.build_absolute_uri("/"),
    )
    messages.success(request, _("They no longer belong to the school."))
    if departure.without_teacher:
        messages.warning(
            request, _("Some of their classes have no teacher now. Name somebody.")
        )
        return redirect("learners:school-classes", uuid)
    return redirect("learners:school-detail", uuid)


def _context(request: HttpRequest, school: School) -> dict[str, object]:
    return people_context(
        school,
        search=request.GET.get("search", "").replace("\x00", "").strip()[:80],
        role=request.GET.get("role", ""),
        page_number=request.GET.get("page", ""),
        now=timezone.now(),
    )


def _membership(school: School, person: UUID) -> Membership:
    membership = (
        Membership.objects.select_related("user__profile")
        .filter(school=school, user__uuid=person, left_at=None)
        .first()
    )
    if membership is None:
        raise Http404
    return membership


def _member_page(
    request: HttpRequest, school: School, membership: Membership, form: MemberForm
) -> HttpResponse:
    people = staff_choices(school, but=membership.user_id)
    is_staff = membership.role != Membership.Role.LEARNER
    context = {
        "school": school,
        "tab": "people",
        "membership": membership,
        "name": name_in_school(school_id=school.pk, user=membership.user),
        "form": form,
        "departure_form": DepartureForm(people=people) if is_staff else None,
        "classes": [
            row.classroom
            for row in membership.user.classes_taught.select_related("classroom")
            if row.classroom.school_id == school.pk
        ],
    }
    return render(
        request,
        "schools/school_member.html",
        context,
        status=422 if form.errors else 200,
    )
