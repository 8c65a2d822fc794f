"""Changing an assignment: freely before learners begin, then only what cannot hurt them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ..assignment_selectors import assigned_learner_ids
from ..models import Assignment, Submission
from ..problem import WorkProblem
from .assignments import (
    AssignmentFields,
    LearnersBegan,
    locked,
    record_of,
    refuse_archived,
    refuse_strangers,
    set_targets,
)
from .instructions import delete_instructions

# What an attempt consists of. The words are those of the form.
_CONTENT: dict[str, str | Promise] = {
    "kind": _("what is to be done"),
    "lesson": _("the lesson"),
    "exercises": _("the exercises"),
    "contrast": _("the two sounds"),
    "scenario": _("the situation"),
    "tutor_role": _("the tutor's role"),
    "opening_line": _("the first line"),
}


class ChangedMeanwhile(WorkProblem):
    """Somebody else changed it since it was opened."""

    message = _(
        "Somebody else changed this assignment meanwhile. What you wrote is still here: "
        "look at theirs in another tab, then save again to replace it."
    )


class LearnersLeftOut(WorkProblem):
    """It would be taken away from who began."""

    message = _("Somebody who has begun would lose this. Leave them in.")


def edit_assignment(
    *,
    assignment_id: int,
    fields: AssignmentFields,
    seen: datetime | None,
    actor: UUID,
    now: datetime,
) -> Assignment:
    """Change an assignment. ``seen`` is the ``edited_at`` that the teacher's page showed.

    Raises ChangedMeanwhile, LearnersBegan, LearnersLeftOut, NotInClass or ClassIsArchived.
    """
    with transaction.atomic():
        assignment = locked(assignment_id)
        refuse_archived(assignment.classroom)
        refuse_strangers(assignment.classroom, fields)
        if seen is not None and seen != assignment.edited_at:
            raise ChangedMeanwhile
        begun = set(assignment.submissions.values_list("learner_id", flat=True))
        if begun and (hurting := list(_hurting(assignment, fields))):
            raise LearnersBegan(map(str, hurting))
        new = fields.of_row()
        changed = [
            name for name, value in new.items() if _differs(assignment, name, value)
        ]
        old_voice = assignment.instructions_path
        for name, value in new.items():
            setattr(assignment, name, value)
        assignment.edited_at = now
        assignment.save()
        set_targets(assignment, fields.learners)
        left_out = _still_here(assignment, begun) - set(
            assigned_learner_ids(assignment)
        )
        if left_out:
            raise LearnersLeftOut
        record_of(
            assignment, "assignment.edited", actor, now, dict.fromkeys(changed, True)
        )
        if old_voice and old_voice != assignment.instructions_path:
            transaction.on_commit(lambda: delete_instructions(old_voice))
    return assignment


def _still_here(assignment: Assignment, learner_ids: set[int]) -> set[int]:
    enrolments = assignment.classroom.enrolments.filter(left_at=None)
    return set(
        enrolments.filter(learner__in=learner_ids).values_list("learner_id", flat=True)
    )


def _differs(assignment: Assignment, name: str, value: object) -> bool:
    return bool(getattr(assignment, name) != value)


def _hurting(old: Assignment, new: AssignmentFields) -> Iterator[str | Promise]:
    """Yield what would be worse for learners who began, in words."""
    row = new.of_row()
    for name, words in _CONTENT.items():
        if _differs(old, name, row[name]):
            yield words
    if new.opens_at > old.opens_at:
        yield _("the opening date, to a later one")
    if _sooner(new.due_at, old.due_at):
        yield _("the due date, to an earlier one")
    if _sooner(new.closes_at, old.closes_at):
        yield _("the closing date, to an earlier one")
    if _fewer(new.max_attempts, old.max_attempts):
        yield _("the attempts, to fewer")
    if (new.min_minutes or 0) > (old.min_minutes or 0):
        yield _("the minutes, to more")
    if not set(new.goals) <= set(old.goals):
        yield _("the goals, by new ones")
    if (new.rubric, new.points) != (old.rubric, old.points) and _is_marked(old):
        yield _("rubric and points, once something is marked")


def _sooner(new: datetime | None, old: datetime | None) -> bool:
    """Whether an end comes earlier; none is the latest."""
    return new is not None and (old is None or new < old)


def _fewer(new: int | None, old: int | None) -> bool:
    return new is not None and (old is None or new < old)


def _is_marked(assignment: Assignment) -> bool:
    return Submission.objects.filter(
        assignment=assignment, points__isnull=False
    ).exists()
