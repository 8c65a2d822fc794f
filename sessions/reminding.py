"""Reminders, by what learners did up to now."""

from __future__ import annotations

import logging
from datetime import datetime

from kombu.exceptions import OperationalError

from learners.rosters.queue import go_on_with_rosters
from learners.services.reminders import Sent, send_reminders

from .activity import refresh_activity
from .signals import reminding

logger = logging.getLogger(__name__)


def remind(*, now: datetime) -> Sent:
    """Send the reminders that are due, to nobody who has done enough today.

    Apps above send what they remind of as well; theirs are counted with the others.
    """
    try:
        go_on_with_rosters(now=now)
    except OperationalError:
        logger.warning("the broker is away; mails of lists wait for the next round")
    own = send_reminders(
        now=now,
        refresh=lambda learner_id: refresh_activity(learner_id=learner_id, now=now),
    )
    sent, failed = own.sent, own.failed
    for _receiver, answer in reminding.send_robust(sender=Sent, now=now):
        if isinstance(answer, Sent):
            sent, failed = sent + answer.sent, failed + answer.failed
        elif isinstance(answer, Exception):
            logger.error("mails were not sent: %s", type(answer).__name__)
            failed += 1
    return Sent(sent, failed)
