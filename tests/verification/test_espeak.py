"""The real espeak-ng in its process: every language, any word, death and the GPL border."""

from __future__ import annotations

import itertools
import os
import signal
import sys
from collections.abc import Iterator

import pytest

from inference.phonetics.espeak_client import EspeakGuesser
from inference.phonetics.espeak_symbols import read_espeak
from inference.phonetics.inventory import LANGUAGES, phonemes
from inference.phonetics.phonemizer import pronouncer

pytestmark = pytest.mark.engine("piper")

VOICES = {"en": "en-us", "es": "es", "fr": "fr", "de": "de"}
SYLLABLES = {
    "en": ("b c ch d f g gh h j k kn l m n p ph qu r s sh str t th v w wh x y z",
           "a e i o u ai ea oo ou ow oi y igh ough", "ck d ng nk r s tch th x le"),
    "es": ("b c ch d f g gu j l ll m n ñ p qu r rr s t v w x y z gü",
           "a e i o u á é í ó ú ia ue io uo ai ei oi au eu", "n s r l d z j x"),
    "fr": ("b c ch ç d f g gn h j l m n p ph qu r s t v w x y z",
           "a e é è ê i o u ou oi ai eau eu œu an in on un ain ien ill eil", "t s r que ge mp ble"),
    "de": ("b c ch d f g h j kn l m n p pf qu r s sch st sp ß t th tz v w x y z zw",
           "a e i o u ä ö ü ai ei au äu eu ie ee aa oh er en y", "ch ck g ng st tz er en ig ung"),
}  # fmt: skip


@pytest.fixture(scope="module")
def guesser() -> Iterator[EspeakGuesser]:
    guesser = EspeakGuesser()
    yield guesser
    guesser.close()


def made_up_words(language: str) -> list[str]:
    """Return syllables in many combinations: they walk through the spelling rules."""
    onsets, vowels, codas = (part.split() for part in SYLLABLES[language])
    syllables = ["".join(s) for s in itertools.product(onsets, vowels, ["", *codas])]
    shifted = syllables[97:] + syllables[:97]
    return syllables + [a + b for a, b in zip(syllables, shifted, strict=True)]


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_whatever_it_says_is_in_the_inventory(
    language: str, guesser: EspeakGuesser
) -> None:
    words = made_up_words(language)
    spoken = guesser.guess(words, VOICES[language])
    own = set(phonemes(language))
    for word, said in zip(words, spoken, strict=True):
        read = read_espeak(said, language)
        assert bool(read) == bool(said), f"{word}: {said}"
        assert {phoneme for phoneme, _ in read} <= own


@pytest.mark.parametrize(
    ("language", "text", "spoken"),
    [
        ("en", "A zylofink!", "ə z aɪ l ə f ɪ ŋ k"),
        ("es", "Hola, me llamo Javier.", "o l a m e ʎ a m o x a β j e ɾ"),
        ("fr", "Les amis ont un chat.", "l e z a m i ɔ̃ œ̃ ʃ a"),
        ("de", "Ich möchte zwei Brötchen.", "ɪ ç m œ ç t ə ts v aɪ b ʁ øː t ç ə n"),
    ],
)
def test_sentences(
    language: str, text: str, spoken: str, guesser: EspeakGuesser
) -> None:
    words = pronouncer(language, guesser=guesser).pronounce(text)
    assert " ".join(p for w in words for p in w.variants[0].phonemes) == spoken


def test_it_is_not_in_this_process(guesser: EspeakGuesser) -> None:
    assert guesser.guess(("hello",), "en-us") == ("həlˈoʊ",)
    assert guesser.pid not in (None, os.getpid())
    assert not [name for name in sys.modules if "espeakbridge" in name]


def test_a_killed_process_comes_back(guesser: EspeakGuesser) -> None:
    numbers = itertools.count()
    guesser.guess((f"word{next(numbers)}",), "fr")
    assert guesser.pid is not None
    os.kill(guesser.pid, signal.SIGKILL)
    assert guesser.guess(("nouveau",), "fr") == ("nuvˈo",)


def test_odd_words_are_answered(guesser: EspeakGuesser) -> None:
    odd = (
        "",
        " ",
        "\n",
        "[[h@'loU]]",
        "<speak>",
        "a" * 5000,
        "你好",
        "'",
        "\x00",
        "😀",
    )
    assert len(guesser.guess(odd, "en-us")) == len(odd)
    assert guesser.guess(("hello",), "no-such-voice") == ("",)
    assert guesser.guess(("again",), "en-us") == ("ɐɡˈɛn",)
