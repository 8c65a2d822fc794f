"""Writes the audit log; reading it is the administrators' page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from . import acting
from .models import AuditEntry

Detail = Mapping[str, str | int | float | bool | None]


def record(
    *,
    action: str,
    now: datetime,
    actor: UUID | None = None,
    acting_as: UUID | None = None,
    school: UUID | None = None,
    subject: UUID | None = None,
    target: str = "",
    target_uuid: UUID | None = None,
    reason: str = "",
    detail: Detail | None = None,
) -> None:
    """Add an entry; call it in the transaction of what it tells about.

    ``action`` is ``noun.past``. ``detail`` holds codes, numbers and identifiers, never what
    somebody said, their name or address. What an administrator does in the pages of somebody
    else is theirs, with ``acting_as`` saying whose pages it was.
    """
    entry(
        action=action,
        now=now,
        actor=actor,
        acting_as=acting_as,
        school=school,
        subject=subject,
        target=target,
        target_uuid=target_uuid,
        reason=reason,
        detail=detail,
    ).save()


def record_all(entries: Sequence[AuditEntry]) -> None:
    """Add many entries, made by ``entry``, at once."""
    AuditEntry.objects.bulk_create(entries)


def entry(
    *,
    action: str,
    now: datetime,
    actor: UUID | None = None,
    acting_as: UUID | None = None,
    school: UUID | None = None,
    subject: UUID | None = None,
    target: str = "",
    target_uuid: UUID | None = None,
    reason: str = "",
    detail: Detail | None = None,
) -> AuditEntry:
    """Return an entry that is not added yet, see ``record``."""
    impersonation = acting.current()
    if impersonation is not None and actor in (None, impersonation.person):
        actor, acting_as = impersonation.actor, impersonation.person
    return AuditEntry(
        action=action,
        at=now,
        actor=actor,
        acting_as=acting_as,
        school=school,
        subject=subject,
        target=target,
        target_uuid=target_uuid,
        reason=reason,
        detail=dict(detail or {}),
    )
