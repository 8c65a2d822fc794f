"""Statements for who asked: all as lines of JSON, or a page at a time."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Iterator
from datetime import datetime
from itertools import islice
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest

from schools.site_settings import site_name

from .events import Span, read_events
from .statements import statement_of


class CursorUnknown(Exception):
    """A cursor is none that was given out here."""


def home_of(request: HttpRequest) -> str:
    """Return the address that names this site in statements; it stays the same."""
    configured = str(settings.CARE["SITE_URL"])
    if configured:
        return configured
    parts = urlsplit(request.build_absolute_uri("/"))
    return f"{parts.scheme}://{parts.netloc}"


def lines(span: Span, *, home: str) -> Iterator[str]:
    """Yield each statement as a line of JSON."""
    for event in read_events(span):
        statement = statement_of(event, home=home, platform=site_name())
        yield json.dumps(statement, ensure_ascii=False, separators=(",", ":")) + "\n"


def page(
    span: Span, *, home: str, cursor: str | None, limit: int
) -> tuple[list[dict[str, Any]], str | None]:
    """Return up to ``limit`` statements after a cursor, and the next cursor.

    Raises CursorUnknown.
    """
    after = _read(cursor) if cursor else None
    if after is not None:
        span = Span(span.school, span.classroom, max(span.since, after[0]), span.until)
    read = read_events(span, a_time=limit + 1)
    events = (event for event in read if after is None or event.place > after)
    found = list(islice(events, limit + 1))
    shown = [
        statement_of(event, home=home, platform=site_name()) for event in found[:limit]
    ]
    more = len(found) > limit
    return shown, _write(found[limit - 1].place) if more else None


def _write(place: tuple[datetime, str, str]) -> str:
    at, kind, uuid = place
    text = f"{at.isoformat()}|{kind}|{uuid}"
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def _read(cursor: str) -> tuple[datetime, str, str]:
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        at, kind, uuid = base64.urlsafe_b64decode(padded).decode().split("|")
        moment = datetime.fromisoformat(at)
    except (ValueError, binascii.Error):
        raise CursorUnknown from None
    if moment.tzinfo is None:
        raise CursorUnknown
    return moment, kind, uuid
