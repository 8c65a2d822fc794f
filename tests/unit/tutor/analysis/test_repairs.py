"""Who corrects themselves is counted; who only hesitates is not."""

from __future__ import annotations

import pytest

from tutor.analysis.repairs import count_repairs


@pytest.mark.parametrize(
    ("text", "n"),
    [
        ("", 0),
        ("It is good.", 0),
        ("I go, I went to the cinema.", 1),
        ("She go, sorry, she goes home.", 1),
        ("Um, I like it.", 0),
        ("It is very very good.", 0),
        ("He have, I mean, he has a dog. I was, I am happy.", 2),
    ],
)
def test_only_what_was_said_otherwise_counts(text: str, n: int) -> None:
    assert count_repairs(text, "en") == n


def test_an_unknown_language_has_none() -> None:
    assert count_repairs("I go, I went", "tlh") == 0
