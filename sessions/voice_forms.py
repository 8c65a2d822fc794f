"""The form of a tutor's voice. It only validates; services change things."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.validators import FileExtensionValidator
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

LANGUAGES = [
    ("en", _("English")),
    ("es", _("Spanish")),
    ("fr", _("French")),
    ("de", _("German")),
]
# A consent is looked at again from time to time.
LONGEST_DAYS = 730


def _a_year_from_now() -> date:
    return timezone.localdate() + timedelta(days=365)


class VoiceForm(forms.Form):
    """Whose voice it is, what they agreed to, and the recording in which they say so.

    ``places`` are the schools it can be for, by key, ``tutors`` whom it can be for.
    """

    school = forms.ChoiceField(label=_("For whom?"))
    giver_name = forms.CharField(
        label=_("Who gives the voice"),
        max_length=120,
        help_text=_("The name as it is said in the recording."),
    )
    language = forms.ChoiceField(
        label=_("Language"),
        choices=LANGUAGES,
        help_text=_("In which the statement is read and the tutor will speak."),
    )
    clip = forms.FileField(
        label=_("Recording of the statement"),
        help_text=_(
            "WAV, 6 to 30 seconds: this person alone reads the statement below, in a quiet "
            "room."
        ),
        validators=[FileExtensionValidator(["wav"])],
        widget=forms.ClearableFileInput(attrs={"accept": "audio/wav,.wav"}),
        error_messages={"required": _("Choose a recording, or record it here.")},
    )
    recorded_by = forms.CharField(
        label=_("Who recorded it"),
        max_length=120,
        help_text=_("Somebody who was there when the statement was read."),
    )
    recorded_on = forms.DateField(
        label=_("On which day"),
        widget=forms.DateInput(attrs={"type": "date"}),
        initial=timezone.localdate,
    )
    name = forms.CharField(
        label=_("What the voice is called here"),
        max_length=60,
    )
    avatar = forms.ChoiceField(label=_("Which tutor speaks with it?"), required=False)
    purpose = forms.CharField(
        label=_("What it may be used for"),
        max_length=200,
        initial=_("The tutor's voice in language lessons"),
    )
    until = forms.DateField(
        label=_("Until when"),
        help_text=_("Two years at most. The voice is deleted on the day after."),
        widget=forms.DateInput(attrs={"type": "date"}),
        initial=_a_year_from_now,
    )
    is_of_age = forms.BooleanField(
        label=_("This person is of age and agreed of their own free will"),
        error_messages={
            "required": _("Only grown-ups who agreed can give a voice."),
        },
    )

    def __init__(
        self,
        *args: Any,
        places: Sequence[tuple[str, str]],
        tutors: Sequence[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["school"] = forms.ChoiceField(
            label=_("For whom?"), choices=list(places)
        )
        self.fields["avatar"] = forms.ChoiceField(
            label=_("Which tutor speaks with it?"),
            choices=[("", _("Every tutor")), *tutors],
            required=False,
        )

    def clean_recorded_on(self) -> date:
        """Refuse a day that is not there yet."""
        day: date = self.cleaned_data["recorded_on"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("That day is still to come."))
        return day

    def clean_until(self) -> date:
        """Refuse a day that is over, or too far away."""
        day: date = self.cleaned_data["until"]
        today = timezone.localdate()
        if day < today:
            raise forms.ValidationError(_("That day is over."))
        if day > today + timedelta(days=LONGEST_DAYS):
            raise forms.ValidationError(_("Choose a day within two years."))
        return day
