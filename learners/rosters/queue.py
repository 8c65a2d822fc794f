"""Where lists are taken in."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.utils import timezone

from ..job_queue import Cancelled, JobQueue
from .taking_in import rosters_to_go_on, take_in_roster, waiting_rosters

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


def go_on_with_rosters(*, now: datetime) -> int:
    """Have mails of lists sent again that did not leave; return how many lists."""
    left = rosters_to_go_on(now=now)
    for uuid in left:
        roster_queue.put(uuid)
    return len(left)


roster_queue = RosterQueue()
