"""Where the actions of insights lead: a form that is filled in, a talk, a mail."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import quote, urlencode
from uuid import UUID

from django.urls import NoReverseMatch, reverse

from schools.models import Classroom

from ..models import Assignment
from .heat import Learner


def assignment_link(
    classroom: Classroom,
    kind: Assignment.Kind,
    learners: Sequence[Learner],
    *,
    title: str,
    contrast: str = "",
    lesson: str = "",
    goals: Sequence[str] = (),
) -> str:
    """Return the address of the form for new work, with all this filled in.

    ``learners`` none: the whole class.
    """
    fields: list[tuple[str, str]] = [("kind", kind.value), ("title", title)]
    fields += [
        (name, value)
        for name, value in (("contrast", contrast), ("lesson", lesson))
        if value
    ]
    fields += [("goals", goal) for goal in goals if goal]
    fields += [("learners", str(learner.uuid)) for learner in learners]
    base = address("coursework:assignment-create", classroom.uuid)
    return f"{base}?{urlencode(fields)}" if base else ""


def address(name: str, *arguments: object) -> str:
    """Return the address of a page, ``""`` where this site has no such page."""
    try:
        return reverse(name, args=arguments)
    except NoReverseMatch:
        return ""


def report_link(session: UUID | str) -> str:
    """Return where a talk's report is read."""
    return reverse("sessions:session-report", args=(session,))


def mail_link(learner: Learner, subject: str) -> str:
    """Return a link that begins a mail to a learner."""
    return (
        f"mailto:{quote(learner.email)}?subject={quote(subject)}"
        if learner.email
        else ""
    )
