"""Forms for what counts on the whole site: settings and announcements."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from schools import site_settings
from schools.models import Announcement
from schools.site_settings import SETTINGS, Kind, Setting

GROUPS = {
    "site": _("The site"),
    "limits": _("Limits"),
    "prices": _("Prices, for the cost of an hour of talk"),
}


class SettingsForm(forms.Form):
    """Every setting as a field of its kind."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for setting in SETTINGS.values():
            self.fields[setting.key] = _field(setting)
            self.initial.setdefault(setting.key, site_settings.get(setting.key))

    def groups(self) -> list[tuple[Any, list[forms.BoundField]]]:
        """Return the fields under their headings."""
        return [
            (name, [self[one.key] for one in SETTINGS.values() if one.group == key])
            for key, name in GROUPS.items()
        ]


def _field(setting: Setting) -> forms.Field:
    words: dict[str, Any] = {
        "label": setting.name, "help_text": setting.help, "required": setting.required,
    }  # fmt: skip
    match setting.kind:
        case Kind.WHOLE:
            return forms.IntegerField(min_value=0, max_value=setting.most, **words)
        case Kind.MONEY:
            return forms.FloatField(min_value=0, max_value=setting.most, **words)
        case Kind.CHOICE:
            return forms.ChoiceField(choices=setting.choices, **words)
        case Kind.EMAIL:
            return forms.EmailField(**words)
    return forms.CharField(max_length=60, **words)


class AnnouncementForm(forms.ModelForm[Announcement]):
    """What everybody should know; translations are optional."""

    class Meta:
        model = Announcement
        fields = (
            "text", "level", "audience", "school", "starts_at", "ends_at", "is_dismissible",
        )  # fmt: skip
        widgets = {
            name: forms.DateTimeInput(
                attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"
            )
            for name in ("starts_at", "ends_at")
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        now = timezone.localtime().replace(second=0, microsecond=0)
        self.fields["starts_at"].initial = now
        self.fields["ends_at"].initial = now + timedelta(days=1)
        school: Any = self.fields["school"]
        school.empty_label = _("The whole site")
        for code, name in settings.LANGUAGES[1:]:
            self.fields[f"text_{code}"] = forms.CharField(
                label=name,
                max_length=300,
                required=False,
                initial=(self.instance.texts or {}).get(code, ""),
            )

    def translations(self) -> list[forms.BoundField]:
        """Return the fields of other languages."""
        return [self[f"text_{code}"] for code, _name in settings.LANGUAGES[1:]]

    def clean(self) -> dict[str, Any]:
        """Refuse an announcement that ends before it begins."""
        values: dict[str, Any] = super().clean() or {}
        begins, ends = values.get("starts_at"), values.get("ends_at")
        if begins and ends and ends <= begins:
            self.add_error("ends_at", _("It has to end after it begins."))
        return values

    def values(self) -> dict[str, Any]:
        """Return the fields of the model, translations by language."""
        found = {name: self.cleaned_data[name] for name in self.Meta.fields}
        texts = {
            code: self.cleaned_data[f"text_{code}"].strip()
            for code, _name in settings.LANGUAGES[1:]
        }
        return found | {"texts": {code: text for code, text in texts.items() if text}}
