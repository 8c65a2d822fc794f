"""What set work does when talks end, and when mails are sent."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.dispatch import receiver

from learners.services.reminders import Sent
from sessions.signals import reminding, session_ended

from .services.notices import send_notices
from .services.return_mails import send_return_mails
from .services.submissions import note_talk_ended


@receiver(session_ended, dispatch_uid="coursework.count_what_was_said")
def count_what_was_said(session_uuid: UUID, **kwargs: Any) -> None:
    """Count what was said for the work that the talk was for."""
    note_talk_ended(session=session_uuid)


@receiver(reminding, dispatch_uid="coursework.tell_of_work")
def tell_of_work(now: datetime, **kwargs: Any) -> Sent:
    """Send the mails about set work with the reminders, and again what did not leave."""
    news, returned = send_notices(now=now), send_return_mails(now=now)
    return Sent(news.sent + returned.sent, news.failed + returned.failed)
