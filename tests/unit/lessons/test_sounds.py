"""What learners are told about sounds is complete, and its minimal pairs are minimal."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest

from inference.phonetics.inventory import acoustic_class, from_arpabet, phonemes
from inference.phonetics.lexicon.dictionary import Dictionary
from lessons.levels import CEFRLevel
from lessons.sounds.as_json import sounds_json
from lessons.sounds.library import (
    FILES,
    SoundsError,
    check_references,
    parse_sound,
    sentences_of,
    sound_of,
    sounds_of,
)

# They come with borrowed words only; nobody is asked to practise them.
BORROWED = {
    "en": set(),
    "es": {"ʃ"},
    "fr": {"tʃ", "dʒ", "h"},
    "de": {"ɑ̃", "ɛ̃", "ɔ̃", "w", "θ", "ð"},
}
GOOD: dict[str, Any] = {
    "ipa": "x",
    "kind": "consonant",
    "example": "a",
    "respelling": "a",
    "tongue": "a",
    "lips": "a",
    "voice": "a",
    "mistake": "a",
    "words": ["a"],
}


@pytest.mark.parametrize("language", FILES)
def test_every_phoneme_of_a_language_can_be_explained(language: str) -> None:
    missing = set(phonemes(language)) - set(sounds_of(language))
    assert missing == BORROWED[language]


def test_another_dictionarys_symbol_is_the_same_sound() -> None:
    assert sound_of("en", "iː") is sound_of("en", "i") is not None
    assert sound_of("en", "!") is None
    assert sounds_of("tlh") == {}


def test_english_sounds_have_five_words_and_pairs_to_hear() -> None:
    for sound in sounds_of("en").values():
        assert len(set(sound.words)) == 5, sound.ipa
        assert 2 <= len(sound.pairs) <= 3, sound.ipa


def test_texts_are_short_whole_sentences() -> None:
    for language in FILES:
        for sound in sounds_of(language).values():
            advice = (sound.tongue, sound.lips, sound.voice, sound.mistake)
            for text in (*advice, *sound.instead.values()):
                assert text[0].isupper()
                assert text.endswith(".")
                assert len(text) < 120


def test_minimal_pairs_differ_in_their_one_sound() -> None:
    wrong = [
        (sound.ipa, pair)
        for sound in sounds_of("en").values()
        for pair in sound.pairs
        if not any(
            _differ_in(mine, other, sound.ipa, pair.other)
            for mine, other in product(_spoken(pair.word), _spoken(pair.other_word))
        )
    ]
    assert wrong == []


def test_practice_words_and_examples_have_their_sound() -> None:
    wrong = [
        (sound.ipa, word)
        for sound in sounds_of("en").values()
        for word in (*sound.words, sound.example)
        if not any(sound.ipa in spoken for spoken in _spoken(word))
    ]
    assert wrong == []


def test_a_browser_gets_the_sounds_and_what_is_hard() -> None:
    found = sounds_json("en", first_language="es-MX")
    assert found["speakers"] == "Spanish"
    assert "v" in found["hard"]
    assert found["sounds"]["iː"]["ipa"] == "i"
    assert found["sounds"]["θ"]["pairs"][0] == ["think", "sink", "s"]
    assert sounds_json("es", first_language="es")["hard"] == []
    assert sounds_json("en", first_language="xx")["speakers"] == ""


@pytest.mark.parametrize(
    "change",
    [
        {"kind": "whistle"},
        {"tongue": ""},
        {"words": ["a", ""]},
        {"colour": "red"},
        {"pairs": [["a", "b"]]},
        {"pairs": [["a", "a", "s"]]},
        {"example": None},
    ],
)
def test_a_wrong_entry_is_refused(change: dict[str, Any]) -> None:
    with pytest.raises(SoundsError):
        parse_sound({**GOOD, **change})


def test_a_sound_compared_with_nothing_or_itself_is_refused() -> None:
    for other in ("q", "x"):
        sound = parse_sound({**GOOD, "pairs": [["a", "b", other]]})
        with pytest.raises(SoundsError):
            check_references({"x": sound})


DICTIONARY = Dictionary()


def _spoken(word: str) -> list[tuple[str, ...]]:
    found = DICTIONARY.pronunciations(word.lower())
    return [tuple(from_arpabet(phone)[0] for phone in phones) for phones in found]


def _differ_in(
    mine: tuple[str, ...], other: tuple[str, ...], sound: str, instead: str
) -> bool:
    """Whether two words are alike but for one place: this sound, and the other."""
    if len(mine) != len(other):
        return False
    places = [(a, b) for a, b in zip(mine, other, strict=True) if a != b]
    if places == [(sound, instead)]:
        return True
    # Weak vowels: dictionaries do not agree which of them a word has.
    return sound in "əɚ" and all(_is_vowel_pair(a, b) for a, b in places)


def _is_vowel_pair(a: str, b: str) -> bool:
    vowels = {acoustic_class(vowel) for vowel in "iɪɛæʌɑɔʊuɝ"}
    return acoustic_class(a) in vowels and acoustic_class(b) in vowels


def test_there_are_sentences_to_read_in_every_language() -> None:
    assert set(sentences_of("en")) == set(CEFRLevel.values)
    for language in FILES:
        for level, sentences in sentences_of(language).items():
            assert level in CEFRLevel.values
            assert len(sentences) >= 2
            assert all(5 <= len(text.split()) <= 16 for text in sentences)
    assert sentences_of("tlh") == {}
