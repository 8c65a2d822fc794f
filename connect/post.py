"""Sends what waits for other systems: at once where it can, else in the next round."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from kombu.exceptions import OperationalError

from inference.protocols import Cancelled
from learners.job_queue import JobQueue

from .grades.sending import send_due as send_grades
from .webhooks.sending import send_due as send_webhooks

logger = logging.getLogger(__name__)
TASK = "connect.send_waiting"


@dataclass(frozen=True, slots=True)
class Round:
    """What came of a round: messages and marks that arrived, and that did not."""

    arrived: int
    failed: int


def send_waiting(*, now: datetime) -> Round:
    """Send the messages and marks that are due."""
    messages, marks = send_webhooks(now=now), send_grades(now=now)
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


def _send(why: str, cancelled: Cancelled) -> None:
    send_waiting(now=timezone.now())


post_queue = PostQueue()
