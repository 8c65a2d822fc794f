"""What the teacher's pages of assignments show."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from learners.models import User
from schools.models import Classroom

from .assignment_selectors import has_begun
from .assignment_states import AssignmentState, WorkState, state_of
from .class_work import list_class_work, list_learners_work, zone_of
from .drill_words import sounds_of_drill
from .due_words import due_words
from .models import Assignment
from .work_pages import KIND_WORDS

TAB = "assignments"
STATE_LABELS: dict[AssignmentState, tuple[str | Promise, str]] = {
    AssignmentState.DRAFT: (_("Draft"), ""),
    AssignmentState.SCHEDULED: (_("Scheduled"), "level"),
    AssignmentState.OPEN: (_("Open"), "good"),
    AssignmentState.PAST: (_("Past"), ""),
    AssignmentState.ARCHIVED: (_("Archived"), "warn"),
}


def list_context(classroom: Classroom, *, now: datetime) -> dict[str, Any]:
    """Return what ``assignment_list.html`` shows: what is open first, the latest past first."""
    rows = list_class_work(classroom, now=now)
    by_state = {
        state: [r for r in rows if r.state is state] for state in AssignmentState
    }
    by_state[AssignmentState.PAST].reverse()
    return {
        "classroom": classroom,
        "tab": TAB,
        "zone": zone_of(classroom),
        "open": by_state[AssignmentState.OPEN],
        "scheduled": by_state[AssignmentState.SCHEDULED],
        "drafts": by_state[AssignmentState.DRAFT],
        "past": by_state[AssignmentState.PAST],
        "archived": by_state[AssignmentState.ARCHIVED],
        "is_empty": not rows,
    }


def detail_context(
    assignment: Assignment, *, now: datetime, only: User | None = None
) -> dict[str, Any]:
    """Return what ``assignment_detail.html`` shows; ``only``: the row of one learner."""
    rows = list_learners_work(assignment, now=now)
    zone = zone_of(assignment.classroom)
    state = state_of(assignment, now=now)
    label, badge = STATE_LABELS[state]
    due_at = assignment.due_at
    counted = {one: sum(row.state is one for row in rows) for one in WorkState}
    n_done = (
        counted[WorkState.HANDED_IN]
        + counted[WorkState.LATE]
        + counted[WorkState.RETURNED]
    )
    return {
        "classroom": assignment.classroom,
        "assignment": assignment,
        "tab": TAB,
        "zone": zone,
        "state": str(state),
        "kind_words": KIND_WORDS[assignment.kind],
        "state_label": label,
        "badge": badge,
        "due": due_words(due_at, now=now, zone=zone) if due_at else "",
        "sounds": sounds_of_drill(assignment),
        "rows": [row for row in rows if only is None or row.learner.pk == only.pk],
        "n_assigned": len(rows),
        "n_done": n_done,
        "n_late": counted[WorkState.LATE],
        "n_to_review": counted[WorkState.HANDED_IN] + counted[WorkState.LATE],
        "n_begun": counted[WorkState.BEGUN],
        "n_not_begun": counted[WorkState.NOT_BEGUN],
        "may_delete": not has_begun(assignment),
    }
