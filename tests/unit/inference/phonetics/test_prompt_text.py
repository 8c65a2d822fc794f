"""Which words are spoken for what is written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inference.phonetics.inventory import LANGUAGES
from inference.phonetics.lexicon.dictionary import Dictionary
from inference.phonetics.prompt_text import SpokenToken, read_prompt

ENGLISH = Dictionary()


def read(text: str, language: str = "en") -> tuple[SpokenToken, ...]:
    known = ENGLISH.__contains__ if language == "en" else None
    return read_prompt(text, language, known=known)


def readings(token: str, language: str = "en") -> list[str]:
    (spoken,) = read(token, language)
    return [" ".join(reading) for reading in spoken.readings]


@pytest.mark.parametrize(
    ("token", "first"),
    [
        ("25", "twenty five"), ("1995", "nineteen ninety five"), ("2021", "twenty twenty one"),
        ("2005", "two thousand and five"), ("1,234", "one thousand two hundred and thirty four"),
        ("3.14", "three point one four"), ("-5", "minus five"), ("007", "zero zero seven"),
        ("21st", "twenty first"), ("1990s", "nineteen nineties"), ("½", "one half"),
        ("50%", "fifty percent"), ("$5.50", "five dollars fifty"), ("£1", "one pound"),
        ("10:30", "ten thirty"), ("10:05", "ten oh five"), ("12:00", "twelve o'clock"),
        ("9am", "nine a. m."), ("5-10", "five to ten"), ("20°C", "twenty degrees celsius"),
        ("555-1234", "five five five one two three four"), ("٣", "three"),
        ("Mr.", "mister"), ("U.S.", "u. s."), ("e.g.", "for example"), ("BBC", "b. b. c."),
        ("3D", "three d."), ("B2B", "b. two b."), ("mp3", "m. p. three"),
        ("www.example.com", "w. w. w. dot example dot com"), ("bob@mail.org", "bob at mail dot org"),
        ("“Hello,”", "hello"), ("don’t", "don't"), ("can't…", "can't"), ("'tis", "'tis"),
        ("dogs'", "dogs'"), ("and/or", "and or"), ("blue-green", "blue green"), ("&", "and"),
        ("C++", "c plus plus"), ("**bold**", "bold"), ("HELLO", "hello"), ("ｆｕｌｌ", "full"),
        ("hel\u200blo", "hello"), ("ok😀", "ok"),
    ],
)  # fmt: skip
def test_english_tokens(token: str, first: str) -> None:
    assert readings(token)[0] == first


@pytest.mark.parametrize(
    ("language", "token", "first"),
    [
        ("es", "25,5", "veinticinco coma cinco"), ("es", "1995", "mil novecientos noventa y cinco"),
        ("es", "1ª", "primera"), ("es", "10:30", "diez y treinta"), ("es", "Sra.", "señora"),
        ("fr", "71", "soixante et onze"), ("fr", "10h30", "dix heures trente"),
        ("fr", "1er", "premier"), ("fr", "2.500", "deux mille cinq cents"),
        ("fr", "5€", "cinq euros"), ("fr", "M.", "monsieur"),
        ("de", "1995", "neunzehnhundertfünfundneunzig"), ("de", "z.B.", "zum beispiel"),
        ("de", "10:30", "zehn uhr dreißig"), ("de", "50%", "fünfzig prozent"),
    ],
)  # fmt: skip
def test_tokens_of_other_languages(language: str, token: str, first: str) -> None:
    assert readings(token, language)[0] == first


def test_neighbours_decide() -> None:
    assert [t.readings[0] for t in read("May 3")][1] == ("third",)
    assert read("3 May")[0].readings[0] == ("third",)
    assert [t.readings[0] for t in read("am 3. Mai", "de")][1] == ("dritte",)
    assert read("Es sind 3.", "de")[-1].readings[0] == ("drei",)
    five, million = read("$5 million")
    assert (five.readings[0], million.readings[0]) == (
        ("five",),
        ("million", "dollars"),
    )
    assert read("5 km")[1].readings == (("kilometers",),)
    assert read("Henry VIII reigned")[1].readings[0] == ("eight",)


def test_capitals_mean_nothing_where_all_are() -> None:
    assert [t.readings[0] for t in read("TELL US")] == [("tell",), ("us",)]
    in_text = read("The US is big, is it?")[1]
    assert in_text.readings == (("u.", "s."), ("us",))
    assert [t.readings[0] for t in read("WE LIKE IT")] == [("we",), ("like",), ("it",)]


def test_a_year_is_also_a_number() -> None:
    assert "one thousand nine hundred and ninety five" in readings("1995")


def test_tokens_without_sound_are_left_out_and_keep_their_index() -> None:
    tokens = read("Hello 😀 — world ! ❤️ again")
    assert [(t.index, t.text) for t in tokens] == [
        (0, "Hello"),
        (3, "world"),
        (6, "again"),
    ]
    # Nobody links over a smiley.
    assert tokens[0].pause


@pytest.mark.parametrize(
    "text", ["", "   ", "😀🎉", "— … ! ?", "\u200b", "***", "🏳️‍🌈 👍🏽"]
)
def test_texts_without_sound_have_no_tokens(text: str) -> None:
    assert read(text) == ()


def test_punctuation_separates_but_a_shortening_does_not() -> None:
    text = "Dr. Smith, who came. Then"
    assert [t.pause for t in read(text)] == [False, True, False, True, False]


@given(st.text(max_size=60), st.sampled_from(sorted(LANGUAGES)))
def test_any_text_can_be_read(text: str, language: str) -> None:
    tokens = read(text, language)
    indexes = [token.index for token in tokens]
    assert indexes == sorted(set(indexes))
    assert all(index < len(text.split()) for index in indexes)


NUMERIC = st.text(alphabet="0123456789.,:-/$€%°hk+'stamp ¹½٣", max_size=24)


@given(NUMERIC, st.sampled_from(sorted(LANGUAGES)))
def test_any_row_of_digits_and_signs_can_be_read(text: str, language: str) -> None:
    for token in read(text, language):
        for reading in token.readings:
            assert reading
            assert all(word and not any(c.isdigit() for c in word) for word in reading)
