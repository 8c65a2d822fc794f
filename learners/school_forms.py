"""Forms of schools. They only validate; services change things."""

from __future__ import annotations

from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.utils.translation import gettext_lazy as _

from schools.models import Membership, School, Term
from schools.services.schools import SchoolRules

# Old names and technical ones, which nobody looks for.
_NOT_OFFERED = ("Etc/", "SystemV/", "US/", "posix", "right/")


def time_zone_choices() -> list[tuple[str, str]]:
    """Return time zones by continent and city, with UTC first."""
    names = sorted(
        name
        for name in available_timezones()
        if "/" in name and not name.startswith(_NOT_OFFERED)
    )
    return [("UTC", "UTC"), *((name, name.replace("_", " ")) for name in names)]


class RulesForm(forms.ModelForm[School]):
    """What a school is called and decides for all of its people."""

    time_zone = forms.ChoiceField(
        label=_("Time zone"),
        choices=time_zone_choices,
        help_text=_("Due times are shown in it."),
    )

    class Meta:
        model = School
        fields = (
            "name", "time_zone", "records_minors", "retention_days",
            "learner_minutes_a_day", "minutes_a_day", "concurrent_sessions",
        )  # fmt: skip
        labels = {
            "name": _("Name of the school"),
            "records_minors": _("Our learners are minors"),
            "retention_days": _("Days that recordings are kept at most"),
            "learner_minutes_a_day": _("Minutes of talk a day for each learner"),
            "minutes_a_day": _("Minutes of talk a day, all learners together"),
            "concurrent_sessions": _("Talks at the same time"),
        }
        help_texts = {
            "retention_days": _("Empty: as each learner chose, a year at most."),
            "learner_minutes_a_day": _("Empty: no limit."),
            "minutes_a_day": _("Empty: no limit."),
            "concurrent_sessions": _(
                "Empty: no limit. Who comes later waits a moment."
            ),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("learner_minutes_a_day", "minutes_a_day", "concurrent_sessions"):
            self.fields[name].widget.attrs["min"] = 1

    def clean(self) -> dict[str, Any] | None:
        """Refuse a limit of nothing, which would be a school that cannot be used."""
        cleaned = super().clean() or {}
        for name in ("learner_minutes_a_day", "minutes_a_day", "concurrent_sessions"):
            if cleaned.get(name) == 0:
                self.add_error(name, _("At least 1, or nothing for no limit."))
        return cleaned

    def rules(self) -> SchoolRules:
        """Return what was entered as the service takes it."""
        return SchoolRules(**self.cleaned_data)


class NewSchoolForm(forms.Form):
    """A school to be made by who runs the site, and who will manage it."""

    name = forms.CharField(label=_("Name of the school"), max_length=120)
    key = forms.SlugField(
        label=_("Short name"),
        max_length=60,
        help_text=_("Small letters, figures and hyphens, for files and other systems."),
    )
    time_zone = forms.ChoiceField(label=_("Time zone"), choices=time_zone_choices)
    manager = forms.EmailField(
        label=_("E-mail address of its manager"),
        required=False,
        help_text=_("They get an invitation. You can invite somebody later, too."),
    )

    def clean_key(self) -> str:
        """Return the short name in small letters."""
        key: str = self.cleaned_data["key"]
        return key.lower()


class TermForm(forms.ModelForm[Term]):
    """A term: its name, first and last day."""

    class Meta:
        model = Term
        fields = ("name", "starts_on", "ends_on")
        labels = {"name": _("Name of the term")}
        widgets = {
            "starts_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "ends_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        }

    def clean(self) -> dict[str, Any] | None:
        """Refuse a term that ends before it begins."""
        cleaned = super().clean() or {}
        starts_on, ends_on = cleaned.get("starts_on"), cleaned.get("ends_on")
        if starts_on and ends_on and ends_on < starts_on:
            self.add_error("ends_on", _("The last day is before the first one."))
        return cleaned


class InviteStaffForm(forms.Form):
    """Somebody to be invited to a school by e-mail."""

    email = forms.EmailField(label=_("E-mail address"))
    role = forms.ChoiceField(
        label=_("As"), choices=Membership.Role.choices, initial="TEACHER"
    )


class MemberForm(forms.Form):
    """What somebody is in a school, and who takes over when they go."""

    role = forms.ChoiceField(label=_("Role"), choices=Membership.Role.choices)


class DepartureForm(forms.Form):
    """Who takes over the classes that only this person teaches."""

    successor = forms.ChoiceField(
        label=_("Who takes over their classes"), required=False
    )

    def __init__(
        self, *args: Any, people: list[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["successor"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", _("Nobody yet")), *people]
