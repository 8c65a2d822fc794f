"""Forms about people. They only validate; services change things."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lessons.levels import L1_CHOICES

from .languages import language_choices
from .models import LearnerProfile

RETENTION_CHOICES = [
    (7, _("1 week")),
    (30, _("1 month")),
    (90, _("3 months")),
    (365, _("1 year")),
]
SAME_LANGUAGE = _(
    "This is the language you speak best. Choose the one you want to learn."
)
_NAME_MISSING = _("Tell us what to call you.")


def _l1_field() -> forms.ChoiceField:
    """Return the field for the first language; nothing is chosen for the person."""
    return forms.ChoiceField(
        label=_("Your first language"),
        choices=[("", _("Choose…")), *L1_CHOICES],
        help_text=_(
            "The one you speak best. It tells the tutor what may be hard for you."
        ),
        error_messages={"required": _("Choose the language you speak best.")},
    )


def refuse_first_language(form: forms.BaseForm) -> None:
    """Add an error to ``l2`` where it is ``l1``: nobody learns what they speak best."""
    if form.cleaned_data.get("l1") == form.cleaned_data.get("l2"):
        form.add_error("l2", SAME_LANGUAGE)


class ProfileForm(forms.ModelForm[LearnerProfile]):
    """What a person says about themselves."""

    l1 = _l1_field()
    interface_language = forms.ChoiceField(
        label=_("Language of the pages"),
        choices=language_choices,
        required=False,
        help_text=_("Of mails, too. What you learn is not translated."),
    )

    def clean(self) -> dict[str, Any] | None:
        """Refuse to learn the first language; who has taught in it so far may stay."""
        cleaned = super().clean()
        if {"l1", "l2"} & set(self.changed_data) and (cleaned or {}).get("l2"):
            refuse_first_language(self)
        return cleaned

    class Meta:
        model = LearnerProfile
        fields = (
            "display_name",
            "l1",
            "l2",
            "level",
            "goal",
            "daily_minutes",
            "theme",
            "interface_language",
        )
        labels = {
            "display_name": _("Your name"),
            "l2": _("Language to learn"),
            "level": _("Your level in it"),
            "goal": _("What do you want to be able to do?"),
            "daily_minutes": _("Minutes a day"),
            "theme": _("Colours"),
        }
        help_texts = {
            "display_name": _("What the tutor calls you. A nickname is fine."),
            "goal": _("For example: talk to customers, or pass an exam in June."),
            "daily_minutes": _("How long you would like to practise."),
        }
        error_messages = {"display_name": {"required": _NAME_MISSING}}
        widgets = {
            "display_name": forms.TextInput(attrs={"autocomplete": "nickname"}),
            "goal": forms.Textarea(attrs={"rows": 3}),
            "theme": forms.RadioSelect,
        }


class RecordingConsentForm(forms.Form):
    """Whether recordings are kept, and how long."""

    stores_recordings = forms.BooleanField(
        label=_("Keep recordings of my voice"), required=False
    )
    retention_days = forms.TypedChoiceField(
        label=_("Delete each recording after"), choices=RETENTION_CHOICES, coerce=int
    )

    @classmethod
    def for_profile(
        cls, profile: LearnerProfile, data: Any = None
    ) -> RecordingConsentForm:
        """Return the form as the profile stands."""
        form = cls(
            data,
            initial={
                "stores_recordings": profile.stores_recordings,
                "retention_days": profile.retention_days,
            },
        )
        return form
