"""Set work as one learner meets it: what there is to do, and how far they are."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from .assignment_selectors import assignments_for
from .assignment_states import Rules, WorkState, latest_done, rules_for, work_state
from .models import Assignment, Extension, Submission

_ENDLESS = float("inf")


@dataclass(frozen=True, slots=True)
class WorkItem:
    """An assignment with what counts for a learner, and their attempts, the first first."""

    assignment: Assignment
    rules: Rules
    submissions: tuple[Submission, ...]
    now: datetime

    @property
    def state(self) -> WorkState:
        """Where the learner stands."""
        return work_state(list(self.submissions), self.rules)

    @property
    def is_to_do(self) -> bool:
        """Whether it waits to be done, and can be."""
        waiting = self.state in (WorkState.NOT_BEGUN, WorkState.BEGUN)
        return waiting and not self.is_closed

    @property
    def is_closed(self) -> bool:
        """Whether nothing is taken any more."""
        away = self.assignment.archived_at or self.assignment.classroom.archived_at
        return bool(away) or self.rules.is_closed(self.now)

    @property
    def is_overdue(self) -> bool:
        """Whether it waits to be done and the due moment is over."""
        due_at = self.rules.due_at
        waiting = self.state in (WorkState.NOT_BEGUN, WorkState.BEGUN)
        return waiting and due_at is not None and due_at < self.now

    @property
    def open_attempt(self) -> Submission | None:
        """The attempt that was begun and not handed in."""
        latest = self.submissions[-1] if self.submissions else None
        if latest is None or latest.state != Submission.State.STARTED:
            return None
        return latest

    @property
    def done(self) -> Submission | None:
        """The latest attempt that was handed in."""
        return latest_done(list(self.submissions))

    @property
    def attempts_left(self) -> int | None:
        """How often it can be begun anew, None: as often as they like."""
        if self.rules.max_attempts is None:
            return None
        used = self.submissions[-1].attempt if self.submissions else 0
        return max(0, self.rules.max_attempts - used)

    @property
    def may_begin(self) -> bool:
        """Whether another attempt can be begun."""
        return not self.is_closed and self.attempts_left != 0


def list_work(*, learner_id: int, now: datetime) -> list[WorkItem]:
    """Return all work that a learner can see, what is due first before the rest."""
    items = _items(assignments_for(learner_id=learner_id, now=now), learner_id, now)
    return sorted(items, key=_by_due)


def work_to_do(*, learner_id: int, now: datetime) -> list[WorkItem]:
    """Return what waits to be done, what is due first before the rest."""
    return [one for one in list_work(learner_id=learner_id, now=now) if one.is_to_do]


def get_work(*, learner_id: int, uuid: UUID, now: datetime) -> WorkItem:
    """Return one assignment of a learner. Raises Assignment.DoesNotExist."""
    found = assignments_for(learner_id=learner_id, now=now).filter(uuid=uuid)
    items = _items(found, learner_id, now)
    if not items:
        raise Assignment.DoesNotExist
    return items[0]


def _items(
    assignments: QuerySet[Assignment], learner_id: int, now: datetime
) -> list[WorkItem]:
    found = list(assignments)
    if not found:
        return []
    attempts = defaultdict(list)
    for submission in Submission.objects.filter(
        assignment__in=found, learner=learner_id
    ).order_by("attempt"):
        attempts[submission.assignment_id].append(submission)
    extensions = {
        extension.assignment_id: extension
        for extension in Extension.objects.filter(
            assignment__in=found, learner=learner_id
        )
    }
    return [
        WorkItem(
            assignment=assignment,
            rules=rules_for(assignment, extensions.get(assignment.pk)),
            submissions=tuple(attempts[assignment.pk]),
            now=now,
        )
        for assignment in found
    ]


def _by_due(item: WorkItem) -> tuple[float, float]:
    due_at = item.rules.due_at
    opened = item.assignment.opens_at.timestamp()
    return (due_at.timestamp() if due_at else _ENDLESS, opened)
