"""Where mails about work that came back are sent: beside the request that gave it back."""

from __future__ import annotations

import logging

from django.conf import settings
from django.db import DatabaseError, connections
from django.utils import timezone
from kombu.exceptions import OperationalError

from inference.protocols import Cancelled
from learners.job_queue import JobQueue

from .models import AssignmentNotice
from .services.return_mails import send_return_mails

TASK = "coursework.send_return_mails"
logger = logging.getLogger(__name__)


class ReturnMailQueue(JobQueue[str]):
    """Takes the wish that mails which wait are sent."""

    def __init__(self) -> None:
        super().__init__("return-mails", task=TASK, argument="why", work=_send)


def send_soon(why: str) -> None:
    """Have the mails sent that wait, if any. Without a broker the next round does it."""
    if not AssignmentNotice.objects.filter(state=AssignmentNotice.State.WAITING):
        return
    try:
        return_queue.put(why)
    except OperationalError:
        logger.warning("the broker is away; mails wait for the next round")


def take_up_return_mails() -> None:
    """Go on with what waited when the server stopped; with a broker it waits there."""
    if settings.CELERY_BROKER_URL:
        return
    try:
        send_soon("start")
    except DatabaseError as error:
        logger.error("Mails wait: %s", type(error).__name__)
    finally:
        connections.close_all()


def _send(why: str, cancelled: Cancelled) -> None:
    send_return_mails(now=timezone.now(), cancelled=cancelled)


return_queue = ReturnMailQueue()
