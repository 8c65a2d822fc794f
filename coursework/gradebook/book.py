"""A class's gradebook: learners and assignments with what counts in each cell."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from schools.models import Classroom, Enrolment, LearnerGroup, Membership
from sessions.learners_talks import name_of

from ..assignment_states import rules_for
from ..models import (
    Assignment,
    AssignmentTarget,
    Extension,
    MarkOverride,
    Submission,
)
from .arithmetic import Attempt, Cell, CellInput, cell, rounded, total

_Key = tuple[int, int]


@dataclass(frozen=True, slots=True)
class LearnerRow:
    """A learner with a cell for each assignment, in the book's order."""

    learner_id: int
    uuid: str
    name: str
    email: str
    external_id: str
    cells: tuple[Cell, ...]
    total: Decimal | None


@dataclass(frozen=True, slots=True)
class Book:
    """A gradebook. ``means`` are of each assignment's marks in percent, rounded."""

    classroom: Classroom
    assignments: tuple[Assignment, ...]
    rows: tuple[LearnerRow, ...]
    means: tuple[Decimal | None, ...]
    mean_total: Decimal | None


@dataclass(frozen=True, slots=True)
class Given:
    """Everything of a class that decides cells, by (assignment, learner)."""

    attempts: dict[_Key, list[Attempt]]
    extensions: dict[_Key, Extension]
    overrides: dict[_Key, MarkOverride]
    targets: dict[int, set[int]]
    members: dict[int, set[int]]


def read_book(*, classroom: Classroom, now: datetime) -> Book:
    """Return the gradebook of who is in the class now; nine queries, whatever its size."""
    enrolments = list(
        Enrolment.objects.filter(classroom=classroom, left_at=None).select_related(
            "learner__profile"
        )
    )
    assignments = tuple(
        Assignment.objects.filter(
            classroom=classroom, published_at__isnull=False, archived_at=None
        ).order_by("due_at", "opens_at", "pk")
    )
    external = dict(
        Membership.objects.filter(
            school_id=classroom.school_id,
            user__in=[one.learner_id for one in enrolments],
        ).values_list("user_id", "external_id")
    )
    given = _read(assignments)
    rows = []
    for enrolment in enrolments:
        learner = enrolment.learner
        cells = tuple(
            cell_in(one, learner.pk, given, classroom, now) for one in assignments
        )
        rows.append(
            LearnerRow(
                learner_id=learner.pk,
                uuid=str(learner.uuid),
                name=name_of(learner),
                email=learner.email,
                external_id=external.get(learner.pk, ""),
                cells=cells,
                total=total(
                    (c, a.weight) for c, a in zip(cells, assignments, strict=True)
                ),
            )
        )
    rows.sort(key=lambda row: (row.name.casefold(), row.email))
    return Book(
        classroom=classroom,
        assignments=assignments,
        rows=tuple(rows),
        means=tuple(
            mean(row.cells[at].percent for row in rows)
            for at in range(len(assignments))
        ),
        mean_total=mean(row.total for row in rows),
    )


def mean(values: Iterable[Decimal | None]) -> Decimal | None:
    """Return the mean of what there is, rounded; None of nothing."""
    known = [value for value in values if value is not None]
    return rounded(sum(known, Decimal(0)) / len(known)) if known else None


def _read(assignments: tuple[Assignment, ...]) -> Given:
    ids = [one.pk for one in assignments]
    attempts: dict[_Key, list[Attempt]] = defaultdict(list)
    handed_in = Submission.objects.filter(assignment__in=ids).exclude(
        state=Submission.State.STARTED
    )
    for assignment, learner, number, points, late_s in handed_in.values_list(
        "assignment_id", "learner_id", "attempt", "points", "late_s"
    ):
        attempts[assignment, learner].append(Attempt(number, points, late_s))
    overrides: dict[_Key, MarkOverride] = {}
    for override in MarkOverride.objects.filter(assignment__in=ids).order_by(
        "at", "pk"
    ):
        overrides[override.assignment_id, override.learner_id] = override
    targets: dict[int, set[int]] = defaultdict(set)
    for assignment, learner in AssignmentTarget.objects.filter(
        assignment__in=ids
    ).values_list("assignment_id", "learner_id"):
        targets[assignment].add(learner)
    members: dict[int, set[int]] = defaultdict(set)
    groups = {one.group_id for one in assignments if one.group_id is not None}
    if groups:
        through = LearnerGroup.members.through.objects.filter(learnergroup__in=groups)
        for group, learner in through.values_list("learnergroup_id", "user_id"):
            members[group].add(learner)
    extensions = {
        (one.assignment_id, one.learner_id): one
        for one in Extension.objects.filter(assignment__in=ids)
    }
    return Given(attempts, extensions, overrides, targets, members)


def cell_in(
    assignment: Assignment,
    learner_id: int,
    given: Given,
    classroom: Classroom,
    now: datetime,
) -> Cell:
    """Return what counts for one learner and assignment."""
    key = (assignment.pk, learner_id)
    rules = rules_for(assignment, given.extensions.get(key))
    end = rules.due_at or rules.closes_at
    override = given.overrides.get(key)
    return cell(
        CellInput(
            of=assignment.points,
            attempts=tuple(given.attempts.get(key, ())),
            is_for_learner=_is_for(assignment, learner_id, given),
            is_excused=rules.is_excused,
            is_due=end is not None and end <= now,
            override=override.points if override else None,
        ),
        counted=classroom.counted_attempt,
        late_percent_a_day=classroom.late_percent_a_day,
    )


def _is_for(assignment: Assignment, learner_id: int, given: Given) -> bool:
    if assignment.group_id is not None:
        return learner_id in given.members.get(assignment.group_id, ())
    chosen = given.targets.get(assignment.pk)
    return not chosen or learner_id in chosen
