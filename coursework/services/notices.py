"""Mails about set work: when it is new, and a day before it is due; each is sent once."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import datetime, timedelta

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from learners.languages import receivers_language
from learners.local_time import zone_named
from learners.mail_line import MailLine
from learners.models import ReminderChoice, User
from learners.placeholder_addresses import is_placeholder
from learners.services.reminders import Sent
from schools.site_settings import site_name

from ..assignment_selectors import assigned_learner_ids
from ..assignment_states import Rules, rules_for
from ..due_words import due_words
from ..models import Assignment, AssignmentNotice, Extension, Submission

logger = logging.getLogger(__name__)
# Work that has been open for longer is not news.
_NEWS = timedelta(days=3)
_SOON = timedelta(hours=24)
# Who was just told of it is not told again that it is due.
_QUIET = timedelta(hours=12)


def send_notices(*, now: datetime) -> Sent:
    """Send the mails that are due. Safe to run often and by several at once."""
    sent = failed = 0
    if not settings.CARE["SITE_URL"]:
        return Sent(0, 0)
    with MailLine() as line:
        for assignment in _current(now):
            for learner, rules, kind in _to_tell(assignment, now):
                notice = _claimed(assignment, learner, kind, now)
                if notice is None:
                    continue
                try:
                    with receivers_language(learner.profile):
                        mail = _mail(assignment, learner, rules, kind, now)
                    line.send(mail)
                    sent += 1
                except Exception as error:  # noqa: BLE001 whatever a mail server does
                    # No traceback: it would show addresses. The next run tries again.
                    logger.error(
                        "a mail about assignment %s was not sent: %s",
                        assignment.pk,
                        type(error).__name__,
                    )
                    notice.delete()
                    failed += 1
    return Sent(sent, failed)


def _current(now: datetime) -> QuerySet[Assignment]:
    """Return the work that may be news, or due for somebody soon."""
    is_new = Q(opens_at__gte=now - _NEWS) | Q(published_at__gte=now - _NEWS)
    is_due = Q(due_at__gt=now, due_at__lte=now + _SOON) | Q(
        extensions__due_at__gt=now, extensions__due_at__lte=now + _SOON
    )
    return (
        Assignment.objects.filter(
            is_new | is_due,
            published_at__isnull=False,
            opens_at__lte=now,
            archived_at=None,
            classroom__archived_at=None,
            classroom__school__is_active=True,
        )
        .select_related("classroom__school")
        .distinct()
    )


def _to_tell(
    assignment: Assignment, now: datetime
) -> Iterator[tuple[User, Rules, AssignmentNotice.Kind]]:
    """Yield who is to be told what, as far as they want mails and have one to do."""
    done = set(
        assignment.submissions.exclude(state=Submission.State.STARTED).values_list(
            "learner_id", flat=True
        )
    )
    told = {
        (notice.learner_id, notice.kind): notice.sent_at
        for notice in assignment.notices.all()
    }
    extensions: dict[int, Extension] = {
        one.learner_id: one for one in assignment.extensions.all()
    }
    people = User.objects.filter(
        pk__in=assigned_learner_ids(assignment), is_active=True, profile__isnull=False
    ).select_related("profile", "reminder_choice")
    for learner in people:
        rules = rules_for(assignment, extensions.get(learner.pk))
        if learner.pk in done or rules.is_excused or rules.is_closed(now):
            continue
        if not _wants_mail(learner):
            continue
        kind = _kind(assignment, rules, told, learner.pk, now)
        if kind is not None:
            yield learner, rules, kind


def _kind(
    assignment: Assignment,
    rules: Rules,
    told: dict[tuple[int, str], datetime],
    learner_id: int,
    now: datetime,
) -> AssignmentNotice.Kind | None:
    kinds = AssignmentNotice.Kind
    new_at = told.get((learner_id, kinds.NEW))
    published_at = assignment.published_at or assignment.opens_at
    since = max(assignment.opens_at, published_at)
    if new_at is None and since >= now - _NEWS:
        return kinds.NEW
    is_soon = rules.due_at is not None and now < rules.due_at <= now + _SOON
    is_quiet = new_at is not None and new_at > now - _QUIET
    if is_soon and not is_quiet and (learner_id, kinds.DUE_SOON) not in told:
        return kinds.DUE_SOON
    return None


def _wants_mail(learner: User) -> bool:
    choice = getattr(learner, "reminder_choice", None)
    is_on = choice is None or choice.tells_work
    return is_on and not is_placeholder(learner.email)


def _claimed(
    assignment: Assignment, learner: User, kind: AssignmentNotice.Kind, now: datetime
) -> AssignmentNotice | None:
    """Take this mail; None where somebody else sends it."""
    try:
        with transaction.atomic():
            return AssignmentNotice.objects.create(
                assignment=assignment, learner=learner, kind=kind, sent_at=now
            )
    except IntegrityError:
        return None


def _mail(
    assignment: Assignment,
    learner: User,
    rules: Rules,
    kind: AssignmentNotice.Kind,
    now: datetime,
) -> EmailMessage:
    site_url = settings.CARE["SITE_URL"]
    choice, _made = ReminderChoice.objects.get_or_create(learner_id=learner.pk)
    off = site_url + reverse("learners:reminders-off", args=(choice.token,))
    zone = zone_named(learner.profile.time_zone)
    due = due_words(rules.due_at, now=now, zone=zone) if rules.due_at else ""
    is_new = kind == AssignmentNotice.Kind.NEW
    context = {
        "name": learner.profile.display_name,
        "title": assignment.title,
        "classroom": assignment.classroom.name,
        "due": due,
        "is_new": is_new,
        "min_minutes": assignment.min_minutes,
        "work_url": site_url
        + reverse("coursework:work-detail", args=(assignment.uuid,)),
        "off_url": off,
        "site_name": site_name(),
    }
    subject = _("New work: %(title)s") if is_new else _("%(due)s: %(title)s")
    return EmailMessage(
        subject=subject % {"title": assignment.title, "due": capfirst(due)},
        body=render_to_string("coursework/email/work.txt", context),
        to=[learner.email],
        headers={
            "List-Unsubscribe": f"<{off}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        },
    )
