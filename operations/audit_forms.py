"""What somebody looks for in the audit log."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from schools.models import School


class AuditFilter(forms.Form):
    """Person, school, action and time; each may be left empty."""

    person = forms.CharField(label=_("Person"), max_length=100, required=False)
    school = forms.ModelChoiceField(
        label=_("School"),
        queryset=School.objects.none(),
        to_field_name="uuid",
        empty_label=_("All"),
        required=False,
    )
    action = forms.RegexField(
        label=_("Action"),
        regex=r"^[a-z][a-z._-]*$",
        max_length=60,
        required=False,
        widget=forms.TextInput(attrs={"list": "audit-actions", "autocomplete": "off"}),
        error_messages={"invalid": _("Actions look like “mark.overruled” or “mark”.")},
    )
    first = forms.DateField(
        label=_("From"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    last = forms.DateField(
        label=_("To"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    before = forms.IntegerField(
        required=False, min_value=1, max_value=2**62, widget=forms.HiddenInput
    )

    def __init__(self, *args: Any, schools: QuerySet[School], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["school"]
        field.queryset = schools

    def clean_person(self) -> str:
        """Refuse what no database can look for."""
        return str(self.cleaned_data["person"]).replace("\x00", "").strip()

    def clean(self) -> dict[str, Any]:
        """Refuse a time that ends before it begins."""
        values: dict[str, Any] = super().clean() or {}
        first, last = values.get("first"), values.get("last")
        if first and last and first > last:
            self.add_error("last", _("This is before the first day."))
        return values
