"""Forms of reviews. They only validate; services change things."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class ReviewSettingForm(forms.Form):
    """How well a learner wants to remember, and how much they do in a day."""

    retention = forms.IntegerField(
        label=_("How much you want to remember, in per cent"),
        min_value=70,
        max_value=97,
        help_text=_(
            "Of the cards asked on a day. 90 suits most people; more means more cards a day."
        ),
    )
    daily_cap = forms.IntegerField(
        label=_("At most so many cards a day"), min_value=1, max_value=999
    )
    new_a_day = forms.IntegerField(
        label=_("New ones among them"),
        min_value=0,
        max_value=200,
        help_text=_("Each new card comes back several times in its first weeks."),
    )
