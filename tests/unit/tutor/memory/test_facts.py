"""What learners tell about themselves: what is kept, and above all what is not."""

from __future__ import annotations

from pathlib import Path

import pytest

from tutor.languages.function_words import LanguageDataError
from tutor.memory.fact_patterns import load
from tutor.memory.facts import facts_in, kind_of, to_the_learner

from .findings import analysed


def texts(marked: str, language: str = "en") -> list[str]:
    """Return the facts in a turn."""
    return [fact.text for fact in facts_in(analysed(marked), language)]


@pytest.mark.parametrize(
    ("language", "said", "fact", "to_learner"),
    [
        ("en", "Well, I have a dog and it is big.", "I have a dog", "you have a dog"),
        (
            "en",
            "I live in Madrid with my parents.",
            "I live in Madrid with my parents",
            "you live in Madrid with your parents",
        ),
        ("en", "I work as a nurse.", "I work as a nurse", "you work as a nurse"),
        (
            "en",
            "I’ve got two brothers",
            "I've got two brothers",
            "you have two brothers",
        ),
        (
            "es",
            "Pues me gustan los gatos.",
            "Me gustan los gatos",
            "te gustan los gatos",
        ),
        (
            "es",
            "Vivo con mis abuelos, sí.",
            "Vivo con mis abuelos",
            "vives con tus abuelos",
        ),
        (
            "fr",
            "J'habite à Lyon avec ma mère.",
            "J'habite à Lyon avec ma mère",
            "tu habites à Lyon avec ta mère",
        ),
        ("fr", "J'aime l'école.", "J'aime l'école", "tu aimes l'école"),
        ("de", "Ich spiele Gitarre.", "Ich spiele Gitarre", "du spielst Gitarre"),
        (
            "de",
            "Ich wohne bei meinen Eltern.",
            "Ich wohne bei meinen Eltern",
            "du wohnst bei deinen Eltern",
        ),
    ],
)
def test_a_fact_is_recognised_and_can_be_told_back(
    language: str, said: str, fact: str, to_learner: str
) -> None:
    assert texts(said, language) == [fact]
    assert to_the_learner(fact, language) == to_learner


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "My brother has a dog."),
        ("en", "You have a dog."),
        ("en", "I don't have a dog."),
        ("en", "If I have a dog, I am happy."),
        ("en", "Do I have a dog?"),
        ("en", "I have a dog?"),
        ("en", "I have to go."),
        ("en", "I have a question."),
        ("en", "I like it."),
        ("en", "I like you."),
        ("en", "I have been to Rome."),
        ("en", "I have a"),
        ("en", "I like big old wooden houses near the sea in summer."),
        ("es", "No tengo perro."),
        ("es", "Tengo hambre."),
        ("fr", "J'ai faim."),
        ("fr", "J'ai mangé une pomme."),
        ("de", "Ich habe einen Film gesehen."),
        ("xx", "I have a dog."),
    ],
)
def test_what_is_no_fact_is_left_alone(language: str, said: str) -> None:
    assert texts(said, language) == []


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "I live at 12 Baker Street."),
        ("en", "I live in Baker Street."),
        ("en", "I have a phone number."),
        ("en", "I have a girlfriend."),
        ("en", "I like to pray."),
        ("en", "I have two pills every morning."),
        ("en", "I have many debts and a bank account."),
        ("en", "I have a disease."),
        ("en", "I like to hurt people."),
        ("en", "I am from ana@example.org"),
        ("en", "I have a friend called Anna."),
        ("es", "Tengo una enfermedad."),
        ("es", "Vivo en la calle Mayor."),
        ("es", "Me gusta ir a la iglesia."),
        ("fr", "J'ai une maladie."),
        ("fr", "J'habite dans la rue Verte."),
        ("fr", "J'ai un copain."),
        ("de", "Ich habe eine Krankheit."),
        ("de", "Ich wohne in der Straße am See."),
        ("de", "Ich habe eine Freundin."),
    ],
)
def test_private_things_are_never_kept(language: str, said: str) -> None:
    assert texts(said, language) == []


def test_a_fact_with_a_mistake_in_it_is_left_alone() -> None:
    assert texts("I have a [dogs|dog]. I like tennis.") == ["I like tennis"]
    assert texts("I have a dog and he [eat|eats].") == ["I have a dog"]


def test_edited_words_of_another_form_are_of_no_kind() -> None:
    assert to_the_learner("My cat is called Tom", "en") is None
    assert kind_of("My cat is black", "en") == ""
    assert kind_of("I have a cat", "en") == "have"


@pytest.mark.parametrize(
    ("content", "place"),
    [
        ("openers: well", "wants exactly"),
        ("{openers: '', stops: '', refused: '', private: '', swap: 1, patterns: [1]}", "patterns.0"),
        (
            "{openers: '', stops: [], refused: '', private: '', swap: {}, patterns: [1]}",
            "stops",
        ),
        (
            "{openers: '', stops: '', refused: '', private: '', swap: {}, patterns: [{kind: eat, said: [I eat], you: you eat}]}",
            "patterns.0.kind",
        ),
    ],
)  # fmt: skip
def test_faulty_data_names_file_and_place(
    tmp_path: Path, content: str, place: str
) -> None:
    path = tmp_path / "facts.yaml"
    path.write_text(content)
    with pytest.raises(LanguageDataError, match=f"facts.yaml.*{place}"):
        load(path)
