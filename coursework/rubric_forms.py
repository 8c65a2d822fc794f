"""Forms of a rubric: what it is, and its criteria with four levels each."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .rubric_criteria import MEASURES, MOST_CRITERIA, MOST_POINTS, MOST_WEIGHT

N_LEVELS = 4


class RubricForm(forms.Form):
    """What a rubric is called and for."""

    title = forms.CharField(label=gettext_lazy("Title"), max_length=120)
    description = forms.CharField(
        label=gettext_lazy("What it is for"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class CriterionForm(forms.Form):
    """One criterion; one without a name is left out."""

    key = forms.CharField(required=False, max_length=60, widget=forms.HiddenInput)
    name = forms.CharField(
        label=gettext_lazy("Criterion"), max_length=80, required=False
    )
    description = forms.CharField(
        label=gettext_lazy("What you look at"), max_length=300, required=False
    )
    weight = forms.IntegerField(
        label=gettext_lazy("Weight"),
        min_value=1,
        max_value=MOST_WEIGHT,
        initial=1,
        required=False,
    )
    measure = forms.ChoiceField(
        label=gettext_lazy("The tutor’s draft comes from"),
        choices=list(MEASURES.items()),
        required=False,
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for n in range(N_LEVELS):
            points = N_LEVELS - n
            self.fields[f"points_{n}"] = forms.IntegerField(
                label=_("Points"),
                min_value=0,
                max_value=MOST_POINTS,
                initial=points,
                required=False,
            )
            self.fields[f"text_{n}"] = forms.CharField(
                label=_("What that looks like"), max_length=300, required=False
            )

    @property
    def levels(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """The fields of the levels, the best first."""
        return [(self[f"points_{n}"], self[f"text_{n}"]) for n in range(N_LEVELS)]

    @property
    def head(self) -> list[forms.BoundField]:
        """Its name and weight, which stand side by side."""
        return [self["name"], self["weight"]]

    @property
    def is_left_out(self) -> bool:
        """Whether nothing was written."""
        return not self.cleaned_data.get("name")

    def clean(self) -> dict[str, Any]:
        """Refuse levels that are missing or worth the same."""
        cleaned: dict[str, Any] = super().clean() or {}
        if not cleaned.get("name"):
            texts = [cleaned.get(f"text_{n}") for n in range(N_LEVELS)]
            if any(texts):
                self.add_error("name", _("Give this criterion a name."))
            return cleaned
        used = [n for n in range(N_LEVELS) if cleaned.get(f"text_{n}")]
        if len(used) < 2:
            self.add_error("text_0", _("Describe at least two levels."))
        points = [cleaned.get(f"points_{n}") for n in used]
        if None in points or len(set(points)) != len(points):
            self.add_error("text_0", _("Each level needs its own number of points."))
        elif points and max(point for point in points if point is not None) < 1:
            self.add_error("text_0", _("The best level is worth at least one point."))
        return cleaned

    def read(self, taken: set[str]) -> dict[str, Any]:
        """Return the criterion as a Rubric keeps it; its key is none of those taken."""
        data = self.cleaned_data
        return {
            "key": _free_key(
                data["key"] or slugify(data["name"]) or "criterion", taken
            ),
            "name": data["name"],
            "description": data["description"],
            "weight": data["weight"] or 1,
            "measure": data["measure"],
            "levels": [
                {"points": data[f"points_{n}"], "text": data[f"text_{n}"]}
                for n in range(N_LEVELS)
                if data[f"text_{n}"]
            ],
        }


CriterionFormSet = forms.formset_factory(
    CriterionForm, extra=2, max_num=MOST_CRITERIA, absolute_max=MOST_CRITERIA
)


def read_criteria(formset: Any) -> list[dict[str, Any]]:
    """Return the criteria of a valid formset."""
    found: list[dict[str, Any]] = []
    for form in formset:
        if not form.is_left_out:
            found.append(form.read({one["key"] for one in found}))
    return found


def initial_criteria(criteria: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return what the formset shows of a rubric's criteria."""
    names = ("key", "name", "description", "weight", "measure")
    found = []
    for criterion in criteria:
        values = {name: criterion.get(name, "") for name in names}
        for n, level in enumerate(criterion["levels"][:N_LEVELS]):
            values |= {f"points_{n}": level["points"], f"text_{n}": level["text"]}
        found.append(values)
    return found


def _free_key(wanted: str, taken: set[str]) -> str:
    key, n = wanted[:60], 2
    while key in taken:
        key, n = f"{wanted[:56]}-{n}", n + 1
    return key
