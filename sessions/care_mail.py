"""The mail that a person should look at a talk: a link, and no words of the learner."""

from __future__ import annotations

import logging
from concurrent.futures import ThreadPoolExecutor
from uuid import UUID

from django.conf import settings
from django.core.mail import send_mail
from django.urls import reverse
from django.utils.translation import gettext as _

from schools.site_settings import site_name

logger = logging.getLogger(__name__)
# A slow mail server must not hold up a live talk. One thread keeps mails in order.
_POST = ThreadPoolExecutor(max_workers=1, thread_name_prefix="care-mail")


def mail_about(session_uuid: UUID) -> None:
    """Send a mail about a talk soon, if the site names somebody to write to."""
    if settings.CARE["EMAIL"]:
        _POST.submit(_send, session_uuid)


def _send(session_uuid: UUID) -> None:
    address = reverse("sessions:session-report", args=(session_uuid,))
    words = _(
        "In a talk with the tutor a learner said something that a person should look at."
        " Sign in and read the report:"
    )
    try:
        send_mail(
            subject=_("%(site)s: please look at a talk") % {"site": site_name()},
            message=f"{words}\n\n{settings.CARE['SITE_URL']}{address}\n",
            from_email=None,
            recipient_list=settings.CARE["EMAIL"],
        )
    except Exception as error:  # noqa: BLE001 whatever a mail server does
        # No traceback: it would show addresses.
        logger.error(
            "the mail about session %s was not sent: %s",
            session_uuid,
            type(error).__name__,
        )
