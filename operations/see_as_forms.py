"""The reason for seeing the site as somebody else."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from .impersonation import LEAST_REASON_CHARS


class SeeAsForm(forms.Form):
    """A written reason; it is kept in the audit log."""

    reason = forms.CharField(
        label=_("Why do you need to see their pages?"),
        help_text=_(
            "A sentence that somebody else understands later, for example the number of "
            "their question. It is kept in the audit log."
        ),
        min_length=LEAST_REASON_CHARS,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "required": _("Write down why."),
            "min_length": _("Say a little more, so that others understand it later."),
        },
    )
