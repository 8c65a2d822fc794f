"""The forms of a school's own courses; they only validate."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lessons.levels import COURSE_LANGUAGE_CHOICES, CEFRLevel
from schools.models import School


class SchoolChoiceForm(forms.Form):
    """Which of somebody's schools; there is nothing to choose where there is one."""

    school = forms.ChoiceField(label=_("School"))

    def __init__(self, *args: Any, schools: Sequence[School], **options: Any) -> None:
        super().__init__(*args, **options)
        self._schools = {str(school.uuid): school for school in schools}
        field = self.fields["school"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  for the type checker
        field.choices = [(key, one.name) for key, one in self._schools.items()]
        if len(self._schools) == 1:
            field.widget = forms.HiddenInput()
            field.initial = next(iter(self._schools))

    def chosen_school(self) -> School:
        """Return the school of a valid form."""
        return self._schools[self.cleaned_data["school"]]


class NewCourseForm(SchoolChoiceForm):
    """A course that begins without lessons."""

    title = forms.CharField(label=_("Title"), max_length=120)
    l2 = forms.ChoiceField(label=_("Language taught"), choices=COURSE_LANGUAGE_CHOICES)
    level = forms.ChoiceField(
        label=_("Level"),
        required=False,
        choices=[("", _("Several levels")), *CEFRLevel.choices],
        help_text=_("With one level, each lesson needs words, exercises and a talk."),
    )
    field_order = ("title", "l2", "level", "school")
