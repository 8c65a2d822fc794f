"""The form with which a teacher closes a care flag. It only validates."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from .models.care_flag import NOTE_MAX_CHARS


class CareSeenForm(forms.Form):
    """What the teacher did about it, for other teachers."""

    note = forms.CharField(
        label=_("What you did, for other teachers"),
        max_length=NOTE_MAX_CHARS,
        required=False,
        help_text=_("The learner does not see this note on the site."),
        widget=forms.Textarea(attrs={"rows": 2, "autocomplete": "off"}),
        error_messages={"max_length": _("At most %(limit_value)d characters.")},
    )
