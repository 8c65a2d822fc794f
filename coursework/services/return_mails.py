"""Tells a learner by mail that work came back: once for each time it was handed in.

That a mail is to go is noted with the giving back itself, so that nothing is lost with the
process that sends it; what a mail server does not take is tried again with growing pauses.
"""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from typing import Final

from django.conf import settings
from django.core.mail import EmailMessage
from django.db.models import F
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from learners.job_queue import Cancelled
from learners.languages import receivers_language
from learners.mail_line import MailLine
from learners.models import ReminderChoice
from learners.placeholder_addresses import is_placeholder
from learners.services.reminders import Sent
from schools.site_settings import site_name

from ..models import AssignmentNotice, Submission

logger = logging.getLogger(__name__)
State = AssignmentNotice.State
# After the first try at once: about a day in all.
PAUSES: Final = tuple(timedelta(minutes=m) for m in (1, 5, 30, 180, 720))
# While one process sends a mail no other one takes it.
CLAIMED_FOR: Final = timedelta(minutes=2)


def note_returned(*, submission: Submission, now: datetime) -> bool:
    """Note that its learner is to be told; False where they were, or want no mail.

    Belongs into the transaction that gives it back.
    """
    if not settings.CARE["SITE_URL"] or submission.submitted_at is None:
        return False
    if not _wants_mail(submission):
        return False
    waits = {"state": State.WAITING, "attempts": 0, "next_try_at": now, "sent_at": now}
    notice, is_new = AssignmentNotice.objects.select_for_update().get_or_create(
        assignment_id=submission.assignment_id,
        learner_id=submission.learner_id,
        kind=AssignmentNotice.Kind.RETURNED,
        defaults=waits,
    )
    if not is_new:
        # Sent for this or a later attempt: coming back twice is told once.
        if notice.state == State.SENT and notice.sent_at >= submission.submitted_at:
            return False
        AssignmentNotice.objects.filter(pk=notice.pk).update(**waits)
    return True


def send_return_mails(*, now: datetime, cancelled: Cancelled | None = None) -> Sent:
    """Send the mails that are due, over one connection. Safe to run by several at once."""
    due = AssignmentNotice.objects.filter(state=State.WAITING, next_try_at__lte=now)
    sent = failed = 0
    with MailLine() as line:
        for pk in list(due.order_by("next_try_at", "pk").values_list("pk", flat=True)):
            if cancelled is not None and cancelled.is_set():
                break
            outcome = _send(pk, line, now)
            sent += outcome is True
            failed += outcome is False
    return Sent(sent, failed)


def return_mail_state(*, submission: Submission) -> str:
    """Return where the mail that it is back stands: WAITING, SENT, DEAD or empty: none."""
    found = AssignmentNotice.objects.filter(
        assignment_id=submission.assignment_id,
        learner_id=submission.learner_id,
        kind=AssignmentNotice.Kind.RETURNED,
    ).first()
    if found is None or (found.state == State.WAITING and not found.attempts):
        return ""
    return found.state


def _send(pk: int, line: MailLine, now: datetime) -> bool | None:
    """Try one mail; None: somebody else is at it, or it is not wanted any more."""
    notice = AssignmentNotice.objects.filter(pk=pk).first()
    if notice is None:
        return None
    claimed = AssignmentNotice.objects.filter(
        pk=pk, state=State.WAITING, attempts=notice.attempts, next_try_at__lte=now
    ).update(attempts=F("attempts") + 1, next_try_at=now + CLAIMED_FOR)
    if not claimed:
        return None
    mine = AssignmentNotice.objects.filter(pk=pk, attempts=notice.attempts + 1)
    submission = _returned(notice)
    if submission is None or not _wants_mail(submission):
        mine.delete()
        return None
    try:
        with receivers_language(submission.learner.profile):
            mail = _mail(submission)
        line.send(mail)
    except Exception as error:  # noqa: BLE001 whatever a mail server does
        # No traceback: it would show addresses. The work is on the learner's page anyway.
        logger.error(
            "a mail about submission %s was not sent: %s",
            submission.pk,
            type(error).__name__,
        )
        is_over = notice.attempts >= len(PAUSES)
        mine.update(
            state=State.DEAD if is_over else State.WAITING,
            next_try_at=None if is_over else now + PAUSES[notice.attempts],
        )
        return False
    mine.update(state=State.SENT, next_try_at=None)
    return True


def _returned(notice: AssignmentNotice) -> Submission | None:
    """Return the latest of a learner's attempts that is back."""
    return (
        Submission.objects.select_related(
            "assignment__classroom", "learner__profile", "learner__reminder_choice"
        )
        .filter(
            assignment_id=notice.assignment_id,
            learner_id=notice.learner_id,
            state=Submission.State.RETURNED,
        )
        .order_by("-attempt")
        .first()
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
