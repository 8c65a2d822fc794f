"""One learner of a class: moved, taken out, given minutes, sent a link, guardians."""

from __future__ import annotations

from uuid import UUID

from allauth.core import ratelimit
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from schools.audit import record
from schools.models import Classroom, Enrolment, Membership
from schools.problem import SchoolProblem
from schools.services.enrolments import end_enrolment, move_learner
from schools.services.members import set_minor, set_quota

from ..account_forms import ResetPasswordForm
from ..class_forms import GuardianForm, MinorForm, MoveForm, QuotaForm
from ..models import User
from ..placeholder_addresses import is_placeholder
from ..rosters.class_page import membership_of
from ..rosters.learner_page import classes_to_move_to, guardians_of, learner_context
from ..services.guardians import invite_guardian, remove_guardian
from .class_access import learner_of_class, taught_class


@login_required
@never_cache
@require_safe
def class_learner(request: HttpRequest, uuid: UUID, person: UUID) -> HttpResponse:
    """Show a learner of a class and what can be done for them."""
    user, classroom, enrolment = _found(request, uuid, person)
    record(
        action="learner.seen",
        now=timezone.now(),
        actor=user.uuid,
        school=classroom.school.uuid,
        subject=person,
        target="class",
        target_uuid=classroom.uuid,
    )
    return render(
        request, "schools/class_learner.html", learner_context(enrolment, user=user)
    )


@login_required
@require_POST
def learner_move(request: HttpRequest, uuid: UUID, person: UUID) -> HttpResponse:
    """Move a learner to another open class of the school."""
    user, classroom, enrolment = _found(request, uuid, person)
    classes = classes_to_move_to(classroom, user=user)
    form = MoveForm(request.POST, classes=classes)
    if not form.is_valid():
        return _invalid(request, enrolment, user, move_form=form)
    to: Classroom = form.cleaned_data["to"]
    try:
        move_learner(
            enrolment_id=enrolment.pk, to=to, actor=user.uuid, now=timezone.now()
        )
    except SchoolProblem as problem:
        form.add_error("to", str(problem))
        return _invalid(request, enrolment, user, move_form=form)
    messages.success(
        request, _("Moved to %(name)s. What was done here stays.") % {"name": to.name}
    )
    return redirect("learners:class-detail", uuid)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def learner_archive(request: HttpRequest, uuid: UUID, person: UUID) -> HttpResponse:
    """Ask, then take a learner out of the class; their work is kept."""
    user, _class, enrolment = _found(request, uuid, person)
    if request.method == "POST":
        end_enrolment(enrolment_id=enrolment.pk, actor=user.uuid, now=timezone.now())
        messages.success(request, _("Taken out of the class. Their work is kept."))
        return redirect("learners:class-detail", uuid)
    context = learner_context(enrolment, user=user)
    return render(request, "schools/class_learner_archive.html", context)


@login_required
@require_POST
def learner_quota(request: HttpRequest, uuid: UUID, person: UUID) -> HttpResponse:
    """Give a learner minutes of talk a day of their own."""
    user, classroom, enrolment = _found(request, uuid, person)
    form = QuotaForm(request.POST)
    if not form.is_valid():
        return _invalid(request, enrolment, user, quota_form=form)
    set_quota(
        membership_id=_membership(classroom, enrolment).pk,
        minutes=form.cleaned_data["minutes"],
        actor=user.uuid,
        now=timezone.now(),
    )
    messages.success(request, _("Saved."))
    return redirect("learners:class-learner", uuid, person)


@login_required
@require_POST
def learner_minor(request: HttpRequest, uuid: UUID, person: UUID) -> HttpResponse:
    """Say whether a learner is a minor."""
    user, classroom, enrolment = _found(request, uuid, person)
    form = MinorForm(request.POST)
    if not form.is_valid():
        return _invalid(request, enrolment, user)
    set_minor(
        membership_id=_membership(classroom, enrolment).pk,
        is_minor=form.cleaned_data["is_minor"],
        actor=user.uuid,
        now=timezone.now(),
    )
    messages.success(request, _("Saved."))
    return redirect("learners:class-learner", uuid, person)


@login_required
@require_POST
def learner_password(request: HttpRequest, uuid: UUID, person: UUID) -> HttpResponse:
    """Send a learner the link by which they choose a new password."""
    user, classroom, enrolment = _found(request, uuid, person)
    address = enrolment.learner.email
    if is_placeholder(address):
        messages.error(request, _("This learner has no e-mail address here."))
        return redirect("learners:class-learner", uuid, person)
    allowed = ratelimit.consume(request, action="password_link", key=str(person))
    form = ResetPasswordForm({"email": address})
    if not allowed or not form.is_valid():
        messages.error(
            request, _("Three links were sent within an hour. Wait a little.")
        )
        return redirect("learners:class-learner", uuid, person)
    record(
        action="password_link.sent",
        now=timezone.now(),
        actor=user.uuid,
        school=classroom.school.uuid,
        subject=person,
    )
    form.save(request)
    messages.success(request, _("The link is on its way to their e-mail address."))
    return redirect("learners:class-learner", uuid, person)


@login_required
@require_POST
def guardian_add(request: HttpRequest, uuid: UUID, person: UUID) -> HttpResponse:
    """Ask a grown-up to answer for a learner."""
    user, classroom, enrolment = _found(request, uuid, person)
    form = GuardianForm(request.POST)
    if (
        form.is_valid()
        and form.cleaned_data["email"].lower() == enrolment.learner.email
    ):
        form.add_error("email", _("This is the learner's own address."))
    if not form.is_valid():
        return _invalid(request, enrolment, user, guardian_form=form)
    invite_guardian(
        learner=enrolment.learner,
        link=lambda token: request.build_absolute_uri(guardian_path(token)),
        now=timezone.now(),
        by=user.uuid,
        school=classroom.school.uuid,
        **form.cleaned_data,
    )
    messages.success(request, _("The guardian gets a mail with a link to answer."))
    return redirect("learners:class-learner", uuid, person)


@login_required
@require_POST
def guardian_remove(
    request: HttpRequest, uuid: UUID, person: UUID, guardian: UUID
) -> HttpResponse:
    """End what a guardian may do."""
    user, classroom, enrolment = _found(request, uuid, person)
    found = guardians_of(enrolment.learner).filter(uuid=guardian).first()
    if found is None:
        raise Http404
    remove_guardian(
        guardian=found,
        now=timezone.now(),
        by=user.uuid,
        school=classroom.school.uuid,
    )
    messages.success(request, _("Removed. What they agreed to ends with it."))
    return redirect("learners:class-learner", uuid, person)


def guardian_path(token: str) -> str:
    """Return the address of the page on which a guardian answers."""
    return reverse("privacy:guardian", args=[token])


def _found(
    request: HttpRequest, uuid: UUID, person: UUID
) -> tuple[User, Classroom, Enrolment]:
    user, classroom = taught_class(request, uuid)
    return user, classroom, learner_of_class(classroom, person)


def _membership(classroom: Classroom, enrolment: Enrolment) -> Membership:
    membership = membership_of(classroom, enrolment.learner)
    if membership is None:
        raise Http404
    return membership


def _invalid(
    request: HttpRequest, enrolment: Enrolment, user: User, **forms: object
) -> HttpResponse:
    context = learner_context(enrolment, user=user) | forms
    return render(request, "schools/class_learner.html", context, status=422)
