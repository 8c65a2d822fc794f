"""Written words find their places among the sounds of a sentence."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inference.engines.synthesizers.word_places import place_words

# Each code lasts so many samples, but the marks before and after a sentence.
CODE = 10


def made(sounds: str) -> list[tuple[str, int]]:
    """Return what the voice gives for a sentence."""
    return [("^", CODE), *((code, CODE) for code in sounds), ("$", CODE)]


def said(words: list[str], sounds: str) -> list[str | None]:
    """Return the sounds that each word got."""
    line = f"^{sounds}$"
    return [
        line[place[0] // CODE : place[1] // CODE] if place else None
        for place in place_words(words, made(sounds))
    ]


def test_a_plain_sentence_has_each_word_where_it_sounds() -> None:
    words = ["wˌʌt", "dˈuː", "juː", "lˈaɪk", "tuː", "ˈiːt"]
    assert said(words, "wˌʌt dˈuː juː lˈaɪk tʊ ˈiːt?") == [
        "wˌʌt", "dˈuː", "juː", "lˈaɪk", "tʊ", "ˈiːt"
    ]  # fmt: skip


def test_a_number_is_as_long_as_it_is_to_say() -> None:
    words = ["aɪ", "pˈeɪd", "dˈɑːlɚ θɹˈiː pɔɪnt fˈaɪv", "ɪn", "nˈaɪntiːn nˈaɪnti."]
    sounds = "aɪ pˈeɪd dˈɑːlɚ θɹˈiː pɔɪnt fˈaɪv ɪn nˈaɪntiːn nˈaɪnti."
    assert said(words, sounds) == [
        "aɪ", "pˈeɪd", "dˈɑːlɚ θɹˈiː pɔɪnt fˈaɪv", "ɪn", "nˈaɪntiːn nˈaɪnti"
    ]  # fmt: skip


def test_a_short_form_is_said_in_full() -> None:
    # By itself it is said in another way than in its sentence.
    words = ["dˈɑːktɚ.", "smˈɪθ", "sənt.", "lˈuːi.", "ˌeɪˈɛm."]
    sounds = "dˈɑːktɚ smˈɪθ sˈeɪnt lˈuːi ɐ ˈɛm."
    assert said(words, sounds) == ["dˈɑːktɚ", "smˈɪθ", "sˈeɪnt", "lˈuːi", "ɐ ˈɛm"]


def test_words_that_run_together_are_told_apart() -> None:
    words = ["wˈʌn", "ʌv", "ðə", "tuː", "bˈiː", "æt", "æn", "ˈɛnd."]
    assert said(words, "wˈʌn ʌvðə təbiʲ æɾ ɐn ˈɛnd.") == [
        "wˈʌn", "ʌv", "ðə", "tə", "biʲ", "æɾ", "ɐn", "ˈɛnd"
    ]  # fmt: skip


def test_contractions_and_hyphens_are_one_word() -> None:
    words = ["ˈɪzənt", "wˈɛlnˈoʊn", "aɪv", "tˈuː hˈaɪ"]
    assert said(words, "ˌɪzənt wˈɛlnˈoʊn, aɪv tˈuː hˈaɪ.") == [
        "ˌɪzənt", "wˈɛlnˈoʊn", "aɪv", "tˈuː hˈaɪ"
    ]  # fmt: skip


def test_silent_words_have_no_place_and_shift_nothing() -> None:
    assert said(["", "jˈɛs", "", "", "nˈoʊ."], "jˈɛs, nˈoʊ.") == [
        None, "jˈɛs", None, None, "nˈoʊ"
    ]  # fmt: skip


def test_a_sentence_takes_only_its_own_words() -> None:
    words = ["jˈɛs.", "jˈɛs.", "jˈɛs.", "ɪt ɪz."]
    for left in range(3):
        assert said(words[left:], "jˈɛs.") == ["jˈɛs"]
    assert said(words[3:], "ɪt ɪz.") == ["ɪt ɪz"]


def test_pauses_belong_to_no_word() -> None:
    codes = [
        ("^", 300),
        ("a", 10),
        (",", 50),
        (" ", 200),
        ("ˈ", 2),
        ("o", 10),
        ("$", 90),
    ]
    assert place_words(["a", "o"], codes) == ((300, 310), (560, 572))


@pytest.mark.parametrize(
    ("words", "sounds"),
    [
        ([], "jˈɛs."),
        (["jˈɛs"], ""),
        (["", ""], "jˈɛs."),
        (["jˈɛs"], "kantiɣˈoðɾoβ mistˈeɾio."),
    ],
)
def test_nothing_is_placed_without_sounds_or_with_those_of_another_text(
    words: list[str], sounds: str
) -> None:
    assert place_words(words, made(sounds) if sounds else []) == ()


@given(
    words=st.lists(st.text("ptkasiouˈː .", max_size=6), max_size=6),
    codes=st.lists(
        st.tuples(st.sampled_from([*"^$_ .ˈːptkasiou"]), st.integers(0, 500)),
        max_size=30,
    ),
)
def test_places_are_in_order_and_inside_the_sound(
    words: list[str], codes: list[tuple[str, int]]
) -> None:
    places = place_words(words, codes)
    assert len(places) <= len(words)
    ends = [0]
    for place in filter(None, places):
        assert ends[-1] <= place[0] <= place[1]
        ends.append(place[1])
    assert ends[-1] <= sum(n for _, n in codes)
