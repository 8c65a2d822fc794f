"""Mails of classes: invitations, the first password, and a class without a teacher."""

from __future__ import annotations

import logging
from uuid import UUID

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from schools.models import Classroom, Invitation, Membership, School
from schools.site_settings import site_name

from ..languages import receivers_language
from ..mail_line import MailLine
from ..models import User

logger = logging.getLogger(__name__)


def send_invitation(
    *, invitation: Invitation, token: str, root: str, line: MailLine | None = None
) -> bool:
    """Send somebody the link of their invitation; return whether the server took it.

    ``root`` is the site's address, ``line`` carries many mails. The mail is in the language
    of whoever sends it.
    """
    place = invitation.classroom or invitation.school
    is_learner = invitation.role == Membership.Role.LEARNER
    subject = (
        _("You are invited to the class %(name)s")
        if invitation.classroom and is_learner
        else _("You are invited to teach at %(name)s")
        if not is_learner
        else _("You are invited to %(name)s")
    )
    name = place.name if is_learner else invitation.school.name
    body = render_to_string(
        "schools/email/invitation.txt",
        {
            "invitation": invitation,
            "is_learner": is_learner,
            "link": root.rstrip("/") + reverse("learners:join-link", args=[token]),
            "site_name": site_name(),
        },
    )
    words = subject % {"name": name}
    return _send(words, body, invitation.email, invitation.uuid, line)


def send_first_password(
    *,
    user: User,
    school: School,
    classroom: Classroom | None,
    name: str,
    root: str,
    line: MailLine | None = None,
) -> bool:
    """Send somebody for whom an account was made the link to choose a password."""
    key = default_token_generator.make_token(user)
    path = reverse(
        "account_reset_password_from_key",
        kwargs={"uidb36": user_pk_to_url_str(user), "key": key},
    )
    body = render_to_string(
        "schools/email/first_password.txt",
        {
            "name": name,
            "school": school.name,
            "classroom": classroom.name if classroom else "",
            "link": root.rstrip("/") + path,
            "days": settings.PASSWORD_RESET_TIMEOUT // 86_400,
            "again": root.rstrip("/") + reverse("account_reset_password"),
            "site_name": site_name(),
        },
    )
    subject = _("Your account at %(site)s") % {"site": site_name()}
    return _send(subject, body, user.email, user.uuid, line)


def tell_managers_of_classes_without_teacher(
    *, school: School, classrooms: tuple[Classroom, ...], root: str
) -> None:
    """Write to a school's managers that nobody teaches these classes any more."""
    if not classrooms:
        return
    managers = User.objects.filter(
        memberships__school=school,
        memberships__role=Membership.Role.MANAGER,
        memberships__left_at=None,
        is_active=True,
    ).select_related("profile")
    for manager in managers:
        profile = getattr(manager, "profile", None)
        context: dict[str, object] = {
            "school": school.name,
            "classes": [
                (
                    classroom.name,
                    root.rstrip("/")
                    + reverse("learners:class-settings", args=[classroom.uuid]),
                )
                for classroom in classrooms
            ],
        }
        if profile is None:
            _send_without_teacher(manager, context)
            continue
        with receivers_language(profile):
            _send_without_teacher(manager, context)


def _send_without_teacher(manager: User, context: dict[str, object]) -> None:
    body = render_to_string("schools/email/without_teacher.txt", context)
    subject = _("A class at %(school)s needs a teacher") % context
    _send(subject, body, manager.email, manager.uuid)


def _send(
    subject: str, body: str, address: str, about: UUID, line: MailLine | None = None
) -> bool:
    mail = EmailMessage(subject=subject, body=body, to=[address])
    try:
        if line is None:
            mail.send()
        else:
            line.send(mail)
    except Exception as error:  # noqa: BLE001 whatever a mail server does
        # No traceback: it would show the address.
        logger.error("a mail was not sent (%s): %s", about, type(error).__name__)
        return False
    return True
