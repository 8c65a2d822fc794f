"""Reminders by e-mail: who gets one now, and sending it once.

Nobody is reminded who did not ask for it, who has done what they wanted today, or who was
reminded today already. Mails carry what RFC 8058 asks for, so that mail programs can offer
to end them with one click.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage
from django.db.models import Q, QuerySet, Sum
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from schools.site_settings import site_name
from tutor.languages.function_words import primary

from ..languages import receivers_language
from ..local_time import zone_named
from ..mail_line import MailLine
from ..models import ActivityDay, ReminderChoice
from ..review_selectors import count_due

logger = logging.getLogger(__name__)
# A day counts as used after so long, where no number of minutes was chosen.
ENOUGH_S = 60


@dataclass(frozen=True, slots=True)
class Sent:
    """How many reminders went out, and how many could not."""

    sent: int
    failed: int


def set_reminders(
    *, learner_id: int, is_on: bool, hour: int, tells_work: bool = True
) -> None:
    """Turn reminders on or off. ``hour`` is of the learner's own time zone.

    ``tells_work``: mails about work that teachers set.
    """
    choice, _made = ReminderChoice.objects.get_or_create(learner_id=learner_id)
    choice.is_on = is_on
    choice.hour = hour
    choice.tells_work = tells_work
    choice.full_clean()
    choice.save(update_fields=("is_on", "hour", "tells_work"))


def unsubscribe(*, token: UUID) -> bool:
    """End all these mails by the link in one; False where nobody has this link."""
    choice = ReminderChoice.objects.filter(token=token)
    return bool(choice.update(is_on=False, tells_work=False))


def send_reminders(*, now: datetime, refresh: Callable[[int], None]) -> Sent:
    """Send what is due. Safe to run often and by several at once: each is sent once a day.

    ``refresh`` brings the days of the learner with this id up to date, from all that is
    stored: who learned an hour ago is not reminded.
    """
    choices = ReminderChoice.objects.filter(
        is_on=True, learner__is_active=True, learner__profile__isnull=False
    ).select_related("learner__profile")
    with MailLine() as line:
        return _send_all(choices, line, now, refresh)


def _send_all(
    choices: QuerySet[ReminderChoice],
    line: MailLine,
    now: datetime,
    refresh: Callable[[int], None],
) -> Sent:
    sent = failed = 0
    for choice in choices.iterator():
        profile = choice.learner.profile
        here = now.astimezone(zone_named(profile.time_zone))
        if here.hour < choice.hour or not _is_open(choice, here.date()):
            continue
        refresh(choice.learner_id)
        if _has_done_enough(choice, here.date()):
            continue
        before = choice.sent_on
        if not _claimed(choice, here.date()):
            continue
        try:
            with receivers_language(profile):
                mail = _mail(choice, due=_n_due(choice, now))
            line.send(mail)
            sent += 1
        except Exception as error:  # noqa: BLE001 whatever a mail server does
            # No traceback: it would show addresses. The next run tries again.
            logger.error(
                "a reminder was not sent (%s): %s", choice.pk, type(error).__name__
            )
            ReminderChoice.objects.filter(pk=choice.pk).update(sent_on=before)
            failed += 1
    return Sent(sent, failed)


def _is_open(choice: ReminderChoice, today: date) -> bool:
    return choice.sent_on is None or choice.sent_on < today


def _claimed(choice: ReminderChoice, today: date) -> bool:
    """Take today's reminder; False where it is gone, or where the clock was set back."""
    open_today = Q(sent_on__isnull=True) | Q(sent_on__lt=today)
    return bool(
        ReminderChoice.objects.filter(open_today, pk=choice.pk, is_on=True).update(
            sent_on=today
        )
    )


def _has_done_enough(choice: ReminderChoice, today: date) -> bool:
    done = ActivityDay.objects.filter(learner_id=choice.learner_id, day=today)
    active_s = done.aggregate(s=Sum("active_s"))["s"] or 0
    minutes = choice.learner.profile.daily_minutes
    return bool(active_s >= (60 * minutes if minutes else ENOUGH_S))


def _n_due(choice: ReminderChoice, now: datetime) -> int:
    l2 = primary(choice.learner.profile.l2)
    return count_due(learner_id=choice.learner_id, l2=l2, now=now)


def _mail(choice: ReminderChoice, *, due: int) -> EmailMessage:
    site_url = settings.CARE["SITE_URL"]
    off = site_url + reverse("learners:reminders-off", args=(choice.token,))
    context = {
        "name": choice.learner.profile.display_name,
        "due": due,
        "minutes": choice.learner.profile.daily_minutes,
        "today_url": site_url + reverse("today"),
        "off_url": off,
        "site_name": site_name(),
    }
    subject = _("%(site)s: a few minutes for today") % {"site": site_name()}
    return EmailMessage(
        subject=subject,
        body=render_to_string("learners/email/reminder.txt", context),
        to=[choice.learner.email],
        headers={
            "List-Unsubscribe": f"<{off}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        },
    )
