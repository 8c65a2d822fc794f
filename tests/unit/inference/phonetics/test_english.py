"""English words in their sentence: variants, weak forms, links, accents."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inference.phonetics.inventory import phonemes
from inference.phonetics.lexicon.variants import MOST_VARIANTS
from inference.phonetics.phonemizer_english import EnglishPronouncer
from inference.phonetics.pronunciation import PromptWord, VariantKind
from tests.fakes.guessers import WrittenGuesser

GUESSES = {"zylofink": "zˈaɪləfˌɪŋk", "rurality": "ɹʊɹɹˈælɪɾi"}
PRONOUNCER = EnglishPronouncer(WrittenGuesser(GUESSES))
INVENTORY = frozenset(phonemes("en"))


def pronounce(text: str) -> list[PromptWord]:
    return list(PRONOUNCER.pronounce(text))


def forms(text: str, word: str) -> dict[str, VariantKind]:
    """Return how a word of a text may sound, and why."""
    (found,) = [w for w in pronounce(text) if w.text.lower() == word]
    return {" ".join(v.phonemes): v.kind for v in found.variants}


def test_words_have_their_place_stress_and_phonemes() -> None:
    hello, world = pronounce("Hello, world!")
    assert (hello.index, hello.text, world.index, world.text) == (
        0,
        "Hello",
        1,
        "world",
    )
    assert hello.variants[0].phonemes == ("h", "ə", "l", "oʊ")
    assert hello.variants[0].stress == (0, 0, 0, 1)
    assert hello.variants[0].kind is VariantKind.DICTIONARY


@pytest.mark.parametrize(
    ("text", "word", "weak", "strong"),
    [
        ("as good as gold", "good", "", "ɡ ʊ d"),
        ("cup of tea", "of", "ə v", "ɑ v"),
        ("fish and chips", "and", "ə n", "æ n d"),
        ("you can go now", "can", "k ə n", "k æ n"),
        ("I was there", "was", "w ə z", "w ɑ z"),
        ("tell him now", "him", "ɪ m", "h ɪ m"),
        ("give them some", "them", "ə m", "ð ɛ m"),
        ("must have been", "have", "ə v", "h æ v"),
        ("go to school", "to", "t ə", "t u"),
        ("this is for you", "for", "f ɚ", "f ɔ ɹ"),
    ],
)
def test_function_words_may_be_weak(
    text: str, word: str, weak: str, strong: str
) -> None:
    found = forms(text, word)
    if weak:
        assert found[weak] is VariantKind.WEAK
    assert found[strong] is VariantKind.DICTIONARY


def test_at_the_end_of_a_sentence_they_are_strong() -> None:
    assert "ə t" not in forms("What is he good at?", "at")
    assert "ə t" in forms("Look at this.", "at")
    assert forms("I like him.", "him")["ɪ m"] is VariantKind.WEAK


def test_the_and_to_look_at_the_next_sound() -> None:
    assert next(iter(forms("the apple", "the"))) == "ð i"
    assert next(iter(forms("the pear", "the"))) == "ð ə"
    assert next(iter(forms("to eat", "to"))) == "t u"
    assert next(iter(forms("to drink", "to"))) == "t ə"


@pytest.mark.parametrize(
    ("text", "word", "form"),
    [
        ("did you", "did", "d ɪ dʒ"), ("did you", "you", "u"), ("get it", "get", "ɡ ɛ d"),
        ("cold milk", "cold", "k oʊ l"), ("ten people", "ten", "t ɛ m"),
        ("this shop", "this", "ð ɪ ʃ"), ("have to", "have", "h æ f"),
    ],
)  # fmt: skip
def test_words_link(text: str, word: str, form: str) -> None:
    assert forms(text, word)[form] is VariantKind.LINKED
    assert form not in forms(text.replace(" ", ", "), word), "nobody links over a comma"


@pytest.mark.parametrize(
    ("text", "word", "form"),
    [
        ("water", "water", "w ɔ d ɚ"), ("water", "water", "w ɔ t ə"), ("car", "car", "k ɑ"),
        ("here", "here", "h ɪ ə"), ("party", "party", "p ɑ t i"), ("bath", "bath", "b ɑ θ"),
        ("dancing", "dancing", "d ɑ n s ɪ ŋ"), ("classroom", "classroom", "k l ɑ s ɹ u m"),
        ("lot", "lot", "l ɔ t"), ("Tuesday", "tuesday", "t j u z d i"),
        ("caught", "caught", "k ɑ t"), ("people", "people", "p i p l"),
        ("going", "going", "ɡ oʊ ɪ n"), ("which", "which", "h w ɪ tʃ"),
        ("twenty", "twenty", "t w ɛ n i"), ("carry", "carry", "k æ ɹ i"),
    ],
)  # fmt: skip
def test_other_accents_are_right_too(text: str, word: str, form: str) -> None:
    assert form in forms(text, word)


@pytest.mark.parametrize(
    ("word", "wrong"),
    [
        ("cat", "k ɑ t"), ("and", "ɑ n d"), ("think", "s ɪ ŋ k"), ("hat", "æ t"),
        ("food", "f j u d"), ("too", "t j u"), ("start", "s t ɔ t"), ("red", "ɛ d"),
        ("ship", "ʃ i p"), ("very", "w ɛ ɹ i"), ("attack", "ə d æ k"), ("button", "b ʌ d ə n"),
    ],
)  # fmt: skip
def test_rules_do_not_excuse_mistakes(word: str, wrong: str) -> None:
    assert wrong not in forms(word, word)


def test_a_non_rhotic_speaker_may_link() -> None:
    assert "w ɔ t ə ɹ" in forms("water is", "water")
    assert "w ɔ t ə ɹ" not in forms("water was", "water")


def test_several_spoken_words_are_one_prompt_word() -> None:
    (number,) = pronounce("25")
    assert "".join(number.variants[0].phonemes) == "twɛntifaɪv"
    (year,) = pronounce("1995")
    first = {"".join(v.phonemes)[:6] for v in year.variants}
    assert {"naɪnti", "wʌnθaʊ"} <= first


def test_a_guess_says_that_it_is_one() -> None:
    (word,) = pronounce("zylofink")
    assert word.variants[0].phonemes == ("z", "aɪ", "l", "ə", "f", "ɪ", "ŋ", "k")
    assert {v.kind for v in word.variants} == {VariantKind.GUESSED}
    # espeak-ng doubles this r, nobody says it twice.
    (word,) = pronounce("rurality")
    assert word.variants[0].phonemes[:4] == ("ɹ", "ʊ", "ɹ", "æ")


def test_accents_on_letters_do_not_hide_a_word() -> None:
    assert forms("café", "café")["k ə f eɪ"] is VariantKind.DICTIONARY


@pytest.mark.parametrize("text", ["你好", "привет", "ζωή", "asdfgh", "x" * 200])
def test_nobody_knows(text: str) -> None:
    (word,) = pronounce(text)
    assert word.variants == ()


def test_other_scripts_are_never_guessed() -> None:
    guesser = WrittenGuesser()
    EnglishPronouncer(guesser).pronounce("你好 qwrtzp привет")
    assert guesser.asked == ["qwrtzp"]


def test_stress_is_no_variant_of_its_own() -> None:
    for word in pronounce("his record was a present with an increase in imports"):
        sounds = ["".join(v.phonemes).replace("ʌ", "ə") for v in word.variants]
        assert len(sounds) == len(set(sounds))


TOKENS = st.sampled_from(
    [
        "the",
        "a",
        "to",
        "of",
        "and",
        "you",
        "did",
        "can't",
        "water",
        "25",
        "$5",
        "1995",
        "BBC's",
        "😀",
        "—",
        "…",
        "你好",
        "zylofink",
        "Mr.",
        "O'Brien's",
        "e.g.",
        "10:30",
        "mother-in-law",
        "http://a.co",
        "I'd've",
        "rock'n'roll",
        "hmm",
        "¡",
        "'",
        "''",
        "-",
    ]
)


@given(st.one_of(st.text(max_size=40), st.lists(TOKENS, max_size=12).map(" ".join)))
def test_any_text_is_pronounced_with_the_inventory(text: str) -> None:
    words = PRONOUNCER.pronounce(text)
    indexes = [word.index for word in words]
    assert indexes == sorted(set(indexes))
    assert all(index < len(text.split()) for index in indexes)
    for word in words:
        assert len(word.variants) <= MOST_VARIANTS
        for variant in word.variants:
            assert variant.phonemes
            assert set(variant.phonemes) <= INVENTORY
            assert len(variant.phonemes) == len(variant.stress)
            assert set(variant.stress) <= {0, 1, 2}


def test_a_sentence_takes_about_a_millisecond() -> None:
    text = "The weather was so nice that we walked to the old harbour after lunch yesterday."
    pronounce(text)
    best = min(timed(text) for _ in range(20))
    assert best < 0.005


def timed(text: str) -> float:
    start = time.perf_counter()
    PRONOUNCER.pronounce(text)
    return time.perf_counter() - start


def test_closing_ends_the_guesser() -> None:
    guesser = WrittenGuesser()
    pronouncer = EnglishPronouncer(guesser)
    pronouncer.close()
    assert guesser.closed
