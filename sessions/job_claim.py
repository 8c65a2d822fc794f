"""One long job that this process has claimed, and whether anybody still wants it."""

from __future__ import annotations

import time
from threading import Event
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from inference.protocols import Cancelled

_TELL_EVERY_S = 1.0


class JobClaim:
    """What whoever does the job asks and tells; the row of the job knows of both.

    ``rows`` find the row for as long as this claim counts: none is left once it was
    deleted or somebody else has it. Its ``touched_at`` is the latest sign of life.
    """

    def __init__(self, rows: QuerySet[Any], cancelled: Cancelled) -> None:
        self._rows = rows
        self._cancelled = cancelled
        self._gone = Event()
        self._told_at = 0.0

    def is_set(self) -> bool:
        """Whether nobody wants it any more."""
        return self._gone.is_set() or self._cancelled.is_set()

    def tell(self, **fields: Any) -> None:
        """Write a sign of life and how far it is, once a second at most."""
        if time.monotonic() - self._told_at >= _TELL_EVERY_S:
            self._told_at = time.monotonic()
            self.keep(**fields)

    def keep(self, **fields: Any) -> bool:
        """Write to the row; return False if it was deleted or somebody else has it."""
        if not self._rows.update(touched_at=timezone.now(), **fields):
            self._gone.set()
        return not self._gone.is_set()
