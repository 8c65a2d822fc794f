"""How another talk begins, and the summary of those before."""

from __future__ import annotations

from pathlib import Path

import pytest

from tutor.gates.limits import max_words
from tutor.history import LedgerEntry
from tutor.languages.function_words import LanguageDataError
from tutor.learner import Level
from tutor.memory.opening import TalkMemory, opening_line, remembered_line
from tutor.memory.opening_data import load, opening_templates
from tutor.memory.summary import PastSession, rolling_summary

FACTS = {
    "en": "I have a dog",
    "es": "Tengo un perro",
    "fr": "J'ai un chien",
    "de": "Ich habe einen Hund",
}
TREATED = LedgerEntry("k", "verb_tense", "I go home.", "I went home.", addressed=1)


@pytest.mark.parametrize("level", list(Level))
@pytest.mark.parametrize("language", FACTS)
def test_a_fact_is_asked_about_in_few_sentences(language: str, level: Level) -> None:
    memory = TalkMemory(facts=(FACTS[language],), sessions=1)
    line = opening_line(memory, language=language, level=level, name="Ana")
    assert "Ana" in line
    assert FACTS[language].split()[-1] in line
    assert len(line.split()) <= max_words(level) + 1
    assert line.count("?") == 1
    assert "{" not in line


def test_another_fact_each_time() -> None:
    facts = ("I have a dog", "I like tennis")
    lines = [
        opening_line(TalkMemory(facts=facts, sessions=n), language="en", level=Level.A2)
        for n in (1, 2, 3)
    ]
    assert "dog" in lines[0]
    assert "tennis" in lines[1]
    assert lines[2] == lines[0]


def test_a_fact_too_long_for_the_level_gives_way() -> None:
    long = "My cat is the oldest and the blackest of all cats in our small town"
    memory = TalkMemory(facts=(long,), topic="Pets", sessions=1)
    assert "Pets" in opening_line(memory, language="en", level=Level.A1)
    assert long in opening_line(memory, language="en", level=Level.B1)


def test_an_edited_fact_is_quoted() -> None:
    memory = TalkMemory(facts=("My cat is black.",), sessions=1)
    line = opening_line(memory, language="en", level=Level.A1)
    assert "“My cat is black.”" in line


@pytest.mark.parametrize(
    ("memory", "shown"),
    [
        (TalkMemory(topic="At the café", words=("tip",), sessions=2), "At the café"),
        (TalkMemory(words=("tip",), ledger=(TREATED,), sessions=2), "“tip”"),
        (TalkMemory(ledger=(TREATED,), sessions=2), "“I went home.”"),
    ],
)
def test_without_facts_the_rest_serves(memory: TalkMemory, shown: str) -> None:
    assert shown in opening_line(memory, language="en", level=Level.B1)


@pytest.mark.parametrize(
    ("memory", "language"),
    [
        (TalkMemory(), "en"),
        (TalkMemory(facts=("I have a dog",)), "en"),
        (TalkMemory(sessions=3), "en"),
        (TalkMemory(facts=("I have a dog",), sessions=1), "xx"),
    ],
)
def test_without_memory_there_is_no_such_line(
    memory: TalkMemory, language: str
) -> None:
    assert opening_line(memory, language=language, level=Level.A1) == ""


def test_braces_in_what_was_told_stay_what_they_are() -> None:
    memory = TalkMemory(facts=("My {name} is %s",), sessions=1)
    assert "My {name} is %s" in opening_line(memory, language="en", level=Level.A1)


def test_faulty_templates_name_file_and_key(tmp_path: Path) -> None:
    assert opening_templates("xx") is None
    path = tmp_path / "opening.yaml"
    path.write_text("greeting: Hello")
    with pytest.raises(LanguageDataError, match="opening.yaml: wants exactly"):
        load(path)


def test_the_summary_tells_the_last_three_sessions() -> None:
    past = PastSession(
        topic="At the café", minutes=6, turns=8, right_turns=5,
        items=("tip", "menu"), produced=("menu",), mistakes={"verb_tense": 3, "article": 1},
    )  # fmt: skip
    assert rolling_summary([past, PastSession(minutes=4, turns=2, right_turns=2)]) == (
        "The last 2 sessions (10 min): At the café; free talk."
        " 7 of 10 turns had no mistake. Most mistakes: verb tense and article."
        " Words used: menu; met but not used: tip."
    )
    assert rolling_summary([]) == ""
    assert "older" not in rolling_summary([past] * 3 + [PastSession("older", turns=1)])


@pytest.mark.parametrize("level", list(Level))
@pytest.mark.parametrize("language", FACTS)
def test_a_lesson_begins_with_one_remembered_sentence(
    language: str, level: Level
) -> None:
    memory = TalkMemory(facts=(FACTS[language],), topic="Pets", sessions=1)
    line = remembered_line(memory, language=language, level=level)
    assert FACTS[language].split()[-1] in line
    assert len(line.split()) <= max_words(level)
    assert not set("?{") & set(line)


def test_without_a_fact_a_lesson_begins_with_the_last_topic() -> None:
    memory = TalkMemory(topic="At the café", sessions=2)
    line = remembered_line(memory, language="en", level=Level.A1)
    assert line == "Last time we talked about “At the café”."


@pytest.mark.parametrize(
    ("memory", "language"),
    [
        (TalkMemory(), "en"),
        (TalkMemory(topic="Pets"), "en"),
        (TalkMemory(topic="Pets", sessions=1), "fi"),
        (TalkMemory(topic=" ".join(["pets"] * 12), sessions=1), "en"),
    ],
)
def test_a_lesson_begins_as_written_where_nothing_is_remembered(
    memory: TalkMemory, language: str
) -> None:
    assert remembered_line(memory, language=language, level=Level.A2) == ""
