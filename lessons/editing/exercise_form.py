"""The form of an exercise, made from the schema of its type."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from pydantic import ValidationError as SchemaError

from ..course_files.exercises import BY_TYPE, PICTURES
from .lines import as_lines, read_parts, read_texts, schema_words

_LABELS: dict[str, Any] = {
    "prompt": _("What the learner reads"),
    "answer": _("The right answer"),
    "alternatives": _("Just as right"),
    "choices": _("Choices"),
    "pieces": _("Pieces, in the right order"),
    "pairs": _("Pairs"),
    "task": _("What to do"),
    "text": _("The sentence"),
    "words": _("The two words"),
    "question": _("The question"),
    "wanted": _("Words to use"),
    "example": _("A good answer"),
    "fewest_words": _("Fewest words"),
    "picture": _("Picture"),
    "situation": _("The situation"),
    "tutor_role": _("The tutor plays"),
    "opening_line": _("It starts with"),
    "goals": _("Goals"),
    "hint": _("Hint"),
}
_HELP: dict[tuple[str, str], Any] = {
    ("gap_fill", "prompt"): _("Write the gap as ___ (three underscores)."),
    ("gap_fill", "choices"): _(
        "One a line, the right one among them; none: it is typed."
    ),
    ("reorder", "pieces"): _("One a line; none: the answer is cut at its spaces."),
    ("match", "pairs"): _("Three to six, one a line: left | right"),
}
_ONE_A_LINE = _("One a line.")
_LONG = 200


class ExerciseForm(forms.Form):
    """The fields of one type of exercise."""

    def __init__(self, *args: Any, kind: str, **options: Any) -> None:
        super().__init__(*args, **options)
        self.kind = kind
        self.model = BY_TYPE[kind]
        schema = self.model.model_json_schema()
        required = set(schema.get("required", ()))
        properties = {
            name: about
            for name, about in schema["properties"].items()
            if name != "type"
        }
        # A hint, which every type has, comes last.
        for name in sorted(properties, key="hint".__eq__):
            self.fields[name] = self._field(name, properties[name], name in required)

    @staticmethod
    def values_of(data: dict[str, Any]) -> dict[str, Any]:
        """Return what the form shows of an exercise's data."""
        return {
            name: as_lines(value) if isinstance(value, list) else value
            for name, value in data.items()
        }

    def clean(self) -> dict[str, Any]:
        """Read the lists, and hold everything to the schema; errors stand at their field."""
        cleaned = super().clean() or {}
        data: dict[str, Any] = {"type": self.kind}
        for name, value in list(cleaned.items()):
            if value in ("", None):
                continue
            try:
                data[name] = self._read(name, value)
            except ValidationError as error:
                self.add_error(name, error)
        if self.errors:
            return cleaned
        try:
            read = self.model.model_validate(data)
        except SchemaError as error:
            for each in error.errors():
                place = str(each["loc"][0]) if each["loc"] else ""
                self.add_error(
                    place if place in self.fields else None, schema_words(each)
                )
            return cleaned
        self.data_read = read.model_dump(exclude_defaults=True)
        return cleaned

    def _field(self, name: str, about: dict[str, Any], required: bool) -> forms.Field:
        label = _LABELS.get(name, name)
        given = _HELP.get((self.kind, name), "")
        if name == "picture":
            return forms.ChoiceField(
                label=label,
                choices=[(each, each.replace("_", " ")) for each in PICTURES],
            )
        if about.get("type") == "array":
            return forms.CharField(
                label=label,
                help_text=given or _ONE_A_LINE,
                required=required,
                widget=forms.Textarea(attrs={"rows": 4}),
            )
        if about.get("type") == "integer":
            return forms.IntegerField(
                label=label,
                required=required,
                min_value=about.get("minimum"),
                max_value=about.get("maximum"),
                initial=about.get("default"),
            )
        longest = about.get("maxLength", 160)
        widget = (
            forms.Textarea(attrs={"rows": 3}) if longest > _LONG else forms.TextInput()
        )
        return forms.CharField(
            label=label,
            help_text=given,
            required=required,
            max_length=longest,
            widget=widget,
        )

    def _read(self, name: str, value: Any) -> Any:
        if name == "pairs":
            return read_parts(value, 2)
        if isinstance(self.fields[name].widget, forms.Textarea) and self._is_list(name):
            return read_texts(value)
        return value

    def _is_list(self, name: str) -> bool:
        properties = self.model.model_json_schema()["properties"]
        return bool(properties[name].get("type") == "array")
