"""Seeing the site as somebody else: for a reason, for half an hour, and to look only."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from learners.models import User
from schools import audit
from schools.shared import shared_school

from .models import Impersonation
from .permissions import people_to_see_as

LASTS = timedelta(minutes=30)
LEAST_REASON_CHARS = 10


class NotAllowed(Exception):
    """This person cannot be impersonated by this one."""


@transaction.atomic
def begin(*, actor: User, person: User, reason: str, now: datetime) -> Impersonation:
    """Let somebody see the site as a person. Raises NotAllowed."""
    if not people_to_see_as(actor).filter(pk=person.pk).exists():
        raise NotAllowed
    for running in Impersonation.objects.filter(actor=actor, ended_at=None):
        end(running, now=now, why="another")
    begun = Impersonation.objects.create(
        actor=actor,
        person=person,
        school=shared_school(staff_id=actor.pk, learner_id=person.pk),
        reason=reason,
        started_at=now,
        ends_at=now + LASTS,
    )
    _record("impersonation.started", begun, now=now, reason=reason)
    return begun


@transaction.atomic
def end(running: Impersonation, *, now: datetime, why: str) -> None:
    """Stop it; one that is over stays as it is. ``why``: ``actor``, ``time`` or ``another``."""
    ended = Impersonation.objects.filter(pk=running.pk, ended_at=None)
    if ended.update(ended_at=min(now, running.ends_at)):
        _record("impersonation.ended", running, now=now, why=why)


def running(*, uuid: str, actor_id: int, now: datetime) -> Impersonation | None:
    """Return the one that goes on, None where its time or its permission is over."""
    try:
        wanted = UUID(uuid)
    except ValueError:
        return None
    found = (
        Impersonation.objects.select_related("actor", "person__profile")
        .filter(uuid=wanted, actor_id=actor_id, ended_at=None)
        .first()
    )
    if found is None:
        return None
    if found.ends_at <= now:
        end(found, now=now, why="time")
        return None
    if not people_to_see_as(found.actor).filter(pk=found.person_id).exists():
        end(found, now=now, why="permission")
        return None
    return found


def _record(
    action: str, one: Impersonation, *, now: datetime, reason: str = "", why: str = ""
) -> None:
    audit.record(
        action=action,
        now=now,
        actor=one.actor.uuid,
        school=one.school,
        subject=one.person.uuid,
        target="impersonation",
        target_uuid=one.uuid,
        reason=reason,
        detail={"why": why} if why else None,
    )
