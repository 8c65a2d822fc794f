"""What the broker says: how long its queues are, and which workers answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from celery import current_app
from django.conf import settings
from django.core.cache import cache
from django.utils.translation import gettext as _
from kombu.exceptions import ChannelError, OperationalError

# Workers that do not answer so soon are said not to.
PATIENCE_S = 0.15
_KEPT_S = 15


@dataclass(frozen=True, slots=True)
class BrokerState:
    """Names with numbers of jobs; ``problem`` says what does not work."""

    queues: tuple[tuple[str, int], ...] = ()
    workers: tuple[tuple[str, int], ...] = ()
    problem: str = ""


def broker_state() -> BrokerState:
    """Return what the broker says, asked at most every few seconds."""
    if not settings.CELERY_BROKER_URL:
        return BrokerState()
    kept = cache.get_or_set("operations.broker", _ask, _KEPT_S)
    return kept if isinstance(kept, BrokerState) else BrokerState()


def _ask() -> BrokerState:
    try:
        with current_app.connection_for_read() as connection:
            connection.ensure_connection(max_retries=1, timeout=1)
            channel: Any = connection.default_channel
            queues = tuple(
                (name, _length(channel, name)) for name in settings.CELERY_TASK_QUEUES
            )
        active = current_app.control.inspect(timeout=PATIENCE_S).active() or {}
    except (OperationalError, OSError):
        return BrokerState(problem=_("The broker cannot be reached: no job is done."))
    workers = tuple(sorted((name, len(jobs)) for name, jobs in active.items()))
    problem = "" if workers else _("No worker answers: jobs wait until one is started.")
    return BrokerState(queues, workers, problem)


def _length(channel: Any, queue: str) -> int:
    """Return how many messages wait; a queue that nobody used yet is not there."""
    try:
        declared: tuple[str, int, int] = channel.queue_declare(queue, passive=True)
    except ChannelError:
        return 0
    return declared[1]
