"""What taking a list in will do, row by row, as the database stands now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import QuerySet

from schools.models import Classroom, Enrolment, Membership, School

from ..models import User
from .rows import RosterRow


class Will(StrEnum):
    """What happens with a row. INVITED: their account is theirs, so they are asked."""

    NEW = "NEW"
    ENROLLED = "ENROLLED"
    MOVED = "MOVED"
    UNCHANGED = "UNCHANGED"
    INVITED = "INVITED"
    ERROR = "ERROR"


@dataclass(frozen=True, slots=True)
class Planned:
    """A row and what happens with it; ``leaves`` are the classes (ids) they leave."""

    row: RosterRow
    will: Will
    user: User | None = None
    classroom: Classroom | None = None
    leaves: tuple[int, ...] = ()

    @property
    def errors(self) -> tuple[str, ...]:
        """Return the codes of what is wrong with it."""
        return self.row.errors


@dataclass(frozen=True, slots=True)
class Where:
    """Into what a list goes; ``classes`` are those that whoever brings it may fill."""

    school: School
    classroom: Classroom | None
    classes: QuerySet[Classroom]
    moves: bool


@dataclass(frozen=True, slots=True)
class _Known:
    """What the database says of the rows' people."""

    users: dict[str, User]
    members: dict[int, Membership]
    numbers: dict[str, int]
    classes: dict[int, frozenset[int]]


def plan_rows(where: Where, rows: Sequence[RosterRow]) -> list[Planned]:
    """Return what happens with each row, in five queries however many there are."""
    known = _known(where, rows)
    by_name = {
        classroom.name.casefold(): classroom
        for classroom in where.classes.filter(
            school=where.school, archived_at=None
        ).select_related("school")
    }
    return [_plan(where, row, known, by_name) for row in rows]


def _plan(
    where: Where, row: RosterRow, known: _Known, by_name: dict[str, Classroom]
) -> Planned:
    user = known.users.get(row.email)
    member = known.members.get(user.pk) if user else None
    classroom, errors = _classroom(where, row, by_name)
    owner = known.numbers.get(row.external_id)
    if row.external_id and owner is not None and (user is None or owner != user.pk):
        errors.append("external_id.taken")
    if user is not None and not user.is_active:
        errors.append("account.off")
    if member is not None and member.role != Membership.Role.LEARNER:
        errors.append("account.staff")
    if errors or row.errors:
        return Planned(row.with_errors(*errors), Will.ERROR, user, classroom)
    if user is None:
        return Planned(row, Will.NEW, None, classroom)
    if member is None:
        return Planned(row, Will.INVITED, user, classroom)
    inside = known.classes.get(user.pk, frozenset())
    leaves = tuple(sorted(inside - {classroom.pk})) if where.moves and classroom else ()
    if leaves:
        return Planned(row, Will.MOVED, user, classroom, leaves)
    if classroom is not None and classroom.pk not in inside:
        return Planned(row, Will.ENROLLED, user, classroom)
    return Planned(row, Will.UNCHANGED, user, classroom)


def _classroom(
    where: Where, row: RosterRow, by_name: dict[str, Classroom]
) -> tuple[Classroom | None, list[str]]:
    if not row.classroom:
        return where.classroom, []
    found = by_name.get(row.classroom.casefold())
    return (found, []) if found else (None, ["class.unknown"])


def _known(where: Where, rows: Sequence[RosterRow]) -> _Known:
    emails = {row.email for row in rows if row.email}
    users = {user.email: user for user in User.objects.filter(email__in=emails)}
    ids = [user.pk for user in users.values()]
    members = Membership.objects.filter(school=where.school)
    numbers = {row.external_id for row in rows if row.external_id}
    classes: dict[int, frozenset[int]] = {}
    enrolments = Enrolment.objects.filter(
        learner__in=ids, left_at=None, classroom__in=where.classes.values("pk"),
        classroom__school=where.school, classroom__archived_at=None,
    ).values_list("learner_id", "classroom_id")  # fmt: skip
    for user_id, class_id in enrolments:
        classes[user_id] = classes.get(user_id, frozenset()) | {class_id}
    return _Known(
        users=users,
        members={
            member.user_id: member
            for member in members.filter(user__in=ids, left_at=None)
        },
        numbers=dict(
            members.filter(external_id__in=numbers).values_list(
                "external_id", "user_id"
            )
        ),
        classes=classes,
    )
