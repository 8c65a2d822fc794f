"""Broken data is refused with the place of the fault."""

from __future__ import annotations

from pathlib import Path

import pytest

from tutor.gates.lists import praise_lists, safety_lists
from tutor.gates.move_lists import move_lists
from tutor.gates.phrases import PhraseList
from tutor.gates.reading import read
from tutor.languages.function_words import (
    DATA,
    LanguageDataError,
    foreign_words,
    function_words,
)
from tutor.languages.levels import (
    LEVELS,
    UNKNOWN,
    read_endings,
    read_levels,
    word_levels,
)
from tutor.learner import Level

LANGUAGES = ("en", "es", "fr", "de")


@pytest.mark.parametrize("l2", LANGUAGES)
def test_each_language_is_complete(l2: str) -> None:
    assert function_words(l2).every
    assert safety_lists(l2).categories
    assert praise_lists(l2).alone
    assert move_lists(l2).same
    assert word_levels(l2).estimated is (l2 != "en")


@pytest.mark.parametrize("l2", LANGUAGES)
def test_languages_list_the_same_dangers(l2: str) -> None:
    names = [category.name for category in safety_lists(l2).categories]

    assert names == [category.name for category in safety_lists("en").categories]


@pytest.mark.parametrize("l2", LANGUAGES)
def test_level_files_stay_small(l2: str) -> None:
    assert (DATA / l2 / LEVELS).stat().st_size < 400_000


@pytest.mark.parametrize(
    ("l2", "word", "level"),
    [
        ("en", "banana", "A1"),
        ("en", "walked", "A1"),
        ("en", "stopping", "A1"),
        ("en", "happiest", "A1"),
        ("en", "babies", "A1"),
        ("es", "manzanas", "A1"),
        ("es", "hablábamos", "A1"),
        ("fr", "pommes", "A1"),
        ("fr", "parlerons", "A1"),
        ("de", "äpfel", "A1"),
        ("de", "lieblingsfarbe", "A1"),
    ],
)
def test_forms_have_the_level_of_their_word(l2: str, word: str, level: str) -> None:
    assert word_levels(l2).level(word) == Level(level)


def test_nonsense_has_no_level() -> None:
    levels = word_levels("en")

    assert levels.rank("qwertzing") == UNKNOWN
    assert levels.level("qwertzing") is None


def test_a_words_own_language_is_never_foreign() -> None:
    assert "die" in foreign_words("es")
    assert not foreign_words("de") & function_words("de").every


@pytest.mark.parametrize("text", ["A1 word\n", "D1: word\n"])
def test_a_broken_level_file_names_its_line(tmp_path: Path, text: str) -> None:
    path = tmp_path / "levels.txt"
    path.write_text(f"# comment\n{text}", encoding="utf-8")

    with pytest.raises(LanguageDataError, match=r"levels\.txt:2"):
        read_levels(path)


@pytest.mark.parametrize("text", ["~s", "s\t~", "~s\tx", "~s\t"])
def test_a_broken_ending_names_its_line(tmp_path: Path, text: str) -> None:
    path = tmp_path / "endings.tsv"
    path.write_text(text, encoding="utf-8")

    with pytest.raises(LanguageDataError, match=r"endings\.tsv:1"):
        read_endings(path)


def test_a_missing_language_is_named() -> None:
    with pytest.raises(LanguageDataError, match="function_words"):
        function_words("xx")


@pytest.mark.parametrize(
    ("phrase", "text", "found"),
    [
        ("kill* time", "We killed time.", True),
        ("kill* time", "We killed. Time flies.", False),
        ("your ~ address", "your old home address", True),
        ("your ~ address", "your very old home address", False),
        ("i am|was here", "I'm here", True),
        ("do not go", "Don't go!", True),
        ("what is it", "What's it?", True),
        ("art", "party", False),
    ],
)
def test_phrases_are_found_as_words(phrase: str, text: str, found: bool) -> None:
    tokens = read(text, "en").tokens

    assert bool(list(PhraseList([phrase]).find(tokens))) is found


@pytest.mark.parametrize("phrase", ["", "~ word", "word ~", "a|"])
def test_a_phrase_without_words_is_refused(phrase: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        PhraseList([phrase])
