"""What a teacher can choose from when setting work in a class."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from learners.models import User
from lessons.models import Exercise, Lesson
from schools.models import Classroom, LearnerGroup
from schools.selectors import learner_ids_of, list_groups
from sessions.learners_talks import name_of
from tutor.languages.function_words import primary

from .drill_words import contrast_words, drills_of
from .models import Rubric

MOST_LESSONS = 40
_SUMMARY = ("prompt", "answer", "text", "question", "situation")


@dataclass(frozen=True, slots=True)
class AssignmentChoices:
    """The choices of a form, as Django takes them."""

    groups: QuerySet[LearnerGroup]
    rubrics: QuerySet[Rubric]
    audiences: list[tuple[str, str | Promise]]
    learners: list[tuple[int, str]]
    contrasts: list[tuple[str, str]]
    exercises: list[tuple[str, str]]

    def fill(self, fields: dict[str, forms.Field]) -> None:
        """Give the fields that a form has their choices."""
        for name, choices in (
            ("audience", self.audiences),
            ("learners", self.learners),
            ("contrast", self.contrasts),
            ("exercises", self.exercises),
        ):
            field = fields.get(name)
            if isinstance(field, forms.ChoiceField):
                field.choices = choices
        for name, queryset in (("group", self.groups), ("rubric", self.rubrics)):
            field = fields[name]
            assert isinstance(field, forms.ModelChoiceField)  # noqa: S101
            field.queryset = queryset


def choices_for(
    classroom: Classroom, *, lesson: Lesson | None, rubrics: QuerySet[Rubric]
) -> AssignmentChoices:
    """Return what can be chosen for a class; ``rubrics`` are those of the teacher."""
    people = User.objects.select_related("profile").filter(
        pk__in=learner_ids_of(classroom_id=classroom.pk)
    )
    learners = sorted(((one.pk, name_of(one)) for one in people), key=_by_name)
    groups = list_groups(classroom_id=classroom.pk)
    audiences: list[tuple[str, str | Promise]] = [("class", _("The whole class"))]
    if groups.exists():
        audiences.append(("group", _("A group")))
    audiences.append(("learners", _("Single learners")))
    here = Q(school=None) | Q(school=classroom.school_id)
    return AssignmentChoices(
        groups=groups,
        rubrics=rubrics.filter(here),
        audiences=audiences,
        learners=learners,
        contrasts=[(one.key, contrast_words(one)) for one in drills_of(classroom.l2)],
        exercises=exercise_choices(lesson) if lesson else [],
    )


def exercise_choices(lesson: Lesson) -> list[tuple[str, str]]:
    """Return the exercises of a lesson with what they ask, in short."""
    return [
        (str(one.uuid), f"{one.get_type_display()} · {_summary(one)}")
        for one in lesson.exercises.all()
    ]


def settable_lessons(
    classroom: Classroom, *, search: str = "", level: str = "", course: str = ""
) -> QuerySet[Lesson]:
    """Return the lessons that can be set in a class: in its language, published."""
    lessons = Lesson.objects.filter(
        Q(course__school=None) | Q(course__school=classroom.school_id),
        course__is_published=True,
        course__is_current=True,
        course__l2__startswith=primary(classroom.l2),
    ).select_related("course", "unit")
    if level:
        lessons = lessons.filter(level=level)
    if course:
        lessons = lessons.filter(course__key=course)
    for word in search.split()[:6]:
        lessons = lessons.filter(
            Q(title__icontains=word)
            | Q(situation__icontains=word)
            | Q(unit__title__icontains=word)
            | Q(goals__icontains=word)
        )
    return lessons.order_by("level", "course__title", "position")


def _summary(exercise: Exercise) -> str:
    data: dict[str, Any] = exercise.data
    for name in _SUMMARY:
        if data.get(name):
            return str(data[name])[:80]
    if "words" in data:
        return " – ".join(data["words"])
    return ", ".join(str(pair[0]) for pair in data.get("pairs", ()))[:80]


def _by_name(choice: tuple[int, str]) -> str:
    return choice[1].casefold()
