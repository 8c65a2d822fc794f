"""Tells a learner by mail that work came back: once for each time it was handed in."""

from __future__ import annotations

import logging

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from learners.languages import receivers_language
from learners.models import ReminderChoice
from learners.placeholder_addresses import is_placeholder
from schools.site_settings import site_name

from ..models import AssignmentNotice, Submission

logger = logging.getLogger(__name__)


def tell_returned(*, submission_id: int) -> None:
    """Send the mail, if the site knows its address and the learner wants mails."""
    if not settings.CARE["SITE_URL"]:
        return
    submission = (
        Submission.objects.select_related(
            "assignment__classroom", "learner__profile", "learner__reminder_choice"
        )
        .filter(pk=submission_id, state=Submission.State.RETURNED)
        .first()
    )
    if submission is None or not _wants_mail(submission) or not _claimed(submission):
        return
    try:
        with receivers_language(submission.learner.profile):
            mail = _mail(submission)
        mail.send()
    except Exception as error:  # noqa: BLE001 whatever a mail server does
        # No traceback: it would show addresses. The work is on the learner's page anyway.
        logger.error(
            "a mail about submission %s was not sent: %s",
            submission_id,
            type(error).__name__,
        )


def _wants_mail(submission: Submission) -> bool:
    """Whether mails about set work go to them."""
    learner = submission.learner
    if not learner.is_active or getattr(learner, "profile", None) is None:
        return False
    if is_placeholder(learner.email):
        return False
    choice = getattr(learner, "reminder_choice", None)
    return choice is None or choice.tells_work


@transaction.atomic
def _claimed(submission: Submission) -> bool:
    """Take this mail; False where it was sent for this or a later attempt."""
    returned_at = submission.returned_at
    if returned_at is None or submission.submitted_at is None:
        return False
    kind = AssignmentNotice.Kind.RETURNED
    notice, is_new = AssignmentNotice.objects.select_for_update().get_or_create(
        assignment=submission.assignment,
        learner=submission.learner,
        kind=kind,
        defaults={"sent_at": returned_at},
    )
    if is_new:
        return True
    if notice.sent_at >= submission.submitted_at:
        return False
    notice.sent_at = returned_at
    notice.save(update_fields=("sent_at",))
    return True


def _mail(submission: Submission) -> EmailMessage:
    site_url = settings.CARE["SITE_URL"]
    choice, _made = ReminderChoice.objects.get_or_create(
        learner_id=submission.learner_id
    )
    off = site_url + reverse("learners:reminders-off", args=(choice.token,))
    title = submission.assignment.title
    context = {
        "name": submission.learner.profile.display_name,
        "title": title,
        "classroom": submission.assignment.classroom.name,
        "n_comments": submission.comments.count(),
        "work_url": site_url + reverse("coursework:returned", args=(submission.uuid,)),
        "off_url": off,
        "site_name": site_name(),
    }
    return EmailMessage(
        subject=_("Your work is back: %(title)s") % {"title": title},
        body=render_to_string("coursework/email/returned.txt", context),
        to=[submission.learner.email],
        headers={
            "List-Unsubscribe": f"<{off}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        },
    )
