"""Invitations made and withdrawn by teachers and managers."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from schools.invitation_selectors import list_invitations
from schools.models import Classroom, Membership, School
from schools.services.invitations import (
    invite_by_link,
    invite_by_mail,
    revoke_invitation,
)

from ..class_forms import InviteLinkForm, InviteMailForm
from ..models import User
from ..rosters.class_page import people_context
from ..rosters.invitation_mail import send_invitation
from .class_access import managed_school, taught_class


@login_required
@require_POST
def class_link(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Make a link and a code for learners; the one before stops working."""
    user, classroom = taught_class(request, uuid)
    form = InviteLinkForm(request.POST)
    if not form.is_valid():
        return _invalid(request, classroom, link_form=form)
    now = timezone.now()
    before = list_invitations(school_id=classroom.school_id, classroom_id=classroom.pk)
    for old in before.filter(role=Membership.Role.LEARNER).exclude(token=""):
        revoke_invitation(invitation_id=old.pk, actor=user.uuid, now=now)
    invite_by_link(
        school=classroom.school,
        classroom=classroom,
        role=Membership.Role.LEARNER,
        expires_at=form.expires_at(now),
        max_uses=form.cleaned_data["max_uses"],
        by=user,
        now=now,
    )
    messages.success(request, _("Share the link or the code with your learners."))
    return redirect("learners:class-detail", uuid)


@login_required
@require_POST
def class_mail(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Invite one person to a class by e-mail, as a learner or a co-teacher."""
    user, classroom = taught_class(request, uuid)
    form = InviteMailForm(request.POST)
    if not form.is_valid():
        return _invalid(request, classroom, mail_form=form)
    mail_invitation(
        request,
        school=classroom.school,
        classroom=classroom,
        role=form.cleaned_data["role"],
        email=form.cleaned_data["email"],
        by=user,
    )
    return redirect("learners:class-detail", uuid)


@login_required
@require_POST
def class_invitation_revoke(
    request: HttpRequest, uuid: UUID, invitation: UUID
) -> HttpResponse:
    """Withdraw an invitation to a class."""
    user, classroom = taught_class(request, uuid)
    _revoke(request, user, classroom.school, classroom, invitation)
    return redirect("learners:class-detail", uuid)


@login_required
@require_POST
def school_invitation_revoke(
    request: HttpRequest, uuid: UUID, invitation: UUID
) -> HttpResponse:
    """Withdraw an invitation to a school."""
    user, school = managed_school(request, uuid)
    _revoke(request, user, school, None, invitation)
    return redirect("learners:school-detail", uuid)


def mail_invitation(
    request: HttpRequest,
    *,
    school: School,
    classroom: Classroom | None,
    role: str,
    email: str,
    by: User,
) -> None:
    """Invite somebody by e-mail, and say whether the mail left."""
    mailed = invite_by_mail(
        school=school,
        classroom=classroom,
        role=role,
        email=email,
        by=by,
        now=timezone.now(),
    )
    sent = send_invitation(
        invitation=mailed.invitation,
        token=mailed.token,
        root=request.build_absolute_uri("/"),
    )
    if sent:
        messages.success(request, _("The invitation is on its way."))
    else:
        messages.error(
            request, _("The mail could not be sent. Try it again in a few minutes.")
        )


def _revoke(
    request: HttpRequest,
    user: User,
    school: School,
    classroom: Classroom | None,
    uuid: UUID,
) -> None:
    rows = list_invitations(
        school_id=school.pk, classroom_id=classroom.pk if classroom else None
    )
    found = rows.filter(uuid=uuid).first()
    if found is None:
        raise Http404
    revoke_invitation(invitation_id=found.pk, actor=user.uuid, now=timezone.now())
    messages.success(request, _("Withdrawn: nobody can join by it any more."))


def _invalid(
    request: HttpRequest, classroom: Classroom, **forms: object
) -> HttpResponse:
    context = people_context(
        classroom,
        search="",
        page_number="",
        now=timezone.now(),
        root=request.build_absolute_uri("/"),
    )
    return render(request, "schools/class_learners.html", context | forms, status=422)
