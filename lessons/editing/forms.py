"""The forms of drafts; what they accept is what the schema of course files accepts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from pydantic import TypeAdapter
from pydantic import ValidationError as SchemaError

from ..course_files.exercises import Line, Text
from ..course_files.schema import Pattern, Utterance, Word
from ..models import Course, Lesson
from .lines import as_lines, read_rows, read_texts, schema_words

# How each list of a lesson is written and read: the names of a row, and what parts them.
_ROWS: Mapping[str, tuple[type[Any], str]] = {
    "dialogue": (Utterance, ":"),
    "words": (Word, "|"),
    "patterns": (Pattern, "|"),
}
_LISTS = ("goals", "explanations", "tutor_facts", "target_phrases")
_LINE, _TEXT = TypeAdapter[str](Line), TypeAdapter[str](Text)


def _as(kind: TypeAdapter[str]) -> Callable[[str], None]:
    def check(value: str) -> None:
        try:
            kind.validate_python(value)
        except SchemaError as error:
            raise ValidationError(
                [schema_words(each) for each in error.errors()]
            ) from None

    return check


def _lines(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows, "spellcheck": "true"})


class LessonForm(forms.Form):
    """All of a lesson but its exercises. Lists have one entry a line."""

    title = forms.CharField(label=_("Title"), max_length=80, validators=[_as(_LINE)])
    situation = forms.CharField(
        label=_("Situation"), max_length=400, validators=[_as(_TEXT)], widget=_lines(3)
    )
    goals = forms.CharField(
        label=_("What learners can do then"),
        help_text=_("Two to four sentences (“I can …”), one a line."),
        widget=_lines(3),
    )
    dialogue = forms.CharField(
        label=_("Conversation"),
        help_text=_("One line for each: who speaks, a colon, what they say."),
        widget=_lines(10),
        required=False,
    )
    words = forms.CharField(
        label=_("Words"),
        help_text=_("word | meaning in simpler words | example"),
        widget=_lines(8),
        required=False,
    )
    patterns = forms.CharField(
        label=_("How to say it"),
        help_text=_("pattern with … where it is open | when to use it | example"),
        widget=_lines(4),
        required=False,
    )
    explanations = forms.CharField(
        label=_("Good to know"),
        help_text=_("One explanation a line."),
        widget=_lines(4),
        required=False,
    )
    tutor_role = forms.CharField(
        label=_("The tutor plays"), max_length=160, validators=[_as(_LINE)]
    )
    opening_line = forms.CharField(
        label=_("It starts with"), max_length=160, validators=[_as(_LINE)]
    )
    tutor_facts = forms.CharField(
        label=_("What the tutor knows in this part"),
        help_text=_("Short sentences, one a line."),
        widget=_lines(4),
        required=False,
    )
    target_phrases = forms.CharField(
        label=_("What the tutor draws out"),
        help_text=_("Phrases with … where they are open, one a line."),
        widget=_lines(4),
    )

    def clean(self) -> dict[str, Any]:
        """Turn the lists into rows; what is wrong is told at its field."""
        cleaned = super().clean() or {}
        for name, (model, bar) in _ROWS.items():
            self._read(name, partial(read_rows, model=model, bar=bar))
        for name in _LISTS:
            self._read(name, _read_lines)
        return cleaned

    def apply(self, lesson: Lesson) -> None:
        """Put what was entered into a lesson, without saving it."""
        for name, value in self.cleaned_data.items():
            setattr(lesson, name, value)
        if self.cleaned_data["words"]:
            lesson.target_words = [word["word"] for word in self.cleaned_data["words"]]

    @staticmethod
    def values_of(lesson: Lesson) -> dict[str, Any]:
        """Return what the form shows of a lesson."""
        values = {name: getattr(lesson, name) for name in LessonForm.base_fields}
        for name, (model, bar) in _ROWS.items():
            values[name] = as_lines(values[name], list(model.model_fields), bar=bar)
        return values | {name: as_lines(values[name]) for name in _LISTS}

    def _read(self, name: str, read: Callable[[str], Any]) -> None:
        if name not in self.cleaned_data:
            return
        try:
            self.cleaned_data[name] = read(self.cleaned_data[name])
        except ValidationError as error:
            self.add_error(name, error)


class CourseForm(forms.Form):
    """What a course says of itself, and what each unit leads to."""

    title = forms.CharField(label=_("Title"), max_length=120, validators=[_as(_LINE)])
    description = forms.CharField(
        label=_("Description"),
        max_length=400,
        validators=[_as(_TEXT)],
        widget=_lines(3),
    )

    def __init__(self, *args: Any, course: Course, **options: Any) -> None:
        super().__init__(*args, **options)
        self.units = list(course.units.all())
        for unit in self.units:
            self.fields[f"title-{unit.pk}"] = forms.CharField(
                label=_("Unit %(n)s") % {"n": unit.position},
                max_length=80,
                validators=[_as(_LINE)],
                initial=unit.title,
            )
            self.fields[f"can_do-{unit.pk}"] = forms.CharField(
                label=_("What it leads to"),
                max_length=160,
                validators=[_as(_LINE)],
                initial=unit.can_do,
            )

    def save(self, course: Course) -> None:
        """Keep what was entered."""
        course.title = self.cleaned_data["title"]
        course.description = self.cleaned_data["description"]
        course.save(update_fields=["title", "description"])
        for unit in self.units:
            unit.title = self.cleaned_data[f"title-{unit.pk}"]
            unit.can_do = self.cleaned_data[f"can_do-{unit.pk}"]
            unit.save(update_fields=["title", "can_do"])


def _read_lines(text: str) -> list[str]:
    lines = read_texts(text)
    for line in lines:
        _as(_TEXT)(line)
    return lines
