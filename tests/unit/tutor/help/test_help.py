"""What a word means, and why something was corrected."""

from __future__ import annotations

import pytest

from tutor.findings import Evidence, Finding, Severity
from tutor.help import Source, explain, explain_by_model, gloss
from tutor.help.scripts import in_script
from tutor.languages.glosses import glosses
from tutor.languages.levels import word_levels
from tutor.learner import Learner, Level
from tutor.moves import PlannedItem
from tutor.policy.heard import words_of

from .saying import Says


@pytest.mark.parametrize(
    ("word", "base", "part"),
    [
        ("water", "water", "noun"),
        ("Went,", "go", "verb"),
        ("children", "child", "noun"),
        ("families", "family", "noun"),
        ("saw", "see", "verb"),
        ("does", "do", "verb"),
        ("the", "the", "word"),
        ("sister’s", "sister", "noun"),
    ],
)
def test_the_dictionary_knows_words_and_their_forms(
    word: str, base: str, part: str
) -> None:
    found = gloss(word, "en-GB")
    assert (found.word, found.meanings[0].part) == (base, part)
    assert found.source is Source.DICTIONARY
    assert "Princeton" in found.attribution


def test_the_lesson_says_it_first() -> None:
    items = [PlannedItem("Boarding pass", "a paper for the plane", "Here it is.")]
    found = gloss("boarding pass", "en", items=items)
    assert (found.text, found.source) == ("a paper for the plane", Source.LESSON)


def test_the_tutor_is_asked_only_for_what_nothing_else_knows() -> None:
    model = Says("a small furry animal")
    assert gloss("water", "en", completion=model).source is Source.DICTIONARY
    assert not model.messages
    found = gloss("gato", "es", completion=Says("un animal pequeño"))
    assert (found.text, found.source) == ("un animal pequeño", Source.MODEL)
    assert found.source.machine_made


@pytest.mark.parametrize(
    ("word", "l2", "model", "missing"),
    [
        ("gato", "es", None, "no dictionary for this language here"),
        ("frobnicate", "en", None, "does not have this word"),
        ("gato", "es", Says(None), "no dictionary"),
        ("gato", "es", Says("gato"), "no dictionary"),
        ("gato", "es", Says("x" * 500), "no dictionary"),
        ("gato", "es", Says("小さい動物"), "no dictionary"),
        ("猫", "../../etc", None, "no dictionary"),
        ("...", "en", None, "not a word"),
        ("", "en", None, "not a word"),
        ("a" * 100, "en", None, "not a word"),
    ],
)
def test_a_missing_meaning_says_so(
    word: str, l2: str, model: Says | None, missing: str
) -> None:
    found = gloss(word, l2, completion=model)
    assert found.source is Source.NONE
    assert not found.meanings
    assert missing in found.missing


def test_every_line_of_the_glosses_can_be_read_and_leads_somewhere() -> None:
    found = glosses("en")
    assert found is not None
    assert len(found.lines) > 6000
    for word in found.lines:
        assert found.senses(word), word
        assert all(len(sense.meaning) <= 130 for sense in found.senses(word))


@pytest.mark.parametrize(
    ("word", "meaning"),
    [
        ("April", "the fourth month of the year"),
        ("women", "a female adult"),
        ("may", "it is possible or allowed"),
        ("China", "a very large country in the east of Asia"),
        ("kids", "a child"),
        ("else", "other; different; more"),
        ("cannot", "is not able to; is not allowed to"),
    ],
)
def test_frequent_words_mean_what_learners_meet(word: str, meaning: str) -> None:
    assert gloss(word, "en").text == meaning


def test_own_meanings_are_in_words_for_beginners() -> None:
    found, levels = glosses("en"), word_levels("en")
    assert found is not None
    hard = {
        word: said
        for word in found.own
        for sense in found.senses(word)
        for said in words_of(sense.meaning)
        if levels.rank(said) > Level.B1.rank and said.isalpha() and len(said) > 1
    }
    # Names of countries, numbers and what must be said as it is.
    assert len(hard) <= len(found.own) // 50, hard


@pytest.mark.parametrize("word", ["come", "make", "do", "ass", "breast"])
def test_meanings_are_fit_for_children(word: str) -> None:
    found = glosses("en")
    assert found is not None
    text = " ".join(s.meaning + s.example for s in found.senses(word)).casefold()
    assert not any(bad in text for bad in ("sex", "love, not war", "sperm", "buttocks"))


def finding(category: str = "verb_tense") -> Finding:
    return Finding(
        12, 14, "go", "went", "R:VERB:TENSE", category, Severity.ERROR, Evidence.MODEL
    )


@pytest.mark.parametrize("category", ["verb_tense", "other", "no such category"])
def test_a_correction_is_explained_in_the_first_language(category: str) -> None:
    learner = Learner("es", "en", Level.A1)
    found = explain(finding(category), learner, sentence="Yesterday I go home.")
    assert (found.language, found.missing) == ("es", "")
    assert "went" in found.text


@pytest.mark.parametrize("l1", ["xx", "en", "../x", ""])
def test_without_words_in_the_first_language_the_language_taught_explains(
    l1: str,
) -> None:
    found = explain(finding(), Learner(l1, "en", Level.B1))
    assert found.language == "en"
    assert "went" in found.text
    assert bool(found.missing) is (l1 != "en")


UKRAINIAN = Learner("uk", "en", Level.A2)


def test_the_model_explains_in_a_first_language_that_data_do_not_have() -> None:
    model = Says("Дієслово показує минулий час: went.")
    found = explain_by_model(finding(), UKRAINIAN, "Yesterday I go home.", model)
    assert (found.source, found.language) == (Source.MODEL, "uk")
    assert '"language": "Ukrainian"' in model.messages[1][1]
    assert '"about": "verb tense"' in model.messages[1][1]


@pytest.mark.parametrize(
    "model",
    [
        None,
        Says(None),
        Says(""),
        Says("The verb shows the past."),
        Says("Час " * 200),
    ],
)
def test_an_explanation_that_is_none_is_not_shown(model: Says | None) -> None:
    found = explain_by_model(finding(), UKRAINIAN, "Yesterday I go home.", model)
    assert found.text == ""
    assert "in your language" in found.missing


@pytest.mark.parametrize(
    ("word", "full"),
    [
        ("I'm", "I am"),
        ("don’t", "do not"),
        ("Can't", "cannot"),
        ("let's", "let us"),
        ("it's", "it is, or: it has"),
        ("he'd", "he would, or: he had"),
    ],
)
def test_a_short_form_is_given_in_full(word: str, full: str) -> None:
    found = gloss(word, "en")
    assert (found.text, found.attribution) == (full, "")


@pytest.mark.parametrize("meaning", ["some sexual thing", "cambiar algo de la máquina"])
def test_a_meaning_that_is_unfit_or_in_another_language_is_not_shown(
    meaning: str,
) -> None:
    assert not gloss("frobnicate", "en", completion=Says(meaning)).meanings


@pytest.mark.parametrize(
    ("text", "tag", "fits"),
    [
        ("Hello", "en", True),
        ("Привет", "en", False),
        ("Привет", "ru-RU", True),
        ("東京へ", "ja", True),
        ("東京", "ja", True),
        ("我今天去学校", "ja", False),
        ("...", "en", False),
    ],
)
def test_scripts(text: str, tag: str, fits: bool) -> None:
    assert in_script(text, tag) is fits
