from __future__ import annotations

import json

import pytest

from tests.unit.tutor.exercises.making import A2
from tutor.exercises import ExerciseError, Kind, Origin, from_data, to_data
from tutor.exercises.schema import GAP, NO_WORD, GapFill, RolePlay, filled


def gap_fill() -> GapFill:
    return GapFill(
        prompt=f"I {GAP} home.",
        solution="went",
        choices=("go", "went"),
        level=A2.level,
        l2="en",
        source="ledger:x",
        origin=Origin.MODEL,
    )


@pytest.mark.parametrize(
    "exercise",
    [
        gap_fill(),
        RolePlay(
            prompt="In a shop.",
            solution="",
            goals=("I can pay",),
            level=A2.level,
            l2="en",
            source="lesson:Shop",
        ),
    ],
)
def test_comes_back_from_json_as_it_was(exercise: GapFill | RolePlay) -> None:
    assert from_data(json.loads(json.dumps(to_data(exercise)))) == exercise


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"kind": "essay"}, "kind"),
        ({"level": "D1"}, "level"),
        ({"choices": "go"}, "choices"),
        ({"prompt": 3}, "prompt"),
        ({"script": "x"}, "script"),
    ],
)
def test_refuses_data_that_is_no_exercise(
    change: dict[str, object], named: str
) -> None:
    with pytest.raises(ExerciseError, match=named):
        from_data(to_data(gap_fill()) | change)


def test_refuses_data_with_a_field_missing() -> None:
    data = to_data(gap_fill())
    del data["solution"]
    with pytest.raises(ExerciseError, match="solution"):
        from_data(data)


@pytest.mark.parametrize(
    ("sentence", "answer", "whole"),
    [
        (f"I {GAP} home.", "went", "I went home."),
        (f"I went {GAP} home.", NO_WORD, "I went home."),
        (f"I went home {GAP}.", NO_WORD, "I went home."),
        (f"{GAP} dogs are nice.", NO_WORD, "Dogs are nice."),
    ],
)
def test_fills_a_gap_or_closes_it(sentence: str, answer: str, whole: str) -> None:
    assert filled(sentence, answer) == whole


def test_every_kind_has_a_name_of_its_own() -> None:
    assert len({str(kind) for kind in Kind}) == 8
