"""The form of other rules for one learner. It only validates; services change things."""

from __future__ import annotations

from datetime import datetime, tzinfo
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .assignment_fields import MomentField
from .models import Assignment, Extension


class ExtensionForm(forms.Form):
    """More time, more attempts, or being excused; all empty takes it back."""

    due_at = MomentField(label=gettext_lazy("Due for this learner"), required=False)
    extra_attempts = forms.IntegerField(
        label=gettext_lazy("More attempts"),
        required=False,
        min_value=0,
        max_value=20,
    )
    is_excused = forms.BooleanField(
        label=gettext_lazy("Excuse them: they need not do it"), required=False
    )
    reason = forms.CharField(
        label=gettext_lazy("Why"),
        required=False,
        max_length=300,
        help_text=gettext_lazy("Only teachers of the class see this."),
    )

    def __init__(
        self,
        data: Any = None,
        *,
        zone: tzinfo,
        assignment: Assignment,
        known: Extension | None,
        now: datetime,
    ) -> None:
        initial: dict[str, Any] = {}
        if known is not None:
            names = ("due_at", "extra_attempts", "is_excused", "reason")
            initial = {name: getattr(known, name) for name in names}
        super().__init__(data, initial=initial)
        self.now = now
        field = self.fields["due_at"]
        assert isinstance(field, MomentField)  # noqa: S101 for the type checker
        field.zone, field.initial = zone, initial.get("due_at")
        if assignment.due_at is None:
            del self.fields["due_at"]
        if assignment.max_attempts is None:
            del self.fields["extra_attempts"]

    @property
    def notes(self) -> list[str]:
        """What the clocks do at the date that was entered."""
        field = self.fields.get("due_at")
        return [field.note] if isinstance(field, MomentField) and field.note else []

    def clean_due_at(self) -> datetime | None:
        """Refuse a date that is over, unless it was there before."""
        due_at: datetime | None = self.cleaned_data["due_at"]
        if due_at and due_at <= self.now and due_at != self.initial.get("due_at"):
            raise forms.ValidationError(_("That is over already. Choose a later time."))
        return due_at

    def clean(self) -> dict[str, Any]:
        """Return everything a service wants, also where a field is not shown."""
        cleaned: dict[str, Any] = super().clean() or {}
        cleaned.setdefault("due_at", None)
        cleaned["extra_attempts"] = cleaned.get("extra_attempts") or 0
        return cleaned
