"""Phoneme inventories, ARPAbet, and what is near what."""

from __future__ import annotations

import pytest

from inference.phonetics.features import FEATURES, distance
from inference.phonetics.inventory import (
    EN_PHONES,
    LANGUAGES,
    acoustic_class,
    class_phoneme,
    from_arpabet,
    is_vowel,
    phonemes,
    to_arpabet,
)

# Rows as pronunciation corpora write them.
CORPUS_ROWS = (
    "L IH1 L IY0",
    "Z EH1 B R AH0",
    "B ER0 D",
    "G OW0 IH0 NG",
    "K EH1 R F AH0 L IY2",
    "DH AH0 CH IH1 L D R AH0 N Y UW1 ZH UH0 AH0 L IY0",
)


@pytest.mark.parametrize("row", CORPUS_ROWS)
def test_arpabet_comes_back_as_it_was(row: str) -> None:
    read = [from_arpabet(phone) for phone in row.split()]
    assert " ".join(to_arpabet(phoneme, stress) for phoneme, stress in read) == row


def test_every_arpabet_vowel_comes_back_with_every_stress() -> None:
    for name in EN_PHONES:
        for digit in "012" if is_vowel(class_phoneme(EN_PHONES.index(name))) else ("",):
            assert to_arpabet(*from_arpabet(name + digit)) == name + digit


def test_unstressed_vowels_have_symbols_of_their_own() -> None:
    assert from_arpabet("AH0") == ("ə", 0)
    assert from_arpabet("AH2") == ("ʌ", 2)
    assert from_arpabet("ER0") == ("ɚ", 0)
    assert from_arpabet("ER1") == ("ɝ", 1)
    # Corpora that mark no stress at all mean an unstressed vowel.
    assert from_arpabet("IH") == ("ɪ", 0)


@pytest.mark.parametrize("phone", ["", "QQ", "A1", "1", "<unk>"])
def test_what_is_not_arpabet_is_refused(phone: str) -> None:
    with pytest.raises(KeyError):
        from_arpabet(phone)


def test_39_classes_share_the_vowels_that_stress_tells_apart() -> None:
    assert len(EN_PHONES) == len(set(EN_PHONES)) == 39
    assert acoustic_class("ə") == acoustic_class("ʌ")
    assert acoustic_class("ɚ") == acoustic_class("ɝ")
    assert {acoustic_class(phoneme) for phoneme in phonemes("en")} == set(range(39))


def test_every_phoneme_of_every_language_has_features() -> None:
    for language in LANGUAGES:
        own = phonemes(language)
        assert len(own) == len(set(own))
        assert set(own) <= FEATURES.keys()


def test_a_region_does_not_change_the_language() -> None:
    assert phonemes("fr-FR") == phonemes("fr") == phonemes("FR_ca")
    with pytest.raises(KeyError):
        phonemes("zh")


@pytest.mark.parametrize(
    ("target", "near", "far"),
    [
        ("θ", "s", "m"), ("ð", "z", "k"), ("ɪ", "i", "ɑ"), ("æ", "ɛ", "u"),
        ("ŋ", "n", "s"), ("tʃ", "ʃ", "l"), ("ɹ", "l", "p"), ("y", "u", "a"),
        ("ʁ", "r", "p"), ("j", "i", "ɑ"), ("b", "p", "f"),
    ],
)  # fmt: skip
def test_likely_confusions_are_near(target: str, near: str, far: str) -> None:
    assert distance(target, near) < distance(target, far)


def test_distance_is_a_distance() -> None:
    symbols = sorted(FEATURES)
    for one in symbols:
        for other in symbols:
            apart = distance(one, other)
            assert 0.0 <= apart <= 1.0
            assert apart == distance(other, one)
            assert (apart == 0.0) == (one == other)
