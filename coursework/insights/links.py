"""Where the actions of insights lead: new work that is filled in, a talk, a mail."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import quote, urlencode
from uuid import UUID

from django.urls import reverse

from schools.models import Classroom

from ..assignment_forms import CLASS, LEARNERS
from ..class_work import zone_of
from ..models import Assignment
from .heat import Learner

_DAYS, _HOUR = 7, 20


@dataclass(frozen=True, slots=True)
class NewWork:
    """Work that could be set. ``url`` is its form, filled in.

    Sent there as they are, ``fields`` set it at once: due in a week, at ``due_at``.
    """

    url: str
    fields: tuple[tuple[str, Any], ...]
    due_at: datetime


def new_work(
    classroom: Classroom,
    kind: Assignment.Kind,
    learners: Sequence[Learner],
    *,
    title: str,
    now: datetime,
    contrast: str = "",
    lesson: str = "",
    scenario: str = "",
    goals: Sequence[str] = (),
) -> NewWork:
    """Return work of a kind for some learners; none: for the whole class."""
    goals = [goal for goal in goals if goal]
    texts = {
        "title": title[:120],
        "contrast": contrast,
        "scenario": scenario,
    }
    said = [(name, text) for name, text in texts.items() if text]
    asked = [("kind", kind.value), *said, *(("goals", goal) for goal in goals)]
    asked += [("learners", str(learner.uuid)) for learner in learners]
    if lesson:
        asked.append(("lesson", lesson))
    base = reverse("coursework:assignment-create", args=(classroom.uuid,))
    due_at = (now.astimezone(zone_of(classroom)) + timedelta(days=_DAYS)).replace(
        hour=_HOUR, minute=0, second=0, microsecond=0
    )
    fields: list[tuple[str, Any]] = [
        *said,
        ("goals", "\n".join(goals)),
        ("audience", LEARNERS if learners else CLASS),
        *(("learners", learner.id) for learner in learners),
        ("due_at", due_at.strftime("%Y-%m-%dT%H:%M")),
        ("points", 100),
        ("weight", 1),
        ("action", "publish"),
    ]
    if kind != Assignment.Kind.DRILL:
        fields.append(("min_minutes", 2))
    return NewWork(f"{base}?{urlencode(asked)}", tuple(fields), due_at)


def report_link(session: UUID | str) -> str:
    """Return where a talk's report is read."""
    return reverse("sessions:session-report", args=(session,))


def mail_link(learner: Learner, subject: str) -> str:
    """Return a link that begins a mail to a learner, ``""`` without an address."""
    if not learner.email:
        return ""
    return f"mailto:{quote(learner.email)}?subject={quote(subject)}"
