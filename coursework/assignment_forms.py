"""The form of an assignment: which fields there are depends on what is to be done."""

from __future__ import annotations

from datetime import datetime, tzinfo
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lessons.models import Lesson
from schools.models import LearnerGroup

from .assignment_choices import AssignmentChoices
from .assignment_fields import MomentField
from .assignment_states import TALK_KINDS
from .models import Assignment, Rubric
from .services.assignments import AssignmentFields
from .services.instructions import read_voice

CLASS, GROUP, LEARNERS = "class", "group", "learners"
MAX_GOALS, MAX_GOAL_CHARS = 8, 160
# Fields that only some kinds have; ``*`` of them must be filled.
_OF_KIND: dict[str, tuple[str, ...]] = {
    Assignment.Kind.LESSON: ("goals", "min_minutes"),
    Assignment.Kind.LESSON_TALK: ("goals", "min_minutes"),
    Assignment.Kind.EXERCISES: ("exercises",),
    Assignment.Kind.ROLE_PLAY: (
        "scenario", "tutor_role", "opening_line", "goals", "min_minutes",
    ),
    Assignment.Kind.TALK: ("scenario", "goals", "min_minutes"),
    Assignment.Kind.DRILL: ("contrast",),
}  # fmt: skip
_SOMETIMES = {name for names in _OF_KIND.values() for name in names}


