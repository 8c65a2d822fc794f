"""Which live session of a talk is the latest: only that one may still write.

A server that stood still for a while, or lost sight of the others, may wake up and go on
with a talk that another one has taken up meanwhile. The database decides: each taking up
counts a number up, and whatever is written says its own number.
"""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.db import transaction
from django.db.models import F

from .models import TutoringSession


def take_up(*, session_uuid: UUID) -> int:
    """Make all earlier live sessions of a talk powerless; return the new one's number.

    Raises TutoringSession.DoesNotExist.
    """
    talk = TutoringSession.objects.filter(uuid=session_uuid)
    with transaction.atomic():
        # Waits for whoever is writing at this moment: what they wrote is seen afterwards.
        talk.update(generation=F("generation") + 1)
        return talk.values_list("generation", flat=True).get()


def generations_of(session_uuids: Collection[UUID]) -> dict[UUID, int]:
    """Return the latest number of each talk; one that was deleted is not in it."""
    talks = TutoringSession.objects.filter(uuid__in=session_uuids)
    return dict(talks.values_list("uuid", "generation"))
