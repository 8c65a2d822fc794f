"""The context of Today: what to do next, and how the day and the weeks went."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coursework.learner_work import WorkItem, work_to_do
from coursework.work_pages import WorkRow, work_rows
from learners.activity_selectors import calendar, streak
from learners.context import LearnerContext
from learners.course_selectors import lesson_progress, next_lesson
from learners.exercise_selectors import count_practice
from learners.local_time import time_zone
from learners.review_selectors import count_due
from learners.selectors import get_learner_context
from learners.services.review_cards import refresh_cards
from learners.sound_plan import next_drill
from lessons.models import Lesson
from lessons.sounds.contrast import Contrast
from sessions.activity import refresh_activity
from sessions.selectors import list_sessions

N_RECENT_SESSIONS = 3
CALENDAR_DAYS = 28
WEEK = 7
# What one exercise takes, in minutes.
PER_EXERCISE = 0.6
MOST_PRACTICE = 6
PER_CARD = 0.2
DRILL_MINUTES = 2
MOST_WORK = 3


@dataclass(frozen=True, slots=True)
class Step:
    """Something to do today. ``minutes`` is about how long it takes."""

    icon: str
    title: str
    text: str
    url: str
    minutes: int

    @property
    def icon_template(self) -> str:
        """The template of its icon."""
        return f"_icons/{self.icon}.html"


@dataclass(frozen=True, slots=True)
class Goal:
    """How much of the day's goal is done, in minutes; ``wanted`` 0: there is no goal."""

    minutes: int
    wanted: int

    @property
    def percent(self) -> int:
        """How much of it, 100 at most."""
        if not self.wanted:
            return 100 if self.minutes else 0
        return min(100, round(100 * self.minutes / self.wanted))

    @property
    def left(self) -> int:
        """Minutes that are left to do."""
        return max(0, self.wanted - self.minutes)


def today_context(
    *, learner_id: int, daily_minutes: int, now: datetime
) -> dict[str, Any]:
    """Return what ``pages/today.html`` shows; ``daily_minutes`` 0: there is no goal.

    Raises LearnerProfile.DoesNotExist.
    """
    refresh_activity(learner_id=learner_id, now=now)
    learner = get_learner_context(user_id=learner_id)
    sessions = list_sessions(learner_id=learner_id)
    recent = list(sessions[:N_RECENT_SESSIONS])
    talked = sessions.filter(turns__index__gt=0).values_list("lesson_id", flat=True)
    lesson = next_lesson(
        learner_id=learner_id,
        l2=learner.l2,
        level=learner.level,
        talked_ids=set(talked),
    )
    work = work_to_do(learner_id=learner_id, now=now)
    days = calendar(learner_id=learner_id, now=now, days=CALENDAR_DAYS)
    return {
        "learner": learner,
        "lesson": lesson,
        "lesson_begun": lesson is not None and _begun(learner_id, lesson),
        "is_new": not recent and not any(day.learned for day in days),
        "recent_sessions": recent,
        "work": _work(learner_id, work[:MOST_WORK], now),
        "n_more_work": max(0, len(work) - MOST_WORK),
        "steps": list(_steps(learner, learner_id, now)),
        "goal": Goal(days[-1].active_s // 60, daily_minutes),
        "streak": streak(learner_id=learner_id, now=now),
        "week": days[-WEEK:],
        "calendar": [days[at : at + WEEK] for at in range(0, CALENDAR_DAYS, WEEK)],
    }


def _work(learner_id: int, items: list[WorkItem], now: datetime) -> list[WorkRow]:
    """Return rows of what a teacher set; most learners have none."""
    if not items:
        return []
    return work_rows(items, zone=time_zone(learner_id=learner_id), now=now)


def _begun(learner_id: int, lesson: Lesson) -> bool:
    return lesson_progress(learner_id=learner_id, lesson=lesson) is not None


def _steps(learner: LearnerContext, learner_id: int, now: datetime) -> Iterator[Step]:
    l2 = learner.l2.split("-")[0]
    if step := _reviews(learner_id, l2, now):
        yield step
    if step := _drill(learner_id, now):
        yield step
    n_exercises = count_practice(learner_id=learner_id, l2=l2)
    if n_exercises:
        shown = min(n_exercises, MOST_PRACTICE)
        yield Step(
            icon="target",
            title=_("Practise your own sentences"),
            text=ngettext(
                "%(n)d exercise from your talks.",
                "%(n)d exercises from your talks.",
                shown,
            )
            % {"n": shown},
            url=reverse("sessions:practice"),
            minutes=max(1, round(PER_EXERCISE * shown)),
        )


def _reviews(learner_id: int, l2: str, now: datetime) -> Step | None:
    refresh_cards(learner_id=learner_id, l2=l2, now=now)
    due = count_due(learner_id=learner_id, l2=l2, now=now)
    if not due:
        return None
    return Step(
        icon="cards",
        title=_("Review"),
        text=ngettext(
            "%(n)d word or sentence is due.", "%(n)d words and sentences are due.", due
        )
        % {"n": due},
        url=reverse("sessions:reviews"),
        minutes=max(1, round(PER_CARD * due)),
    )


def _sounds(contrast: Contrast) -> str:
    """Name two sounds by words that have them, for people who read no IPA."""
    if contrast.pairs:
        pair = contrast.pairs[0]
        return _("%(one)s or %(other)s") % {"one": pair.word, "other": pair.other}
    return (
        f"/{contrast.sound}/, /{contrast.other}/"
        if contrast.other
        else f"/{contrast.sound}/"
    )


def _drill(learner_id: int, now: datetime) -> Step | None:
    drill = next_drill(learner_id, now=now)
    if drill is None:
        return None
    return Step(
        icon="wave",
        title=_("Two sounds: %(sounds)s") % {"sounds": _sounds(drill.contrast)},
        text=_("Hear them apart, then say them.")
        if drill.is_weakest
        else _("To find out how well you tell them apart."),
        url=reverse("sessions:drill"),
        minutes=DRILL_MINUTES,
    )
