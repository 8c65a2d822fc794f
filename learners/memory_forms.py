"""Forms of the page about the tutor's memory. They only validate; services change things."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from .models.learner_fact import FACT_MAX_CHARS


class MemoryChoiceForm(forms.Form):
    """Whether the tutor may remember what the learner tells."""

    remembers = forms.BooleanField(label=_("Remember what I tell"), required=False)


class FactForm(forms.Form):
    """A fact in other words."""

    text = forms.CharField(
        label=_("What you told"),
        max_length=FACT_MAX_CHARS,
        help_text=_("The tutor may come back to it. Leave out what is private."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("Write something, or delete it instead.")},
    )
