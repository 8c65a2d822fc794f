"""Whose pages an administrator uses while they see the site as somebody else.

Set for the time of a request; the audit log asks here, so that nothing done meanwhile is
written down as done by the person who only lent their pages.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from uuid import UUID

# Where the browser's session keeps it; sockets refuse whoever has it.
SESSION_KEY = "impersonation"


@dataclass(frozen=True, slots=True)
class Acting:
    """``actor`` uses the pages of ``person``."""

    actor: UUID
    person: UUID


_acting: ContextVar[Acting | None] = ContextVar("acting", default=None)


def current() -> Acting | None:
    """Return who acts as whom in this request."""
    return _acting.get()


@contextmanager
def acting_as(acting: Acting) -> Iterator[None]:
    """Say so for as long as the block lasts."""
    token = _acting.set(acting)
    try:
        yield
    finally:
        _acting.reset(token)
