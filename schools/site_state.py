"""What administrators decided, kept in memory: pages ask for it all the time.

``current()`` reads the few rows at most once in ``FRESH_S`` seconds in each process; what
this process writes counts at once, what another one writes after that time.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from .models import Announcement, SiteValue

FRESH_S = 5.0


@dataclass(frozen=True, slots=True)
class Notice:
    """An announcement as pages need it. ``school_id`` none: for the whole site."""

    uuid: UUID
    text: str
    texts: Mapping[str, str]
    level: str
    audience: str
    school_id: int | None
    starts_at: datetime
    ends_at: datetime
    is_dismissible: bool


@dataclass(frozen=True, slots=True)
class SiteState:
    """Settings by key, switches by key and school (none: the site), announcements."""

    settings: Mapping[str, Any] = field(default_factory=dict)
    switches: Mapping[tuple[str, int | None], bool] = field(default_factory=dict)
    notices: tuple[Notice, ...] = ()


_kept: tuple[SiteState, float] | None = None


def current() -> SiteState:
    """Return what is decided."""
    global _kept
    kept, now = _kept, time.monotonic()
    if kept is None or now >= kept[1]:
        kept = _kept = (_read(), now + FRESH_S)
    return kept[0]


def forget() -> None:
    """Read anew at the next question, also once this transaction is through."""
    _drop()
    transaction.on_commit(_drop)


def keep(state: SiteState, *, for_s: float) -> None:
    """Take a state as it is for so long, without asking the database."""
    global _kept
    _kept = (state, time.monotonic() + for_s)


def _drop() -> None:
    global _kept
    _kept = None


def _read() -> SiteState:
    settings: dict[str, Any] = {}
    switches: dict[tuple[str, int | None], bool] = {}
    for row in SiteValue.objects.all():
        if row.kind == SiteValue.Kind.SETTING:
            settings[row.key] = row.value
        else:
            switches[row.key, row.school_id] = row.value is True
    notices = tuple(
        Notice(
            uuid=row.uuid,
            text=row.text,
            texts=row.texts,
            level=row.level,
            audience=row.audience,
            school_id=row.school_id,
            starts_at=row.starts_at,
            ends_at=row.ends_at,
            is_dismissible=row.is_dismissible,
        )
        for row in Announcement.objects.order_by("-starts_at", "-pk")[:100]
    )
    return SiteState(settings, switches, notices)
