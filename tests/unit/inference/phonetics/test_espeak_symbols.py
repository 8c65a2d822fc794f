"""espeak-ng's notation as phonemes of the inventories."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inference.phonetics.espeak_symbols import read_espeak
from inference.phonetics.features import FEATURES
from inference.phonetics.inventory import LANGUAGES, phonemes


def written(spoken: str, language: str) -> str:
    return " ".join(phoneme for phoneme, _ in read_espeak(spoken, language))


# What espeak-ng 1.52 writes for these words.
@pytest.mark.parametrize(
    ("language", "spoken", "expected"),
    [
        ("en", "wˈɔːɾɚ", "w ɔ t ɚ"), ("en", "bˈɜːd", "b ɝ d"), ("en", "nˌɪɹ", "n ɪ ɹ"),
        ("en", "tʃˈɜːtʃᵻz", "tʃ ɝ tʃ ɪ z"), ("en", "lɪʲˈɛs", "l ɪ ɛ s"),
        ("es", "ˌaʊtoβˈus", "a w t o β u s"), ("es", "pˈero", "p e r o"),
        ("es", "stʃwˈaɾθ", "s tʃ w a ɾ θ"), ("es", "ɡˈera", "ɡ e r a"),
        ("fr", "œ̃n", "œ̃ n"), ("fr", "mɔ̃tˈaɲ", "m ɔ̃ t a ɲ"), ("fr", "(en)pˈɑːkɪŋ(fr)", "p ɑ k i ŋ"),
        ("de", "ʃtrˈɑːsə", "ʃ t ʁ aː s ə"), ("de", "bˈɛsɜ", "b ɛ s ɐ"), ("de", "lˈɔøtə", "l ɔʏ t ə"),
        ("de", "pfˈeːɾt", "pf eː ʁ t"), ("de", "tsvˈaɪ", "ts v aɪ"),
    ],
)  # fmt: skip
def test_words_as_the_voices_say_them(
    language: str, spoken: str, expected: str
) -> None:
    assert written(spoken, language) == expected


def test_stress_goes_to_the_next_vowel() -> None:
    assert read_espeak("ˌɪntɹədˈuːs", "en") == (
        ("ɪ", 2), ("n", 0), ("t", 0), ("ɹ", 0), ("ə", 0), ("d", 0), ("u", 1), ("s", 0),
    )  # fmt: skip


def test_an_unknown_symbol_makes_the_word_unknown() -> None:
    assert read_espeak("tˈʘap", "en") == ()
    assert read_espeak("", "en") == ()


SYMBOLS = st.text(alphabet="".join(FEATURES) + "ˈˌːʲ-̩̃ ()en", max_size=20)


@given(SYMBOLS, st.sampled_from(sorted(LANGUAGES)))
def test_only_phonemes_of_the_language_come_out(spoken: str, language: str) -> None:
    own = set(phonemes(language))
    for phoneme, stress in read_espeak(spoken, language):
        assert phoneme in own
        assert stress in (0, 1, 2)
