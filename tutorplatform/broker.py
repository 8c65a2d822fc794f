"""How Celery comes back to a broker that was away: soon, and without ending the worker."""

from __future__ import annotations

from typing import Any

from celery.app.amqp import AMQP
from kombu import Connection

# Celery's own pauses are 2, 4, 6 s and so on: a Redis that was back after three would be
# missed for six.
FIRST_S, STEP_S, LONGEST_S = 0.2, 0.2, 2.0


class ImpatientConnection(Connection):
    """Tries again after 0.2 s, then a little later each time, every 2 s at last.

    A connection that was lost with work under way cannot be put away in order: its messages
    are given back to a Redis that is not there. Celery takes that, then closes it once more;
    this close finds half of it gone and would end the worker. So it finds nothing.
    """

    def _ensure_connection(  # type: ignore[override]  # the rest is passed on
        self,
        errback: Any = None,
        max_retries: int | None = None,
        interval_start: Any = FIRST_S,
        interval_step: Any = STEP_S,
        interval_max: Any = LONGEST_S,
        **more: Any,
    ) -> Any:
        return super()._ensure_connection(
            errback, max_retries, interval_start, interval_step, interval_max, **more
        )

    def collect(self, socket_timeout: float | None = None) -> None:
        """Put away what there is of the connection. Raises what the transport raises."""
        try:
            super().collect(socket_timeout)
        finally:
            self._transport = self._connection = self._default_channel = None


class ImpatientAMQP(AMQP):
    """Celery's way to the broker, with these connections."""

    Connection = ImpatientConnection
    BrokerConnection = ImpatientConnection
