"""What becomes of invitations and lists when a person is erased, and every day."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.dispatch import receiver

from schools.models import Invitation, RosterImport

from ..models import User
from ..signals import erasing, purging
from .imports import State, purge_previews

# What stands in the place of a row that was erased; it cannot be taken in.
ERASED = ("erased",)


@receiver(erasing, dispatch_uid="learners.forget_in_rosters")
def forget_in_rosters(*, user: User, **kwargs: Any) -> None:
    """Take an address out of invitations, and out of lists that are not done."""
    Invitation.objects.filter(email=user.email).delete()
    for roster in RosterImport.objects.exclude(state=State.DONE).select_for_update():
        kept = [
            {"line": row["line"], "errors": list(ERASED)}
            if row.get("email") == user.email
            else row
            for row in roster.rows
        ]
        if kept != roster.rows:
            RosterImport.objects.filter(pk=roster.pk).update(rows=kept)


@receiver(purging, dispatch_uid="learners.purge_rosters")
def purge_rosters(*, now: datetime, **kwargs: Any) -> int:
    """Forget lists that nobody confirmed."""
    return purge_previews(now=now)
