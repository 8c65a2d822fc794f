"""Announcements: who sees which now, and writing them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from . import audit, site_state
from .models import Announcement
from .site_state import Notice

# Pages show no more than this at once.
MOST_SHOWN = 2


@dataclass(frozen=True, slots=True)
class Reader:
    """Who looks at a page. ``school_ids`` is only asked where a school has news."""

    is_signed_in: bool
    is_staff: bool
    school_ids: Callable[[], Collection[int]]


def visible_notices(
    reader: Reader, *, now: datetime, dismissed: Collection[str]
) -> list[Notice]:
    """Return what somebody should read on a page, the latest first."""
    found = []
    schools: Collection[int] | None = None
    for one in site_state.current().notices:
        if not one.starts_at <= now < one.ends_at:
            continue
        if one.is_dismissible and str(one.uuid) in dismissed:
            continue
        if not _is_for(one, reader):
            continue
        if one.school_id is not None:
            schools = reader.school_ids() if schools is None else schools
            if one.school_id not in schools:
                continue
        found.append(one)
    return found[:MOST_SHOWN]


def text_of(notice: Notice, language: str) -> str:
    """Return its text in the language of a page, else as it was first written."""
    return notice.texts.get(language) or notice.text


@transaction.atomic
def save_announcement(
    *, uuid: UUID | None, values: Mapping[str, Any], by: UUID | None, now: datetime
) -> Announcement:
    """Write or change one; ``values`` are validated. Raises Announcement.DoesNotExist."""
    if uuid is None:
        one = Announcement(created_at=now, created_by=by, **values)
    else:
        one = Announcement.objects.select_for_update().get(uuid=uuid)
        for name, value in values.items():
            setattr(one, name, value)
    one.save()
    _tell("announcement.changed" if uuid else "announcement.made", one, by, now)
    return one


@transaction.atomic
def delete_announcement(*, uuid: UUID, by: UUID | None, now: datetime) -> None:
    """Take one away. Raises Announcement.DoesNotExist."""
    one = Announcement.objects.get(uuid=uuid)
    one.delete()
    _tell("announcement.deleted", one, by, now)


def _tell(action: str, one: Announcement, by: UUID | None, now: datetime) -> None:
    audit.record(
        action=action,
        now=now,
        actor=by,
        school=one.school.uuid if one.school else None,
        target="announcement",
        target_uuid=one.uuid,
    )
    site_state.forget()


def _is_for(notice: Notice, reader: Reader) -> bool:
    audience = Announcement.Audience(notice.audience)
    if audience is Announcement.Audience.EVERYBODY:
        return True
    if not reader.is_signed_in:
        return False
    if audience is Announcement.Audience.STAFF:
        return reader.is_staff
    return audience is Announcement.Audience.SIGNED_IN or not reader.is_staff
