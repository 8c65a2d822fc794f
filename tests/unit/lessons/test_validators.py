"""Content lists hold short texts and nothing else."""

import pytest
from django.core.exceptions import ValidationError

from lessons.validators import MAX_ITEM_CHARS, MAX_ITEMS, validate_text_list


@pytest.mark.parametrize("value", [[], ["hello"], ["hello", "goodbye"]])
def test_lists_of_texts_pass(value: object) -> None:
    validate_text_list(value)


@pytest.mark.parametrize(
    "value",
    [
        "hello",
        {"word": "hello"},
        None,
        [""],
        ["  "],
        [1],
        [["hello"]],
        ["x" * (MAX_ITEM_CHARS + 1)],
        ["hello"] * (MAX_ITEMS + 1),
    ],
)
def test_everything_else_is_refused(value: object) -> None:
    with pytest.raises(ValidationError):
        validate_text_list(value)