class AssignmentForm(forms.Form):
    """All that a teacher says of an assignment. It only validates; services change things."""

    title = forms.CharField(label=gettext_lazy("Title"), max_length=120)
    scenario = forms.CharField(
        label=gettext_lazy("The situation"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    tutor_role = forms.CharField(
        label=gettext_lazy("The tutor plays"),
        max_length=200,
        help_text=gettext_lazy("Who they are and how: “A landlord in a hurry”."),
    )
    opening_line = forms.CharField(
        label=gettext_lazy("The tutor begins with"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("Empty: the learner begins."),
    )
    contrast = forms.ChoiceField(label=gettext_lazy("Which two sounds"))
    exercises = forms.MultipleChoiceField(
        label=gettext_lazy("Which exercises"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("None chosen: all of them."),
    )
    goals = forms.CharField(
        label=gettext_lazy("Goals"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy(
            "One a line, as learners would say it: “I can ask for a price.” The tutor "
            "leads the talk towards them."
        ),
    )
    min_minutes = forms.IntegerField(
        label=gettext_lazy("Minutes to speak"),
        required=False,
        min_value=1,
        max_value=60,
        help_text=gettext_lazy("Of the learner’s own voice."),
    )
    instructions = forms.CharField(
        label=gettext_lazy("What you tell them"),
        max_length=3000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    voice = forms.CharField(required=False, widget=forms.HiddenInput)
    voice_removed = forms.BooleanField(
        label=gettext_lazy("Take the spoken instructions out"), required=False
    )
    audience = forms.ChoiceField(
        label=gettext_lazy("For whom"), widget=forms.RadioSelect, initial=CLASS
    )
    group = forms.ModelChoiceField(
        LearnerGroup.objects.none(), label=gettext_lazy("Which group"), required=False
    )
    learners = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Which learners"),
        required=False,
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
    )
    opens_at = MomentField(
        label=gettext_lazy("From"),
        required=False,
        later=False,
        help_text=gettext_lazy("Empty: as soon as published."),
    )
    due_at = MomentField(
        label=gettext_lazy("Due"),
        required=False,
        help_text=gettext_lazy("What comes after it is late."),
    )
    closes_at = MomentField(
        label=gettext_lazy("Closes"),
        required=False,
        help_text=gettext_lazy("Late work is taken until then."),
    )
    max_attempts = forms.IntegerField(
        label=gettext_lazy("Attempts"),
        required=False,
        min_value=1,
        max_value=50,
        help_text=gettext_lazy("Empty: as many as they like."),
    )
    rubric = forms.ModelChoiceField(
        Rubric.objects.none(),
        label=gettext_lazy("Rubric"),
        required=False,
        empty_label=gettext_lazy("None: points only"),
    )
    points = forms.IntegerField(
        label=gettext_lazy("Points"),
        min_value=1,
        max_value=1000,
        initial=100,
        help_text=gettext_lazy("What the mark is out of."),
    )
    weight = forms.IntegerField(
        label=gettext_lazy("Weight in the gradebook"),
        min_value=0,
        max_value=100,
        initial=1,
        help_text=gettext_lazy("0: it does not count."),
    )
    version = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        kind: str,
        choices: AssignmentChoices,
        lesson: Lesson | None,
        zone: tzinfo,
        now: datetime,
        known: Assignment | None = None,
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.kind, self.lesson, self.now, self.known = kind, lesson, now, known
        for name in _SOMETIMES - set(_OF_KIND[kind]):
            del self.fields[name]
        choices.fill(self.fields)
        for name in ("opens_at", "due_at", "closes_at"):
            field = self.fields[name]
            assert isinstance(field, MomentField)  # noqa: S101 for the type checker
            field.zone = zone
            field.initial = self.initial.get(name)
        if kind == Assignment.Kind.TALK:
            self.fields["scenario"].label = _("What it is about")

    @property
    def notes(self) -> list[str]:
        """What the clocks do at the dates that were entered, in words."""
        fields = [self.fields[name] for name in ("opens_at", "due_at", "closes_at")]
        return [one.note for one in fields if isinstance(one, MomentField) and one.note]

    def clean_goals(self) -> tuple[str, ...]:
        """Return the lines that say something."""
        lines = [
            " ".join(line.split()) for line in self.cleaned_data["goals"].split("\n")
        ]
        goals = tuple(dict.fromkeys(line for line in lines if line))
        if len(goals) > MAX_GOALS:
            raise forms.ValidationError(
                _("Keep it to %(most)d goals: a talk cannot reach more.")
                % {"most": MAX_GOALS}
            )
        if any(len(goal) > MAX_GOAL_CHARS for goal in goals):
            raise forms.ValidationError(
                _("Keep each goal under %(most)d characters.")
                % {"most": MAX_GOAL_CHARS}
            )
        return goals

    def clean_due_at(self) -> datetime | None:
        """Refuse a date that is over, unless it was there before."""
        due_at: datetime | None = self.cleaned_data["due_at"]
        if due_at and due_at <= self.now and due_at != self.initial.get("due_at"):
            raise forms.ValidationError(_("That is over already. Choose a later time."))
        return due_at

    def clean(self) -> dict[str, Any]:
        """Refuse dates in the wrong order, and work that is for nobody."""
        cleaned: dict[str, Any] = super().clean() or {}
        opens_at = cleaned.get("opens_at") or self.now
        due_at, closes_at = cleaned.get("due_at"), cleaned.get("closes_at")
        if due_at and due_at <= opens_at and "opens_at" not in self.errors:
            self.add_error("due_at", _("This is before learners can begin."))
        if closes_at and closes_at < (due_at or opens_at):
            self.add_error("closes_at", _("This is before it is due."))
        audience = cleaned.get("audience")
        if audience == GROUP and not cleaned.get("group"):
            self.add_error("group", _("Choose a group."))
        if audience == LEARNERS and not cleaned.get("learners"):
            self.add_error("learners", _("Choose at least one learner."))
        return cleaned

    def read(self) -> AssignmentFields:
        """Return what a valid form says."""
        data = self.cleaned_data
        path, duration_ms = self._voice()
        audience = data["audience"]
        return AssignmentFields(
            title=data["title"],
            kind=self.kind,
            opens_at=data["opens_at"]
            or (self.known.opens_at if self.known else self.now),
            lesson=self.lesson,
            exercises=tuple(data.get("exercises", ())),
            contrast=data.get("contrast", ""),
            scenario=data.get("scenario", ""),
            tutor_role=data.get("tutor_role", ""),
            opening_line=data.get("opening_line", ""),
            instructions=data["instructions"],
            instructions_path=path,
            instructions_ms=duration_ms,
            due_at=data["due_at"],
            closes_at=data["closes_at"],
            max_attempts=data["max_attempts"],
            min_minutes=data.get("min_minutes"),
            goals=data.get("goals", ()),
            rubric=data["rubric"],
            points=data["points"],
            weight=data["weight"],
            group=data["group"] if audience == GROUP else None,
            learners=tuple(data["learners"]) if audience == LEARNERS else (),
        )

    def _voice(self) -> tuple[str, int]:
        kept = (
            read_voice(self.cleaned_data["voice"])
            if self.cleaned_data["voice"]
            else None
        )
        if kept is not None:
            return kept.path, kept.duration_ms
        if self.known is None or self.cleaned_data["voice_removed"]:
            return "", 0
        return self.known.instructions_path, self.known.instructions_ms


def initial_of(assignment: Assignment) -> dict[str, Any]:
    """Return what the form shows of an assignment."""
    learners = [target.learner_id for target in assignment.targets.all()]
    audience = GROUP if assignment.group_id else LEARNERS if learners else CLASS
    names = (
        "title", "scenario", "tutor_role", "opening_line", "contrast", "exercises",
        "min_minutes", "instructions", "group", "opens_at", "due_at", "closes_at",
        "max_attempts", "rubric", "points", "weight",
    )  # fmt: skip
    found = {name: getattr(assignment, name) for name in names}
    return found | {
        "goals": "\n".join(assignment.goals),
        "audience": audience,
        "learners": learners,
        "version": assignment.edited_at.isoformat(),
    }


def suggested(kind: str, lesson: Lesson | None) -> dict[str, Any]:
    """Return what a new form suggests: the lesson's own goals and name."""
    found: dict[str, Any] = {}
    if lesson is not None:
        found["title"] = lesson.title
        found["goals"] = "\n".join(lesson.goals)
    if kind in TALK_KINDS:
        found["min_minutes"] = 2
    return found
