"""Words of a text against heard words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inference.engines.scorers.prompt_words import plain, plain_words
from inference.engines.scorers.word_matching import likeness, match

words = st.lists(st.text("abc", min_size=1, max_size=3), max_size=7)


@pytest.mark.parametrize(
    ("text", "heard", "found"),
    [
        ("i like red tea", "i like red tea", (0, 1, 2, 3)),
        ("i like red tea", "i like tea", (0, 1, None, 2)),
        ("i like tea", "i really like tea", (0, 2, 3)),
        ("i like tea", "i lake tea", (0, 1, 2)),
        ("the red house", "red house", (None, 0, 1)),
        ("i like tea", "", (None, None, None)),
        ("", "i like tea", ()),
    ],
)
def test_each_word_finds_its_own(
    text: str, heard: str, found: tuple[int | None, ...]
) -> None:
    assert match(text.split(), heard.split()) == found


@given(words, words)
def test_the_order_is_kept_and_no_heard_word_serves_twice(
    text: list[str], heard: list[str]
) -> None:
    found = match(text, heard)
    assert len(found) == len(text)
    used = [place for place in found if place is not None]
    assert used == sorted(set(used))
    assert all(0 <= place < len(heard) for place in used)


@given(words)
def test_a_text_is_matched_with_itself(text: list[str]) -> None:
    assert match(text, text) == tuple(range(len(text)))


def test_likeness_is_one_for_the_same_and_less_for_others() -> None:
    assert likeness("tea", "tea") == 1
    assert likeness("tea", "xyz") == 0
    assert 0 < likeness("three", "tree") < 1


def test_words_keep_their_place_in_the_text() -> None:
    found = plain_words("Well - it’s “25” o'clock, 😀 Łódź!")
    assert [(word.index, word.plain) for word in found] == [
        (0, "well"), (2, "it's"), (3, "25"), (4, "o'clock"), (6, "łódź"),
    ]  # fmt: skip
    assert found[1].text == "it’s"


def test_marks_that_belong_to_letters_stay() -> None:
    assert plain("नमस्ते!") == "नमस्ते"
    assert plain("'quoted'") == "quoted"
