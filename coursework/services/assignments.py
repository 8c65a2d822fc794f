"""Assignments: made, changed, published, copied, archived, deleted."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext_lazy as _

from lessons.models import Lesson
from schools.audit import Detail, record
from schools.models import Classroom, Enrolment, LearnerGroup

from ..assignment_selectors import has_begun
from ..models import Assignment, AssignmentTarget, Rubric
from ..problem import WorkProblem
from ..signals import assignment_published
from .instructions import copy_instructions


class ClassIsArchived(WorkProblem):
    """Nothing new is set in a class that was put away."""

    message = _("This class is archived. Restore it first to set work in it.")


class LearnersBegan(WorkProblem):
    """A change would hurt who began already; ``fields`` names what."""

    message = _(
        "Learners have begun, so %(fields)s cannot be changed any more. Copy the "
        "assignment to set it differently."
    )

    def __init__(self, fields: Iterable[str]) -> None:
        self.fields = tuple(fields)
        super().__init__(fields=", ".join(self.fields))


class AlreadyDone(WorkProblem):
    """What learners did would go too."""

    message = _(
        "Learners have begun with this, and deleting it would delete what they did. "
        "Archive it instead: it leaves the list, and everything is kept."
    )


class NotInClass(WorkProblem):
    """A learner or group was named who is not in the class."""

    message = _("Somebody you chose is not in this class any more. Choose again.")


@dataclass(frozen=True, slots=True, kw_only=True)
class AssignmentFields:
    """All that a teacher says of an assignment; see the model. ``learners``: their ids."""

    title: str
    kind: str
    opens_at: datetime
    lesson: Lesson | None = None
    exercises: tuple[str, ...] = ()
    contrast: str = ""
    scenario: str = ""
    tutor_role: str = ""
    opening_line: str = ""
    instructions: str = ""
    instructions_path: str = ""
    instructions_ms: int = 0
    due_at: datetime | None = None
    closes_at: datetime | None = None
    max_attempts: int | None = None
    min_minutes: int | None = None
    goals: tuple[str, ...] = ()
    rubric: Rubric | None = None
    points: int = 100
    weight: int = 1
    group: LearnerGroup | None = None
    learners: tuple[int, ...] = ()

    def of_row(self) -> dict[str, object]:
        """Return the fields of the row; who it is for are rows of their own."""
        names = (name for name in self.__dataclass_fields__ if name != "learners")
        found = {name: getattr(self, name) for name in names}
        return found | {"goals": list(self.goals), "exercises": list(self.exercises)}


def create_assignment(
    *,
    classroom: Classroom,
    fields: AssignmentFields,
    publish: bool,
    author_id: int,
    actor: UUID,
    now: datetime,
) -> Assignment:
    """Set work in a class, as a draft or for learners to see from ``opens_at`` on.

    Raises ClassIsArchived or NotInClass.
    """
    with transaction.atomic():
        refuse_archived(classroom)
        refuse_strangers(classroom, fields)
        assignment = Assignment.objects.create(
            classroom=classroom,
            created_by_id=author_id,
            created_at=now,
            edited_at=now,
            published_at=now if publish else None,
            **fields.of_row(),
        )
        set_targets(assignment, fields.learners)
        record_of(assignment, "assignment.created", actor, now, {"kind": fields.kind})
        if publish:
            _tell_published(assignment, actor, now)
    return assignment


def publish_assignment(*, assignment_id: int, actor: UUID, now: datetime) -> Assignment:
    """Let learners see a draft, from its ``opens_at`` on; published twice is once."""
    with transaction.atomic():
        assignment = locked(assignment_id)
        refuse_archived(assignment.classroom)
        if assignment.published_at is None:
            assignment.published_at = now
            assignment.opens_at = max(assignment.opens_at, now)
            if assignment.due_at and assignment.due_at <= assignment.opens_at:
                raise DueIsOver
            assignment.save(update_fields=["published_at", "opens_at"])
            _tell_published(assignment, actor, now)
    return assignment


class DueIsOver(WorkProblem):
    """A draft lay too long."""

    message = _("The day on which this was due is over. Change the dates first.")


@transaction.atomic
def archive_assignment(
    *, assignment_id: int, is_archived: bool, actor: UUID, now: datetime
) -> None:
    """Put an assignment away with all that was done, or take it out again."""
    assignment = locked(assignment_id)
    if (assignment.archived_at is not None) == is_archived:
        return
    assignment.archived_at = now if is_archived else None
    assignment.save(update_fields=["archived_at"])
    action = "assignment.archived" if is_archived else "assignment.restored"
    record_of(assignment, action, actor, now)


def delete_assignment(*, assignment_id: int, actor: UUID, now: datetime) -> None:
    """Delete an assignment with which nobody began. Raises AlreadyDone."""
    try:
        with transaction.atomic():
            assignment = locked(assignment_id)
            if has_begun(assignment):
                raise AlreadyDone
            record_of(assignment, "assignment.deleted", actor, now)
            assignment.delete()
    except ProtectedError:
        raise AlreadyDone from None


@transaction.atomic
def copy_assignment(
    *,
    assignment_id: int,
    classroom: Classroom,
    title: str,
    author_id: int,
    actor: UUID,
    now: datetime,
) -> Assignment:
    """Make a draft like an assignment, in the same class or another one of the teacher's.

    Dates that are over are left out. For whom it is stays in the same class; in another
    one it is for all. Raises ClassIsArchived.
    """
    refuse_archived(classroom)
    source = locked(assignment_id)
    is_same = source.classroom_id == classroom.pk
    due_at = source.due_at if source.due_at and source.due_at > now else None
    closes_at = source.closes_at if due_at else None
    opens_at = max(source.opens_at, now) if due_at else now
    rubric = source.rubric
    if rubric and rubric.school_id not in (None, classroom.school_id):
        rubric = None
    copied = Assignment.objects.get(pk=source.pk)
    copied.pk = None
    copied._state.adding = True
    copied.uuid = Assignment._meta.get_field("uuid").get_default()
    copied.classroom, copied.title = classroom, title[:120]
    copied.group = source.group if is_same else None
    copied.opens_at, copied.due_at, copied.closes_at = opens_at, due_at, closes_at
    copied.rubric = rubric
    copied.instructions_path = copy_instructions(source.instructions_path)
    copied.published_at = copied.archived_at = None
    copied.created_by_id, copied.created_at, copied.edited_at = author_id, now, now
    copied.save()
    if is_same:
        set_targets(copied, source.targets.values_list("learner_id", flat=True))
    detail: Detail = {"from": str(source.uuid)}
    record_of(copied, "assignment.copied", actor, now, detail)
    return copied


def locked(assignment_id: int) -> Assignment:
    """Return an assignment that nobody else changes meanwhile."""
    return (
        Assignment.objects.select_for_update(of=("self",))
        .select_related("classroom__school")
        .get(pk=assignment_id)
    )


def set_targets(assignment: Assignment, learner_ids: Iterable[int]) -> None:
    """Have it for these learners; none: for the class or its group."""
    wanted = set(learner_ids)
    assignment.targets.exclude(learner_id__in=wanted).delete()
    there = set(assignment.targets.values_list("learner_id", flat=True))
    AssignmentTarget.objects.bulk_create(
        AssignmentTarget(assignment=assignment, learner_id=pk)
        for pk in sorted(wanted - there)
    )


def refuse_archived(classroom: Classroom) -> None:
    """Raise ClassIsArchived where nothing new is set."""
    if classroom.archived_at is not None:
        raise ClassIsArchived


def refuse_strangers(classroom: Classroom, fields: AssignmentFields) -> None:
    """Raise NotInClass where a learner or a group of another class is named."""
    if fields.group and fields.group.classroom_id != classroom.pk:
        raise NotInClass
    here = Enrolment.objects.filter(
        classroom=classroom, left_at=None, learner__in=fields.learners
    )
    if fields.learners and here.count() != len(set(fields.learners)):
        raise NotInClass


def _tell_published(assignment: Assignment, actor: UUID, now: datetime) -> None:
    record_of(assignment, "assignment.published", actor, now)
    pk = assignment.pk
    transaction.on_commit(
        lambda: assignment_published.send_robust(sender=Assignment, assignment_id=pk)
    )


def record_of(
    assignment: Assignment,
    action: str,
    actor: UUID,
    now: datetime,
    detail: Detail | None = None,
    subject: UUID | None = None,
) -> None:
    """Add what happened to an assignment to the audit log."""
    record(
        action=action,
        now=now,
        actor=actor,
        school=assignment.classroom.school.uuid,
        subject=subject,
        target="assignment",
        target_uuid=assignment.uuid,
        detail=detail,
    )
