"""The form of a portrait. It only validates; services change things."""

from __future__ import annotations

from django import forms
from django.core.validators import FileExtensionValidator
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

ORIGINS = [
    ("INVENTED", _("A person who does not exist: drawn or generated")),
    ("PHOTOGRAPH", _("A real person")),
]


class PortraitForm(forms.Form):
    """A picture, whom it shows, and what allows its use."""

    picture = forms.FileField(
        label=_("Picture"),
        help_text=_(
            "JPEG, PNG or WebP up to 6 MB: one face from the front, mouth shut."
        ),
        validators=[FileExtensionValidator(["jpg", "jpeg", "png", "webp"])],
        widget=forms.ClearableFileInput(
            attrs={"accept": "image/jpeg,image/png,image/webp"}
        ),
        error_messages={"required": _("Choose a picture.")},
    )
    name = forms.CharField(
        label=_("Name"),
        max_length=60,
        help_text=_("What learners call this tutor. It need not be the person's own."),
    )
    description = forms.CharField(
        label=_("What one sees"),
        max_length=200,
        help_text=_("Read out to learners who do not see the picture."),
    )
    origin = forms.ChoiceField(
        label=_("Whom does it show?"), choices=ORIGINS, widget=forms.RadioSelect
    )
    licence = forms.CharField(
        label=_("Where is it from, and what allows its use?"), max_length=200
    )
    consents = forms.BooleanField(
        label=_(
            "This person agreed that their picture is made to speak as a tutor on this "
            "site"
        ),
        required=False,
        help_text=_("Needed for every real person, yourself too."),
    )
    consent_name = forms.CharField(
        label=_("Who agreed"), max_length=120, required=False
    )
    consent_on = forms.DateField(
        label=_("On which day"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
    )

    def clean_consent_on(self) -> object:
        """Refuse a day that is not there yet."""
        day = self.cleaned_data["consent_on"]
        if day and day > timezone.localdate():
            raise forms.ValidationError(_("That day is still to come."))
        return day
