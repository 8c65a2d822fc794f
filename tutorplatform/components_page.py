"""The components of all pages on one page, each as it really is."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from learners.activity import Streak
from learners.activity_selectors import CalendarDay

from .today_page import CALENDAR_DAYS, WEEK, Goal, Step

COLOURS = (
    ("bg", "surface", "surface-sunk", "surface-raised", "line", "line-strong"),
    ("ink", "ink-muted", "accent", "accent-strong", "accent-soft"),
    ("voice", "voice-ink", "voice-soft"),
    ("good", "good-soft", "warn", "warn-soft", "bad", "bad-soft"),
)
SIZES = ("xs", "s", "m", "l", "xl", "2xl", "3xl")
ICONS = (
    "arrow", "back", "book", "cards", "chart", "chat", "check", "chevron", "error",
    "flame", "headphones", "history", "info", "lock", "mail", "mic", "phrasebook",
    "settings", "shield", "sign-out", "target", "today", "trash", "user", "warning",
    "wave",
)  # fmt: skip


class SampleForm(forms.Form):
    """One field of each kind; the first is faulty."""

    name = forms.CharField(
        label=_("Your name"), help_text=_("What the tutor calls you.")
    )
    level = forms.ChoiceField(label=_("Level"), choices=[("A1", "A1"), ("A2", "A2")])
    goal = forms.CharField(label=_("Goal"), required=False, widget=forms.Textarea)
    reminders = forms.BooleanField(label=_("Remind me by e-mail"), required=False)


def components_context(*, today: date) -> dict[str, Any]:
    """Return what ``pages/components.html`` shows."""
    days = [
        CalendarDay(
            day=today - timedelta(days=CALENDAR_DAYS - 1 - n),
            active_s=0 if n % 5 == 0 else 60 * (4 + n % 9),
            answers=0 if n % 5 == 0 else 3,
            goal_s=600,
            forgiven=n == CALENDAR_DAYS - 3,
        )
        for n in range(CALENDAR_DAYS)
    ]
    return {
        "colours": COLOURS,
        "sizes": SIZES,
        "icons": [f"_icons/{name}.html" for name in ICONS],
        "form": SampleForm({"level": "A2", "reminders": "on"}),
        "steps": [
            Step(
                "cards",
                gettext("Review"),
                gettext("12 words and sentences are due."),
                "#steps",
                4,
            )
        ],
        "goal": Goal(7, 10),
        "streak": Streak(days=12, learned_today=True, can_miss_today=False),
        "week": days[-WEEK:],
        "calendar": [days[at : at + WEEK] for at in range(0, CALENDAR_DAYS, WEEK)],
    }
