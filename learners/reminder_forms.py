"""The form about reminders."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from .models import ReminderChoice

_HOURS = [(hour, f"{hour:02d}:00") for hour in range(24)]


class ReminderForm(forms.Form):
    """Whether, and at what hour of the learner's own day."""

    is_on = forms.BooleanField(label=_("Remind me by e-mail"), required=False)
    hour = forms.TypedChoiceField(
        label=_("At about"), choices=_HOURS, coerce=int, initial=17
    )

    tells_work = forms.BooleanField(
        label=_("Tell me by e-mail of work that my teachers set"),
        required=False,
        initial=True,
    )

    @classmethod
    def for_learner(cls, learner_id: int) -> ReminderForm:
        """Return the form with what the learner chose."""
        choice = ReminderChoice.objects.filter(learner_id=learner_id).first()
        if choice is None:
            return cls()
        return cls(
            initial={
                "is_on": choice.is_on,
                "hour": choice.hour,
                "tells_work": choice.tells_work,
            }
        )
