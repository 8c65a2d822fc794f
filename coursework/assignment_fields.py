"""A date with a time of day as a form field, entered by the clock of a school."""

from __future__ import annotations

from datetime import UTC, datetime, tzinfo
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .local_moments import Clock, NoSuchHour, moment_of

_WIRE = "%Y-%m-%dT%H:%M"
_YEARS_AHEAD = 5


class MomentField(forms.Field):
    """Takes what ``datetime-local`` sends, by the clock of ``zone``; returns a moment.

    ``later``: which of two hours of the same name is meant. ``note`` says in words what the
    clocks do, ``""`` where they do nothing. A moment that was not touched stays to the second.
    """

    widget = forms.DateTimeInput(
        attrs={"type": "datetime-local", "step": 60}, format=_WIRE
    )
    default_error_messages = {
        "invalid": gettext_lazy("Write a date and a time, such as 2026-09-30 18:00."),
        "far": gettext_lazy("That is too far away. Choose a date in the next years."),
    }

    def __init__(
        self, *, zone: tzinfo = UTC, later: bool = True, **options: Any
    ) -> None:
        super().__init__(**options)
        self.zone = zone
        self.later = later
        self.note = ""

    def prepare_value(self, value: Any) -> Any:
        """Return a moment as the school's clock shows it."""
        if isinstance(value, datetime):
            return value.astimezone(self.zone).strftime(_WIRE)
        return value

    def to_python(self, value: Any) -> datetime | None:
        """Return the moment in UTC. Raises ValidationError."""
        self.note = ""
        if value in self.empty_values:
            return None
        try:
            local = datetime.fromisoformat(str(value).strip())
        except ValueError:
            raise ValidationError(self.error_messages["invalid"]) from None
        if local.tzinfo is not None:
            raise ValidationError(self.error_messages["invalid"])
        if not 2000 <= local.year <= datetime.now(UTC).year + _YEARS_AHEAD:
            raise ValidationError(self.error_messages["far"])
        if isinstance(self.initial, datetime) and value == self.prepare_value(
            self.initial
        ):
            return self.initial
        try:
            moment = moment_of(local, self.zone, later=self.later)
        except NoSuchHour as gap:
            raise ValidationError(
                _(
                    "On that night clocks go forward, and %(time)s is not there. "
                    "Choose %(instead)s."
                )
                % {
                    "time": time_format(local.time(), "TIME_FORMAT"),
                    "instead": time_format(gap.instead.time(), "TIME_FORMAT"),
                }
            ) from None
        if moment.clock is Clock.TWICE:
            self.note = _(
                "On %(day)s clocks go back, and %(time)s is there twice. "
                "%(which)s of the two counts."
            ) % {
                "day": date_format(local, "MONTH_DAY_FORMAT"),
                "time": time_format(local.time(), "TIME_FORMAT"),
                "which": _("The later") if self.later else _("The earlier"),
            }
        return moment.at
