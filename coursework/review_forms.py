"""Forms of reviewing: they only read what was sent."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from .services.comments import MAX_CHARS
from .services.marks import REASON_MAX_CHARS, GivenMark

MAX_MS = 24 * 3600 * 1000
LEVEL = "level-"


class MarkForm(forms.Form):
    """A mark: points, or levels in fields ``level-<criterion>``."""

    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    points = forms.FloatField(
        required=False, label=_("Points"), localize=False, error_messages={
            "invalid": _("Give the points as a number, such as 7 or 7.5."),
        },
    )  # fmt: skip
    reason = forms.CharField(
        required=False, max_length=REASON_MAX_CHARS, label=_("Why")
    )

    def levels(self) -> dict[str, int]:
        """Return the levels that were chosen, by criterion; nonsense is left out."""
        return {
            name.removeprefix(LEVEL): int(value)
            for name, value in self.data.items()
            if name.startswith(LEVEL) and isinstance(value, str) and value.isdecimal()
        }

    def given(self) -> GivenMark:
        """Return what was chosen; the form has to be valid."""
        return GivenMark(
            version=self.cleaned_data["version"],
            points=self.cleaned_data["points"],
            levels=self.levels(),
            reason=self.cleaned_data["reason"],
        )


class CommentForm(forms.Form):
    """What is said about a submission, and where."""

    text = forms.CharField(required=False, max_length=MAX_CHARS)
    at_ms = forms.IntegerField(required=False, min_value=0, max_value=MAX_MS)
    turn = forms.IntegerField(required=False, min_value=0, max_value=100_000)
    parent = forms.UUIDField(required=False)


class OverrideForm(forms.Form):
    """What counts in the gradebook, by hand. Without points the override is taken back."""

    points = forms.FloatField(
        required=False,
        label=_("Points"),
        help_text=_("Empty: the marks of what was handed in count again."),
        error_messages={"invalid": _("Give the points as a number, such as 7 or 7.5.")},
    )
    reason = forms.CharField(
        max_length=REASON_MAX_CHARS,
        label=_("Why"),
        help_text=_("Kept with the mark. Learners do not see it."),
    )
    after = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    def __init__(self, *args: Any, most: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["points"].widget.attrs |= {"step": "any", "min": 0, "max": most}


class AcceptForm(forms.Form):
    """Which drafts are accepted: ``accept`` holds ``uuid:version:draft`` of each.

    Fields ``decide-<rubric id>-<criterion>`` hold a level for all of a rubric's.
    """

    accept = forms.MultipleChoiceField(required=False)

    def chosen(self) -> dict[str, tuple[int, str]]:
        """Return version and draft as they were shown, by uuid; nonsense is left out."""
        # A QueryDict has the list, whatever a field would say of unknown choices.
        sent = self.data.getlist("accept") if hasattr(self.data, "getlist") else []
        parts = (one.split(":") for one in sent)
        return {
            one[0]: (int(one[1]), one[2])
            for one in parts
            if len(one) == 3 and one[1].isdecimal()
        }

    def decided(self, rubric_id: int | None) -> dict[str, int]:
        """Return the levels that were decided for all work with a rubric."""
        start = f"decide-{rubric_id}-"
        return {
            name.removeprefix(start): int(value)
            for name, value in self.data.items()
            if name.startswith(start) and isinstance(value, str) and value.isdecimal()
        }
