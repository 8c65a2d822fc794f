"""What is hard for whom: the tables are whole, and their words differ in one sound."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest

from inference.phonetics.inventory import from_arpabet, phonemes
from inference.phonetics.lexicon.dictionary import Dictionary
from lessons.levels import L1_LANGUAGES
from lessons.sounds.contrast import Position, WordPair
from lessons.sounds.contrast_files import (
    MOST,
    defined_contrasts,
    parse_tables,
    reviewed_tables,
)
from lessons.sounds.contrasts import contrast_named, contrasts_for
from lessons.sounds.features import apart
from lessons.sounds.library import SoundsError, sounds_of
from lessons.sounds.minimal_pairs import minimal_pairs
from lessons.sounds.prediction import inventories, predicted_table
from tests.fakes.spoken_pairs import Sounds, shows

L2S = ("en", "es", "fr", "de")
BIGGEST = {
    "zh",
    "es",
    "ar",
    "hi",
    "bn",
    "pt",
    "ru",
    "ja",
    "de",
    "fr",
    "ko",
    "tr",
    "it",
    "vi",
}
DICTIONARY = Dictionary()


def said_in_english(word: str) -> list[Sounds]:
    found = DICTIONARY.pronunciations(word.lower())
    return [tuple(from_arpabet(phone)[0] for phone in phones) for phones in found]


def test_the_biggest_first_languages_into_english_are_reviewed() -> None:
    assert set(reviewed_tables("en")) == BIGGEST
    for l2 in ("es", "fr", "de"):
        others = {"en", "zh", "es", "fr", "de"} - {l2}
        assert others <= set(reviewed_tables(l2))


@pytest.mark.parametrize("l2", L2S)
def test_tables_name_sounds_of_the_language(l2: str) -> None:
    tags = {language.tag for language in L1_LANGUAGES}
    for tag, table in reviewed_tables(l2).items():
        assert tag in tags
        assert 1 <= len(table.contrasts) <= MOST
        weights = [one.weight for one in table.contrasts]
        assert weights == sorted(weights, reverse=True)
        assert {one.sound for one in table.contrasts} <= set(phonemes(l2))


@pytest.mark.parametrize("l2", L2S)
def test_every_described_contrast_is_somebodys_and_has_a_short_tip(l2: str) -> None:
    used = {c.key for table in reviewed_tables(l2).values() for c in table.contrasts}
    # The others give words and tips to predicted tables.
    assert len(used - set(defined_contrasts(l2))) == 0
    for contrast in defined_contrasts(l2).values():
        assert contrast.tip[0].isupper()
        assert contrast.tip.endswith(".")
        assert len(contrast.tip) <= 110, contrast.key


def test_english_pairs_differ_in_their_contrast_by_the_dictionary() -> None:
    wrong = [
        (contrast.key, pair)
        for contrast in defined_contrasts("en").values()
        for pair in minimal_pairs("en", contrast)
        if not any(
            shows(contrast, mine, other)
            for mine, other in product(
                said_in_english(pair.word), said_in_english(pair.other)
            )
        )
    ]
    assert wrong == []


def test_beginners_get_words_they_know() -> None:
    contrast = contrast_named("ja", "en", "ɹ-l")
    assert contrast is not None
    pairs = minimal_pairs("en", contrast, highest=2)
    assert len(pairs) >= 12
    assert pairs[0] == WordPair("right", "light")
    assert WordPair("rain", "lane") in pairs
    assert WordPair("red", "led") not in pairs


def test_words_that_are_spelled_alike_are_not_asked() -> None:
    for contrast in defined_contrasts("en").values():
        pairs = minimal_pairs("en", contrast)
        words = {text for pair in pairs for text in (pair.word, pair.other)}
        assert not words & {
            "read",
            "lead",
            "live",
            "wind",
            "close",
            "tear",
            "bow",
            "row",
        }


def test_where_it_shows_comes_first() -> None:
    contrast = contrasts_for("de", "en").get("d-t")
    assert contrast is not None
    assert contrast.position is Position.END
    for pair in minimal_pairs("en", contrast)[:6]:
        assert any(sounds[-1] == "d" for sounds in said_in_english(pair.word))


def test_all_first_languages_get_a_table_and_own_speakers_none() -> None:
    for language in L1_LANGUAGES:
        assert language.tag in inventories()
        for l2 in L2S:
            table = contrasts_for(language.tag, l2)
            if language.tag == l2:
                assert table.contrasts == ()
                continue
            assert 1 <= len(table.contrasts) <= MOST, (language.tag, l2)
            assert table.predicted == (language.tag not in reviewed_tables(l2))
    assert contrasts_for("xx", "en").contrasts == ()
    assert contrasts_for("ja", "xx").contrasts == ()
    assert contrasts_for("es-MX", "en-GB").get("v-b")


def test_predictions_find_most_of_what_reviewers_wrote() -> None:
    found = wanted = right = said = 0
    for tag, table in reviewed_tables("en").items():
        predicted = predicted_table(tag, "en", tag)
        assert predicted is not None
        sounds = {one.sound for one in predicted.contrasts}
        reviewed = {one.sound for one in table.contrasts}
        found += sum(one.sound in sounds for one in table.contrasts[:8])
        wanted += len(table.contrasts[:8])
        right += len(sounds & reviewed)
        said += len(sounds)
    assert found / wanted > 0.65
    assert right / said > 0.6


def test_every_sound_can_be_compared() -> None:
    symbols = {s for inventory in inventories().values() for s in inventory.sounds}
    for l2 in L2S:
        for one in {sound.ipa for sound in sounds_of(l2).values()}:
            assert all(0 <= apart(one, other) <= 1 for other in symbols)


CONTRAST: dict[str, Any] = {
    "sound": "θ",
    "becomes": "s",
    "pairs": [["think", "sink"]],
    "tip": "Blow.",
}
LISTED: dict[str, Any] = {"is": "θ-s", "weight": 0.5}


@pytest.mark.parametrize(
    ("contrast", "listed"),
    [
        ({"sound": "q"}, {}),
        ({"becomes": "q"}, {}),
        ({"becomes": "θ"}, {}),
        ({"tip": " "}, {}),
        ({"pairs": [["a"]]}, {}),
        ({"pairs": [["a", "a"]]}, {}),
        ({"colour": "red"}, {}),
        ({}, {"is": "s-θ"}),
        ({}, {"also": ["s"]}),
        ({}, {"also": ["q"]}),
        ({}, {"at": "on mondays"}),
        ({}, {"weight": 0}),
        ({}, {"weight": 1.1}),
        ({}, {"often": True}),
    ],
)
def test_a_wrong_table_is_refused(
    contrast: dict[str, Any], listed: dict[str, Any]
) -> None:
    speakers = {"zz": {"name": "Z", "contrasts": [{**LISTED, **listed}]}}
    content = {"contrast": [{**CONTRAST, **contrast}], "speakers": speakers}
    with pytest.raises(SoundsError):
        parse_tables("en", content)


def test_a_table_with_one_twice_or_too_many_is_refused() -> None:
    speakers = {"zz": {"name": "Z", "contrasts": [LISTED, LISTED]}}
    with pytest.raises(SoundsError):
        parse_tables("en", {"contrast": [CONTRAST], "speakers": speakers})
    with pytest.raises(SoundsError):
        parse_tables("en", {"contrast": [CONTRAST, CONTRAST], "speakers": {}})
    with pytest.raises(SoundsError):
        parse_tables("en", {"colour": 1})
