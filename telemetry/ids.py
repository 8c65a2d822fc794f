"""Which talk, turn, run or request something belongs to: for log lines, and across processes.

They are kept in context variables, so tasks and threads of asyncio and asgiref inherit them.
With an order for a worker go the trace context and the ids, as the headers ``traceparent``
and ``baggage`` (https://www.w3.org/TR/baggage/).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager

from structlog.contextvars import bound_contextvars, get_contextvars

from .spans import tracer

# What workers are told.
CARRIED = ("session", "turn")
_PLAIN = re.compile(r"[A-Za-z0-9-]{1,64}")


def about(**ids: str | int) -> AbstractContextManager[None]:
    """Say what everything is about that happens meanwhile. Ids only."""
    return bound_contextvars(**ids)


def carry() -> dict[str, str]:
    """Return what goes with an order: the current span, and the ids."""
    known = get_contextvars()
    ids = [f"{name}={known[name]}" for name in CARRIED if name in known]
    return {**tracer().carry(), **({"baggage": ",".join(ids)} if ids else {})}


@contextmanager
def carried(headers: Mapping[str, str]) -> Iterator[None]:
    """Go on with what came with an order. What is no plain id is left out."""
    with about(**_ids(headers.get("baggage", ""))), tracer().continued(headers):
        yield


def _ids(baggage: str) -> dict[str, str]:
    found = {}
    for entry in baggage.split(","):
        name, _, value = entry.strip().partition("=")
        if name in CARRIED and _PLAIN.fullmatch(value):
            found[name] = value
    return found
