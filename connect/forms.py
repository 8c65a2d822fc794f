"""Forms of the pages that let other systems in; they only validate."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from schools.models import Classroom, School

from .models import Scope, WebhookEvent
from .services.platforms import PlatformFields

ENDS_IN_DAYS = [
    ("90", _("90 days")),
    ("365", _("a year")),
    ("0", _("when I revoke it")),
]
# What can be subscribed to; a test is sent by its button.
EVENTS = [choice for choice in WebhookEvent.choices if choice[0] != WebhookEvent.PING]


class SchoolForm(forms.Form):
    """A form about one of the schools that somebody manages."""

    school = forms.ModelChoiceField(
        queryset=School.objects.none(), label=_("School"), empty_label=None
    )

    def __init__(self, *args: Any, schools: QuerySet[School], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["school"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 for the types
        field.queryset = schools
        if schools.count() == 1:
            field.initial = schools.first()
            field.widget = field.hidden_widget()


class TokenForm(SchoolForm):
    """A new token."""

    name = forms.CharField(
        max_length=80,
        label=_("What is it for?"),
        help_text=_("The other system's name, so that you know it later."),
    )
    scopes = forms.MultipleChoiceField(
        choices=Scope.choices,
        widget=forms.CheckboxSelectMultiple,
        label=_("It may"),
        error_messages={"required": _("Choose at least one thing that it may do.")},
    )
    days = forms.ChoiceField(choices=ENDS_IN_DAYS, label=_("It ends in"), initial="365")

    def expires_at(self) -> datetime | None:
        """Return when it ends, none: never by itself."""
        days = int(self.cleaned_data["days"])
        return timezone.now() + timedelta(days=days) if days else None


class WebhookForm(SchoolForm):
    """A new webhook."""

    url = forms.URLField(
        max_length=500,
        assume_scheme="https",
        label=_("Address"),
        help_text=_("Where the other system listens; it has to begin with https://."),
    )
    events = forms.MultipleChoiceField(
        choices=EVENTS,
        widget=forms.CheckboxSelectMultiple,
        label=_("Tell it when"),
        error_messages={"required": _("Choose at least one thing to tell.")},
    )


class PlatformForm(SchoolForm):
    """A learning platform, as its own page about tools describes it."""

    name = forms.CharField(
        max_length=120,
        label=_("Name"),
        help_text=_("Learners see it when they arrive."),
    )
    issuer = forms.CharField(
        max_length=255, label=_("Issuer"), help_text=_("Also “platform ID”.")
    )
    client_id = forms.CharField(max_length=255, label=_("Client ID"))
    deployment_id = forms.CharField(max_length=255, label=_("Deployment ID"))
    auth_url = forms.URLField(
        max_length=200, assume_scheme="https", label=_("Authentication request URL")
    )
    token_url = forms.URLField(
        max_length=200, assume_scheme="https", label=_("Access token URL")
    )
    keyset_url = forms.URLField(
        max_length=200, assume_scheme="https", label=_("Public keyset URL")
    )
    audience = forms.CharField(
        max_length=255,
        required=False,
        label=_("Audience of access tokens"),
        help_text=_("Only if your platform names one."),
    )

    def platform(self) -> PlatformFields:
        """Return what was typed in."""
        names = PlatformFields.__dataclass_fields__
        return PlatformFields(**{name: self.cleaned_data[name] for name in names})


class DeploymentForm(forms.Form):
    """Another place in the same platform."""

    deployment_id = forms.CharField(max_length=255, label=_("Deployment ID"))


class RecordsForm(SchoolForm):
    """Which learning records are downloaded."""

    classroom = forms.ModelChoiceField(
        queryset=Classroom.objects.none(),
        required=False,
        label=_("Class"),
        empty_label=_("All classes"),
    )
    first_day = forms.DateField(
        label=_("From"), widget=forms.DateInput(attrs={"type": "date"})
    )
    last_day = forms.DateField(
        label=_("To"), widget=forms.DateInput(attrs={"type": "date"})
    )

    def __init__(self, *args: Any, schools: QuerySet[School], **kwargs: Any) -> None:
        super().__init__(*args, schools=schools, **kwargs)
        field = self.fields["classroom"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 for the types
        field.queryset = Classroom.objects.filter(
            school__in=schools.values("pk")
        ).select_related("school")

    def clean(self) -> dict[str, Any]:
        """Refuse days in the wrong order and a class of another school."""
        given = super().clean() or {}
        first, last = given.get("first_day"), given.get("last_day")
        if first and last and last < first:
            self.add_error("last_day", _("The last day comes before the first."))
        classroom, school = given.get("classroom"), given.get("school")
        if classroom and school and classroom.school_id != school.pk:
            self.add_error("classroom", _("That class belongs to another school."))
        return given

    def moments(self) -> tuple[datetime, datetime]:
        """Return the beginning of the first day and the end of the last one, in UTC."""
        first, last = self.cleaned_data["first_day"], self.cleaned_data["last_day"]
        midnight = time(tzinfo=UTC)
        return (
            datetime.combine(first, midnight),
            datetime.combine(last + timedelta(days=1), midnight),
        )
