"""Statements for who asked: all as lines of JSON, or a page at a time."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest

from schools.site_settings import site_name

from .events import EventKind, Place, Span, first_events, read_events
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
    found = first_events(span, after=after, limit=limit + 1)
    shown = [
        statement_of(event, home=home, platform=site_name()) for event in found[:limit]
    ]
    more = len(found) > limit
    return shown, _write(found[limit - 1].place) if more else None


def _write(place: Place) -> str:
    at, kind, uuid = place
    text = f"{at.isoformat()}|{kind}|{uuid}"
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def _read(cursor: str) -> Place:
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        at, kind, uuid = base64.urlsafe_b64decode(padded).decode().split("|")
        place = datetime.fromisoformat(at), EventKind(kind).value, str(UUID(uuid))
    except (ValueError, binascii.Error):
        raise CursorUnknown from None
    if place[0].tzinfo is None:
        raise CursorUnknown
    return place
