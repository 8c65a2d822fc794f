"""The form in which a teacher edits an exercise, with the fields of its kind."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lessons.levels import CEFRLevel
from tutor.exercises import Exercise, ExerciseError, Kind, from_data, to_data
from tutor.exercises.pieces import pieces_of, shuffled
from tutor.exercises.schema import NO_WORD

# The longest text that an exercise may have.
MAX_CHARS = 400
MAX_LIST_CHARS = 2000
MAX_FEWEST_WORDS = 30

_SENTENCE = ("prompt", "solution")
_FIELDS: Mapping[Kind, tuple[str, ...]] = {
    Kind.GAP_FILL: (*_SENTENCE, "choices", "alternatives", "wrong", "hint"),
    Kind.REORDER: ("solution", "pieces", "alternatives", "hint"),
    Kind.TRANSFORM: (*_SENTENCE, "alternatives", "wrong", "point", "hint"),
    Kind.DICTATION: ("solution", "alternatives", "hint"),
    Kind.SHADOWING: ("solution", "hint"),
    Kind.MINIMAL_PAIR: ("choices", "solution", "hint"),
    Kind.ROLE_PLAY: ("prompt", "tutor_role", "goals"),
    Kind.SHORT_ANSWER: (*_SENTENCE, "alternatives", "wanted", "fewest_words", "hint"),
}
_LISTS = frozenset({"alternatives", "choices", "pieces", "goals", "wanted"})
_OPTIONAL = frozenset(
    {"alternatives", "hint", "wrong", "point", "wanted", "tutor_role"}
)
_OPTIONAL_IN_KIND = frozenset(
    {(Kind.GAP_FILL, "choices"), (Kind.SHORT_ANSWER, "solution")}
)
_LABELS = {
    "prompt": _("What the learner reads"),
    "solution": _("The right answer"),
    "alternatives": _("Just as right"),
    "choices": _("Choices"),
    "pieces": _("Pieces, mixed up"),
    "wrong": _("What must not come again"),
    "point": _("What makes it right"),
    "hint": _("Hint"),
    "tutor_role": _("The tutor plays"),
    "goals": _("Goals"),
    "wanted": _("Words to use"),
    "fewest_words": _("Fewest words"),
}
_LABELS_BY_KIND = {
    (Kind.REORDER, "solution"): _("The sentence"),
    (Kind.DICTATION, "solution"): _("The sentence"),
    (Kind.SHADOWING, "solution"): _("The sentence"),
    (Kind.TRANSFORM, "prompt"): _("The sentence with the mistake"),
    (Kind.MINIMAL_PAIR, "solution"): _("The word that is heard"),
    (Kind.ROLE_PLAY, "prompt"): _("The situation"),
    (Kind.SHORT_ANSWER, "prompt"): _("The question, or a meaning"),
}
_ONE_A_LINE = _("One a line.")
_HELP_BY_KIND = {
    (Kind.GAP_FILL, "prompt"): _("Three underscores are the gap: ___"),
    (Kind.GAP_FILL, "choices"): _(
        "One a line; – stands for no word. Without choices the word is typed."
    ),
    (Kind.SHORT_ANSWER, "solution"): _("Leave it empty for an open question."),
    (Kind.REORDER, "pieces"): _(
        "One a line. If only the sentence is changed, it is cut up anew."
    ),
}


class ExerciseForm(forms.Form):
    """One exercise. ``exercise`` is what the fields say, None if they make none.

    ``find_faults`` returns why an exercise cannot be shown; each is an error of the form.
    """

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        original: Exercise,
        revision: int,
        find_faults: Callable[[Exercise], tuple[str, ...]],
    ) -> None:
        self.original = original
        self.exercise: Exercise | None = None if data is not None else original
        self._find_faults = find_faults
        kept = to_data(original)
        names = _FIELDS[original.kind]
        shown = {
            name: "\n".join(kept[name]) if name in _LISTS else kept[name]
            for name in names
        }
        initial = {**shown, "level": kept["level"], "revision": revision}
        super().__init__(data, initial=initial)
        for name in names:
            self.fields[name] = _field(original.kind, name)
        self.fields["level"] = forms.ChoiceField(
            label=_("Level"), choices=CEFRLevel.choices
        )
        self.fields["revision"] = forms.IntegerField(
            min_value=1, widget=forms.HiddenInput
        )

    def exercise_to_try(self) -> Exercise | None:
        """Return what the fields make, good or not; None where they make nothing."""
        self.is_valid()
        return self.exercise

    def clean(self) -> dict[str, Any]:
        """Build the exercise and look for faults."""
        cleaned = super().clean() or {}
        if self.errors:
            return cleaned
        try:
            self.exercise = from_data(self._data(cleaned))
        except ExerciseError as error:
            raise forms.ValidationError(str(error)) from error
        for fault in self._find_faults(self.exercise):
            self.add_error(None, f"{fault[:1].upper()}{fault[1:]}.")
        return cleaned

    def _data(self, cleaned: Mapping[str, Any]) -> dict[str, Any]:
        data = to_data(self.original)
        kind = self.original.kind
        for name in _FIELDS[kind]:
            value = cleaned[name]
            data[name] = _lines(value) if name in _LISTS else value
        data["level"] = cleaned["level"]
        if kind is Kind.SHADOWING:
            data["prompt"] = data["solution"]
        if kind is Kind.REORDER and self._only_sentence_changed(data):
            pieces = pieces_of(data["solution"], self.original.l2)
            data["pieces"] = list(shuffled(pieces, self.original.source))
        return data

    def _only_sentence_changed(self, data: Mapping[str, Any]) -> bool:
        before = to_data(self.original)
        return bool(
            data["pieces"] == before["pieces"]
            and data["solution"] != before["solution"]
        )


def _field(kind: Kind, name: str) -> forms.Field:
    label = _LABELS_BY_KIND.get((kind, name), _LABELS[name])
    if name == "fewest_words":
        return forms.IntegerField(label=label, min_value=1, max_value=MAX_FEWEST_WORDS)
    is_list = name in _LISTS
    long = is_list or name in _SENTENCE
    return forms.CharField(
        label=label,
        required=name not in _OPTIONAL and (kind, name) not in _OPTIONAL_IN_KIND,
        max_length=MAX_LIST_CHARS if is_list else MAX_CHARS,
        help_text=_HELP_BY_KIND.get((kind, name), _ONE_A_LINE if is_list else ""),
        widget=forms.Textarea(attrs={"rows": 3 if is_list else 2})
        if long
        else forms.TextInput(attrs={"autocomplete": "off"}),
    )


def _lines(text: str) -> list[str]:
    """Return the lines of a field that are not empty; a typed dash is no word."""
    lines = [" ".join(line.split()) for line in text.splitlines()]
    return [NO_WORD if line in {"-", "—"} else line for line in lines if line]
