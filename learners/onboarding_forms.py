"""Forms of the first steps and of levels. They only validate; services change things."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lessons.levels import L1_CHOICES, L2_CHOICES, CEFRLevel

from .forms import refuse_first_language

MAX_OWN_WORDS = 160
MINUTES = (5, 10, 15, 20, 30)
DEFAULT_MINUTES = 10

REASONS = {
    "travel": _("Travel"),
    "work": _("Work"),
    "study": _("School or studies"),
    "exam": _("An exam"),
    "people": _("Family and friends"),
    "move": _("A new country"),
    "films": _("Films, books, games"),
    "mind": _("Keeping my mind fit"),
}


class IntroductionForm(forms.Form):
    """Who somebody is and what they learn. The browser fills in the time zone."""

    display_name = forms.CharField(
        label=_("What shall the tutor call you?"),
        max_length=60,
        help_text=_("A nickname is fine."),
        widget=forms.TextInput(attrs={"autocomplete": "nickname"}),
        error_messages={"required": _("Tell us what to call you.")},
    )
    l1 = forms.ChoiceField(
        label=_("Which language do you speak best?"),
        choices=[("", _("Choose…")), *L1_CHOICES],
        help_text=_("It tells the tutor what may be hard for you."),
        error_messages={"required": _("Choose the language you speak best.")},
    )
    l2 = forms.ChoiceField(
        label=_("Which language do you want to speak?"),
        choices=L2_CHOICES,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the language you want to learn.")},
    )
    time_zone = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any] | None:
        """Refuse to learn the first language."""
        cleaned = super().clean()
        if (cleaned or {}).get("l2"):
            refuse_first_language(self)
        return cleaned

    def clean_time_zone(self) -> str:
        """Return it in the length that fits; one that is unknown is dropped later."""
        return str(self.cleaned_data["time_zone"])[:60]


class AimForm(forms.Form):
    """Why somebody learns, and how long a day."""

    reasons = forms.MultipleChoiceField(
        label=_("What do you learn it for?"),
        choices=list(REASONS.items()),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("As many as you like. The tutor picks topics by it."),
    )
    own_words = forms.CharField(
        label=_("In your own words"),
        max_length=MAX_OWN_WORDS,
        required=False,
        help_text=_("For example: talk to customers, or pass an exam in June."),
    )
    daily_minutes = forms.TypedChoiceField(
        label=_("How many minutes a day?"),
        choices=[(n, str(n)) for n in MINUTES],
        coerce=int,
        initial=DEFAULT_MINUTES,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose how long you would like to practise.")},
    )

    def reason_words(self) -> list[str]:
        """Return the chosen reasons in words."""
        return [str(REASONS[key]) for key in self.cleaned_data["reasons"]]


class LevelForm(forms.Form):
    """A level that a person says."""

    level = forms.ChoiceField(
        label=_("Level"),
        choices=CEFRLevel.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose a level."),
            "invalid_choice": _("Choose one of the six levels."),
        },
    )
