"""What the pages of a learner's set work show."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from learners.local_time import time_zone
from learners.selectors import get_learner_context

from .assignment_states import EXERCISE_KINDS, TALK_KINDS, WorkState
from .doing import Done, done_in, exercises_of, is_talking
from .drill_words import sounds_of_drill
from .due_words import closing_words, due_words
from .learner_work import WorkItem, list_work
from .models import Assignment

# What a badge says, and how it looks.
STATE_WORDS: dict[WorkState, tuple[str | Promise, str]] = {
    WorkState.NOT_BEGUN: (gettext_lazy("Not begun"), ""),
    WorkState.BEGUN: (gettext_lazy("Begun"), "voice"),
    WorkState.HANDED_IN: (gettext_lazy("Handed in"), "good"),
    WorkState.LATE: (gettext_lazy("Handed in late"), "warn"),
    WorkState.RETURNED: (gettext_lazy("Marked"), "level"),
    WorkState.EXCUSED: (gettext_lazy("Excused"), ""),
}
_ICONS = {
    Assignment.Kind.LESSON: "book",
    Assignment.Kind.LESSON_TALK: "chat",
    Assignment.Kind.EXERCISES: "target",
    Assignment.Kind.ROLE_PLAY: "user",
    Assignment.Kind.TALK: "chat",
    Assignment.Kind.DRILL: "wave",
}
# A kind in a word or two, for lists; the model's own labels are for who sets it.
KIND_WORDS: dict[str, str | Promise] = {
    Assignment.Kind.LESSON: gettext_lazy("Lesson"),
    Assignment.Kind.LESSON_TALK: gettext_lazy("Talk of a lesson"),
    Assignment.Kind.EXERCISES: gettext_lazy("Exercises"),
    Assignment.Kind.ROLE_PLAY: gettext_lazy("Role play"),
    Assignment.Kind.TALK: gettext_lazy("Talk"),
    Assignment.Kind.DRILL: gettext_lazy("Two sounds"),
}
_SOON = timedelta(hours=36)
_MINUTE = 60


@dataclass(frozen=True, slots=True)
class WorkRow:
    """A row of a list: an assignment with when it is due, in words."""

    item: WorkItem
    due: str
    is_urgent: bool

    @property
    def assignment(self) -> Assignment:
        """The assignment."""
        return self.item.assignment

    @property
    def icon_template(self) -> str:
        """The template of the icon of its kind."""
        return f"_icons/{icon_of(self.item.assignment.kind)}.html"

    @property
    def kind_words(self) -> str:
        """What it is, in a word or two."""
        return str(KIND_WORDS[self.item.assignment.kind])

    @property
    def state_words(self) -> str:
        """Where the learner stands, in words."""
        return str(STATE_WORDS[self.item.state][0])

    @property
    def badge(self) -> str:
        """How the badge of this state looks."""
        return STATE_WORDS[self.item.state][1]

    @property
    def is_returned(self) -> bool:
        """Whether the teacher gave it back."""
        return self.item.state == WorkState.RETURNED


def icon_of(kind: str) -> str:
    """Return the name of the icon of a kind."""
    return _ICONS[Assignment.Kind(kind)]


def work_rows(items: list[WorkItem], *, zone: tzinfo, now: datetime) -> list[WorkRow]:
    """Return rows of a list, with due dates by the clock of a time zone."""
    rows = []
    for item in items:
        due_at = item.rules.due_at
        rows.append(
            WorkRow(
                item=item,
                due=due_words(due_at, now=now, zone=zone) if due_at else "",
                is_urgent=due_at is not None and due_at < now + _SOON,
            )
        )
    return rows


def work_list_context(*, learner_id: int, now: datetime) -> dict[str, Any]:
    """Return what ``work_list.html`` shows."""
    rows = work_rows(
        list_work(learner_id=learner_id, now=now),
        zone=time_zone(learner_id=learner_id),
        now=now,
    )
    waiting = [row for row in rows if row.item.is_to_do]
    missed = [
        row
        for row in rows
        if row.item.is_closed
        and row.item.state in (WorkState.NOT_BEGUN, WorkState.BEGUN)
    ]
    done = [row for row in rows if row not in waiting and row not in missed]
    done.sort(key=_latest_first)
    return {
        "to_do": waiting,
        "handed_in": [row for row in done if not row.is_returned],
        "returned": [row for row in done if row.is_returned],
        "missed": missed,
        "is_empty": not rows,
    }


def work_context(
    item: WorkItem, *, learner_id: int, now: datetime, preview: bool = False
) -> dict[str, Any]:
    """Return what ``work_detail.html`` shows of one assignment.

    ``preview``: a teacher looks at it as a learner will; ``learner_id`` is theirs.
    """
    zone = time_zone(learner_id=learner_id)
    assignment = item.assignment
    row = work_rows([item], zone=zone, now=now)[0]
    attempt = item.open_attempt
    done = done_in(_with(attempt, assignment)) if attempt else Done()
    closes_at = item.rules.closes_at
    late_percent = assignment.classroom.late_percent_a_day
    return {
        "item": item,
        "row": row,
        "assignment": assignment,
        "classroom": assignment.classroom,
        "zone": zone,
        "preview": preview,
        "kind_label": KIND_WORDS[assignment.kind],
        "sounds": sounds_of_drill(assignment),
        "closes": closing_words(closes_at, now=now, zone=zone) if closes_at else "",
        "late_percent": late_percent if item.rules.due_at else 0,
        "attempts": _attempts(item),
        "voice_url": _voice_url(assignment),
        "voice_s": round(assignment.instructions_ms / 1000),
        "has_talk": assignment.kind in TALK_KINDS,
        "has_exercises": assignment.kind in EXERCISE_KINDS,
        "n_exercises": len(exercises_of(assignment))
        if assignment.kind in EXERCISE_KINDS
        else 0,
        "is_drill": assignment.kind == Assignment.Kind.DRILL,
        "attempt": attempt,
        "done": done,
        "minutes": _minutes(assignment, done),
        "is_talking": attempt is not None and is_talking(attempt),
        "talk_is_over": attempt is not None
        and bool(done.turns)
        and not is_talking(attempt),
        "may_hand_in": attempt is not None and not done.is_empty and not item.is_closed,
        "stores_recordings": get_learner_context(user_id=learner_id).stores_recordings,
    }


@dataclass(frozen=True, slots=True)
class Minutes:
    """How much of the wanted minutes was spoken. Seconds are shown where it is little."""

    spoken_s: int
    wanted: int

    @property
    def percent(self) -> int:
        """How much of it, 100 at most."""
        return min(100, round(100 * self.spoken_s / (_MINUTE * self.wanted)))

    @property
    def is_enough(self) -> bool:
        """Whether the wanted minutes are reached."""
        return self.spoken_s >= _MINUTE * self.wanted

    @property
    def words(self) -> str:
        """How much was spoken, in words."""
        if self.spoken_s < _MINUTE:
            n = self.spoken_s
            return ngettext("%(n)d second", "%(n)d seconds", n) % {"n": n}
        n = self.spoken_s // _MINUTE
        return ngettext("%(n)d minute", "%(n)d minutes", n) % {"n": n}


def _minutes(assignment: Assignment, done: Done) -> Minutes | None:
    if not assignment.min_minutes:
        return None
    return Minutes(done.spoken_s, assignment.min_minutes)


def _attempts(item: WorkItem) -> str:
    """Return how many attempts there are and are left, in words."""
    most, left = item.rules.max_attempts, item.attempts_left
    if most is None or left is None:
        return _("As many attempts as you like")
    if left == most:
        return ngettext("%(n)d attempt", "%(n)d attempts", most) % {"n": most}
    return ngettext(
        "%(left)d of %(n)d attempt left", "%(left)d of %(n)d attempts left", most
    ) % {"n": most, "left": left}


def _voice_url(assignment: Assignment) -> str:
    if not assignment.instructions_path:
        return ""
    return reverse("coursework:work-instructions", args=(assignment.uuid,))


def _with(attempt: Any, assignment: Assignment) -> Any:
    """Give an attempt the assignment that is there already."""
    attempt.assignment = assignment
    return attempt


def _latest_first(row: WorkRow) -> float:
    done = row.item.done
    return -done.submitted_at.timestamp() if done and done.submitted_at else 0.0
