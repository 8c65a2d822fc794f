"""One cell of the gradebook with all that decides it, each kind of row read once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from schools.models import Classroom, LearnerGroup

from ..models import (
    Assignment,
    AssignmentTarget,
    Extension,
    MarkOverride,
    Submission,
)
from .arithmetic import Attempt, Cell
from .book import Given, cell_in


@dataclass(frozen=True, slots=True)
class CellRecord:
    """A cell and what it comes from, the latest first; ``by`` and ``given_by`` are joined."""

    cell: Cell
    submissions: tuple[Submission, ...]
    overrides: tuple[MarkOverride, ...]
    extension: Extension | None

    @property
    def after(self) -> int:
        """The override that a new one follows, 0 where there is none."""
        return self.overrides[0].pk if self.overrides else 0


def read_cell(
    *, assignment: Assignment, classroom: Classroom, learner_id: int, now: datetime
) -> CellRecord:
    """Return one learner's cell, by the same rules as the whole book; four queries."""
    of_cell = {"assignment": assignment, "learner_id": learner_id}
    submissions = tuple(
        Submission.objects.filter(**of_cell)
        .exclude(state=Submission.State.STARTED)
        .defer("draft")
        .order_by("-attempt")
    )
    overrides = tuple(
        MarkOverride.objects.filter(**of_cell).select_related("by__profile")
    )
    extension = (
        Extension.objects.filter(**of_cell).select_related("given_by__profile").first()
    )
    key = (assignment.pk, learner_id)
    given = Given(
        attempts={
            key: [Attempt(one.attempt, one.points, one.late_s) for one in submissions]
        },
        extensions={key: extension} if extension else {},
        overrides={key: overrides[0]} if overrides else {},
        targets={assignment.pk: _targets(assignment)},
        members=_members(assignment, learner_id),
    )
    return CellRecord(
        cell=cell_in(assignment, learner_id, given, classroom, now),
        submissions=submissions,
        overrides=overrides,
        extension=extension,
    )


def _targets(assignment: Assignment) -> set[int]:
    if assignment.group_id is not None:
        return set()
    rows = AssignmentTarget.objects.filter(assignment=assignment)
    return set(rows.values_list("learner_id", flat=True))


def _members(assignment: Assignment, learner_id: int) -> dict[int, set[int]]:
    if assignment.group_id is None:
        return {}
    through = LearnerGroup.members.through.objects
    is_in = through.filter(learnergroup=assignment.group_id, user_id=learner_id)
    return {assignment.group_id: {learner_id} if is_in.exists() else set()}
