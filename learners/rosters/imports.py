"""Lists brought by staff: read for a preview, confirmed, given up."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from schools.audit import record
from schools.models import Classroom, RosterImport, School
from schools.permissions import teachable_classrooms
from schools.problem import SchoolProblem

from ..models import User
from .columns import read_heading
from .plan import Planned, Where, Will, plan_rows
from .rows import RosterRow, read_rows
from .table import NothingInIt, read_table

State = RosterImport.State
# Names and addresses of a list that nobody confirmed are not kept.
PREVIEW_KEPT: Final = timedelta(days=1)


class HasFaultyRows(SchoolProblem):
    """Not to be taken in as it is."""

    message = _(
        "Some rows have to be corrected. Correct them in your file and bring it again, or "
        "tick that they are left out."
    )


class AlreadyConfirmed(SchoolProblem):
    """Two clicks, or two people."""

    message = _("This list is being taken in already.")


def read_import(
    *,
    school: School,
    classroom: Classroom | None,
    file_name: str,
    content: bytes,
    by: User,
    now: datetime,
) -> RosterImport:
    """Keep a list for its preview; nobody is taken in yet. Raises FileProblem."""
    (_line, cells), *lines = read_table(content)
    heading = read_heading(cells)
    if not lines:
        raise NothingInIt
    rows = read_rows(heading, lines)
    roster = RosterImport(
        school=school,
        classroom=classroom,
        created_by=by,
        created_at=now,
        file_name=file_name[-120:],
        rows=[row.as_json() for row in rows],
        n_rows=len(rows),
    )
    with transaction.atomic():
        RosterImport.objects.filter(
            created_by=by, school=school, classroom=classroom, state=State.PREVIEW
        ).delete()
        roster.save()
    return roster


def kept_rows(roster: RosterImport) -> list[RosterRow]:
    """Return the rows of a list that is not done yet."""
    return [RosterRow.from_json(kept) for kept in roster.rows]


def where_of(roster: RosterImport, *, moves: bool | None = None) -> Where:
    """Return where the list goes, as whoever brought it may reach it now."""
    return Where(
        school=roster.school,
        classroom=roster.classroom,
        classes=teachable_classrooms(roster.created_by).filter(school=roster.school),
        moves=roster.moves if moves is None else moves,
    )


def preview(roster: RosterImport, *, moves: bool) -> list[Planned]:
    """Return what taking the list in would do now."""
    return plan_rows(where_of(roster, moves=moves), kept_rows(roster))


def count_outcomes(planned: Sequence[Planned]) -> dict[Will, int]:
    """Return how many rows come out how; all outcomes are in it."""
    counts = dict.fromkeys(Will, 0)
    for one in planned:
        counts[one.will] += 1
    return counts


@transaction.atomic
def confirm_import(
    *,
    roster_id: int,
    skips_faulty: bool,
    sends_mails: bool,
    moves: bool,
    site_url: str,
    now: datetime,
) -> RosterImport:
    """Have a list taken in. Raises HasFaultyRows and AlreadyConfirmed."""
    roster = (
        RosterImport.objects.select_for_update(of=("self",))
        .select_related("school", "classroom", "created_by")
        .get(pk=roster_id)
    )
    if roster.state != State.PREVIEW:
        raise AlreadyConfirmed
    n_faulty = count_outcomes(preview(roster, moves=moves))[Will.ERROR]
    if n_faulty and not skips_faulty:
        raise HasFaultyRows
    roster.state = State.QUEUED
    roster.n_faulty = n_faulty
    roster.skips_faulty, roster.sends_mails = skips_faulty, sends_mails
    roster.moves = moves
    roster.site_url = site_url[:200]
    roster.language = get_language() or ""
    roster.touched_at = now
    roster.save()
    record(
        action="roster.confirmed",
        now=now,
        actor=roster.created_by.uuid,
        school=roster.school.uuid,
        target="roster",
        target_uuid=roster.uuid,
        detail={"rows": roster.n_rows, "left_out": n_faulty},
    )
    return roster


def give_up_import(*, roster_id: int) -> None:
    """Forget a list that was not confirmed."""
    RosterImport.objects.filter(pk=roster_id, state=State.PREVIEW).delete()


def purge_previews(*, now: datetime) -> int:
    """Forget lists that were never confirmed; return how many."""
    n_deleted, _per_model = RosterImport.objects.filter(
        state=State.PREVIEW, created_at__lt=now - PREVIEW_KEPT
    ).delete()
    return n_deleted
