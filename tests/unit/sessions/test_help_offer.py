"""What help is offered between which languages, and what is kept of it."""

from __future__ import annotations

from typing import Any

import pytest

from lessons.levels import L1_LANGUAGES
from sessions.help.ipa import in_ipa
from sessions.help.kept import KeptAnswers
from sessions.help.offer import offer
from tutor.help import Grade, HelpText, Source, name


@pytest.mark.parametrize("language", L1_LANGUAGES, ids=lambda language: language.tag)
def test_every_language_of_the_interface_list_has_its_name(language: Any) -> None:
    assert name(language.tag) == language.name


def test_a_weak_model_is_asked_only_on_request(settings: Any) -> None:
    settings.HELP = {"TRANSLATION": "all", "DEADLINE_S": 1.0}
    settings.TEACHING = {**settings.TEACHING, "TRUST": "small"}
    weak, fair = offer("ta", "en"), offer("pt-BR", "en")
    assert (weak.translates, weak.eager, weak.grade) == (True, False, Grade.WEAK)
    assert (fair.translates, fair.eager, fair.l1_name) == (True, True, "Portuguese")
    assert not offer("en", "en-GB").translates


def text(words: str) -> HelpText:
    return HelpText(words, Source.MODEL, "es")


def test_answers_are_kept_for_a_while_and_make_room() -> None:
    now = [0.0]
    kept = KeptAnswers(max_kept=2, kept_for_s=10.0, clock=lambda: now[0])
    kept.put("a", text("a"))
    kept.put("b", text("b"))
    assert kept.get("a") == text("a")
    kept.put("c", text("c"))
    assert kept.get("b") is None, "it was not asked for longest"
    now[0] = 10.0
    assert kept.get("a") is None


@pytest.mark.parametrize(
    ("word", "language", "ipa"),
    [
        ("water", "en-GB", "ˈwɔtɚ"),
        ("computer,", "en", "kəmˈpjutɚ"),
        ("extra", "en", "ˈɛkstɹə"),
        ("a", "en", "eɪ"),
        ("go", "en", "ɡoʊ"),
        ("猫", "en", ""),
        ("water", "ja", ""),
        ("...", "en", ""),
    ],
)
def test_a_word_in_ipa(word: str, language: str, ipa: str) -> None:
    assert in_ipa(word, language) == ipa


def test_a_phrase_in_ipa_has_its_weak_forms_or_nothing() -> None:
    assert in_ipa("a cup of tea", "en") == "ə kʌp əv ti"
    assert in_ipa("a cup of 茶", "en") == ""
