"""Limits by level and whether a schema is asked for, as variables say it."""

from __future__ import annotations

import pytest
from django.core.exceptions import ImproperlyConfigured

from tutorplatform.settings.teaching import (
    TEACHING,
    by_level,
    by_schema,
    given_by_level,
    minutes,
    temperature,
)

DEFAULT = {"A1": 60, "A2": 75}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", DEFAULT),
        ("A1=40", {"A1": 40, "A2": 75}),
        (" A2 = 80, A1=50,", {"A1": 50, "A2": 80}),
    ],
)
def test_what_is_left_out_has_its_default(text: str, found: dict[str, int]) -> None:
    assert by_level("TUTOR_REPLY_TOKENS", text, DEFAULT) == found


@pytest.mark.parametrize("text", ["A1", "A1=", "A1=x", "Z1=4", "A1=0", "A1=-3"])
def test_what_cannot_be_read_names_the_variable(text: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="TUTOR_REPLY_TOKENS"):
        by_level("TUTOR_REPLY_TOKENS", text, DEFAULT)


@pytest.mark.parametrize(
    ("choice", "base_url", "asked"),
    [
        ("auto", "", False),
        ("auto", "http://127.0.0.1:1/v1", True),
        ("yes", "", True),
        ("no", "http://127.0.0.1:1/v1", False),
    ],
)
def test_only_servers_of_others_are_asked_for_a_schema_unless_somebody_says_so(
    choice: str, base_url: str, asked: bool
) -> None:
    assert by_schema(choice, base_url) is asked


def test_a_choice_that_is_none_names_the_variable() -> None:
    with pytest.raises(ImproperlyConfigured, match="TUTOR_LLM_SCHEMA"):
        by_schema("always", "")


def test_every_level_has_a_limit() -> None:
    assert list(TEACHING["REPLY_TOKENS"]) == ["A1", "A2", "B1", "B2", "C1", "C2"]


def test_only_levels_that_are_named_have_values_of_their_own() -> None:
    found = given_by_level("X", "A1=6, C1=15.5", minutes, example="A1=6")
    assert found == {"A1": 6.0, "C1": 15.5}
    named = given_by_level("X", "B2=org/large:8b", str, example="A1=small")
    assert named == {"B2": "org/large:8b"}
    for name in ("LEVEL_MINUTES", "LEVEL_TEMPERATURES", "LEVEL_MODELS"):
        assert TEACHING[name] == {}


@pytest.mark.parametrize("text", ["A1=2.1", "A1=-1", "A1=nan", "A1=", "D1=1", "0.5"])
def test_an_odd_temperature_names_the_variable_and_an_example(text: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="X: wants A1=0.2, not"):
        given_by_level("X", text, temperature, example="A1=0.2")
