"""Where lists are taken in."""

from __future__ import annotations

from uuid import UUID

from django.utils import timezone

from ..job_queue import Cancelled, JobQueue
from .taking_in import take_in_roster, waiting_rosters

TASK = "learners.take_in_roster"


class RosterQueue(JobQueue[UUID]):
    """Takes the lists that are to be taken in, by their uuid."""

    def __init__(self) -> None:
        super().__init__("roster", task=TASK, argument="roster", work=_take_in)


def _take_in(roster: UUID, cancelled: Cancelled) -> None:
    take_in_roster(roster, cancelled=cancelled)


def take_up_rosters() -> int:
    """Go on with what waited when the server stopped; return how many."""
    waiting = waiting_rosters(now=timezone.now())
    for uuid in waiting:
        roster_queue.put(uuid)
    return len(waiting)


roster_queue = RosterQueue()
