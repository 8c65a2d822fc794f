"""Sends what waits for other systems: at once where it can, else in the next round."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.utils import timezone
from kombu.exceptions import OperationalError

from inference.protocols import Cancelled
from learners.job_queue import JobQueue

from .grades.noting import catch_up
from .grades.sending import send_due as send_grades
from .lti.roster_orders import read_due_rosters
from .webhooks.sending import send_due as send_webhooks

logger = logging.getLogger(__name__)
TASK = "connect.send_waiting"


@dataclass(frozen=True, slots=True)
class Round:
    """What came of a round: messages and marks that arrived, and that did not."""

    arrived: int
    failed: int


def send_waiting(*, now: datetime, cancelled: Cancelled | None = None) -> Round:
    """Send the messages and marks that are due, and read the lists that wait.

    What was given back while nobody noted it, since a process ended, is noted first.
    """
    catch_up(now=now)
    messages = send_webhooks(now=now, cancelled=cancelled)
    marks = send_grades(now=now, cancelled=cancelled)
    read_due_rosters(now=now, cancelled=cancelled)
    return Round(messages.delivered + marks.delivered, messages.failed + marks.failed)


class PostQueue(JobQueue[str]):
    """Takes the wish that what waits is sent."""

    def __init__(self) -> None:
        super().__init__("post", task=TASK, argument="why", work=_send)


def send_soon(why: str) -> None:
    """Have what waits sent. Without a broker that can be reached the next round does it."""
    try:
        post_queue.put(why)
    except OperationalError:
        logger.warning("the broker is away; %s waits for the next round", why)


def take_up_post() -> None:
    """Go on with what waited when the server stopped; with a broker it waits there."""
    if not settings.CELERY_BROKER_URL:
        send_soon("start")


def _send(why: str, cancelled: Cancelled) -> None:
    send_waiting(now=timezone.now(), cancelled=cancelled)


post_queue = PostQueue()
