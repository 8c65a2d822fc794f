"""What the page of a list shows: its preview, its progress, what came of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.paginator import Paginator
from django.urls import reverse

from lessons.levels import language_name
from schools.models import Classroom, RosterImport

from .imports import State, count_outcomes, preview
from .mailing import UNSENT, waits_for_mails
from .plan import Planned, Will
from .taking_in import DEAD_AFTER
from .words import WILL, error_words

A_PAGE = 50
# In this order they are told.
TOLD = (Will.NEW, Will.ENROLLED, Will.MOVED, Will.INVITED, Will.UNCHANGED)


@dataclass(frozen=True, slots=True)
class ShownRow:
    """A row of the preview in words."""

    line: int
    email: str
    name: str
    classroom: str
    about: str
    will: str
    words: str
    errors: tuple[str, ...]
    elsewhere: bool


def preview_context(
    roster: RosterImport, *, show: str, page_number: str
) -> dict[str, Any]:
    """Return what would happen, faulty rows first where there are any."""
    planned = preview(roster, moves=False)
    # Whether these leave their other class is still to be chosen.
    elsewhere = {one.row.line for one in preview(roster, moves=True) if one.leaves}
    counts = count_outcomes(planned)
    n_faulty = counts[Will.ERROR]
    show = show if show in ("errors", "all") else "errors" if n_faulty else "all"
    if show == "errors":
        planned = [one for one in planned if one.will == Will.ERROR]
    page = Paginator(planned, A_PAGE).get_page(page_number)
    return {
        "n_faulty": n_faulty,
        "n_good": roster.n_rows - n_faulty,
        "n_moves": len(elsewhere),
        "n_new": counts[Will.NEW],
        "n_invited": counts[Will.INVITED],
        "does_something": len(elsewhere)
        + sum(
            counts[will] for will in Will if will not in (Will.ERROR, Will.UNCHANGED)
        ),
        "shows_classes": roster.classroom is None
        or any(one.row.classroom for one in planned),
        "counts": [(WILL[will], counts[will]) for will in TOLD if counts[will]],
        "show": show,
        "page": page,
        "rows": _rows(list(page.object_list), elsewhere),
    }


def progress_context(roster: RosterImport, *, now: datetime) -> dict[str, Any]:
    """Return how far a list is, or what came of it."""
    touched = roster.touched_at or roster.created_at
    stalled = roster.state == State.RUNNING and now - touched > DEAD_AFTER
    waits = roster.state == State.QUEUED and waits_for_mails(roster)
    n_to_send = len(roster.mails) - roster.n_mailed if waits else 0
    is_under_way = (
        roster.state in (State.QUEUED, State.RUNNING) and not stalled and not waits
    )
    unsent = [one for one in roster.problems if UNSENT in one]
    left_out = [one for one in roster.problems if UNSENT not in one]
    n_all = roster.n_rows + len(roster.mails)
    n_done = roster.n_done + roster.n_mailed
    return {
        "is_under_way": is_under_way,
        "has_stopped": stalled or roster.state == State.STOPPED,
        "is_mailing": is_under_way and roster.n_done == roster.n_rows,
        "n_all": max(n_all, 1),
        "n_steps": n_done,
        "counts": [
            (WILL[will], roster.outcomes[will])
            for will in TOLD
            if roster.outcomes.get(will)
        ],
        "problems": _told(left_out),
        "n_problems": len(left_out),
        "unsent": _told(unsent),
        "n_unsent": len(unsent),
        "n_to_send": n_to_send,
    }


def _told(problems: Sequence[list[Any]]) -> list[tuple[int, str]]:
    return [
        (line, " ".join(error_words(code) for code in codes))
        for line, *codes in problems[:A_PAGE]
    ]


def back_address(roster: RosterImport) -> str:
    """Return where whoever brought the list came from."""
    if roster.classroom is not None:
        return reverse("learners:class-detail", args=[roster.classroom.uuid])
    return reverse("learners:school-detail", args=[roster.school.uuid])


def _rows(planned: Sequence[Planned], elsewhere: set[int]) -> list[ShownRow]:
    return [
        ShownRow(
            line=one.row.line,
            email=one.row.email,
            name=one.row.name,
            classroom=_class_name(one.classroom) or one.row.classroom,
            about=" · ".join(
                part
                for part in (
                    language_name(one.row.l1) if one.row.l1 else "",
                    one.row.level,
                    one.row.external_id,
                )
                if part
            ),
            will=one.will.value,
            words=str(WILL[one.will]),
            errors=tuple(error_words(code) for code in one.errors),
            elsewhere=one.row.line in elsewhere,
        )
        for one in planned
    ]


def _class_name(classroom: Classroom | None) -> str:
    return classroom.name if classroom else ""
