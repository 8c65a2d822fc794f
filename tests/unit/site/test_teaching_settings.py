"""Limits by level, as they are written into a variable."""

from __future__ import annotations

import pytest
from django.core.exceptions import ImproperlyConfigured

from tutorplatform.settings.teaching import TEACHING, by_level

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


def test_every_level_has_a_limit() -> None:
    assert list(TEACHING["REPLY_TOKENS"]) == ["A1", "A2", "B1", "B2", "C1", "C2"]
