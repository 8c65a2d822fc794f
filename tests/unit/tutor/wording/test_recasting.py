from __future__ import annotations

import pytest

from tutor.languages.templates import Words, template_set
from tutor.wording.recasting import correction

from .material import finding


def _words(tag: str) -> Words:
    found = template_set(tag)
    assert found is not None
    return found.words


@pytest.mark.parametrize(
    ("text", "said", "better", "recast"),
    [
        ("Yesterday I go home", "go", "went", "yesterday you went home"),
        ("I were sad", "were", "was", "you were sad"),
        ("I am agree with my boss", "am agree", "agree", "you agree with your boss"),
        ("I'm boring in my job", "boring", "bored", "you're bored in your job"),
        ("We goes to us house", "us", "our", "you goes to your house"),
        ("My sister have a dog", "have", "has", "your sister has a dog"),
        ("My sister were happy", "were", "was", "your sister was happy"),
        ("She like dancing", "like", "likes", "she likes dancing"),
        ("I have 2.5 kilo, and it rains", "kilo", "kilos", "you have 2.5 kilos"),
    ],
)
def test_statements_are_turned_to_the_learner(
    text: str, said: str, better: str, recast: str
) -> None:
    fixed = correction(text, (finding(text, said, better, "other"),), _words("en"))
    assert fixed.recast == recast


@pytest.mark.parametrize(
    ("text", "said", "better", "quoted"),
    [
        ("Where you went?", "you went", "did you go", "Where did you go"),
        ("Can you to help me", "to help", "help", "Can you help me"),
        ("Never I was there", "Never I", "I never", "I never was there"),
        ("went in the home", "in the home", "home", "went home"),
        ("You is my friend", "is", "are", "You are my friend"),
        ("I talks to myself and you", "talks", "talk", "I talk to myself"),
    ],
)
def test_what_cannot_be_turned_surely_is_quoted(
    text: str, said: str, better: str, quoted: str
) -> None:
    fixed = correction(text, (finding(text, said, better, "other"),), _words("en"))
    assert fixed.quoted == quoted
    assert fixed.recast in {"", "you talk to yourself"}


@pytest.mark.parametrize("tag", ["es", "fr", "de"])
def test_languages_whose_verbs_change_are_only_quoted(tag: str) -> None:
    fixed = correction(
        "abc def ghi", (finding("abc def ghi", "def", "x", ""),), _words(tag)
    )
    assert (fixed.quoted, fixed.recast) == ("abc x ghi", "")


def test_only_the_clause_of_the_mistake_is_repeated() -> None:
    text = "Yesterday I go to the market and I buyed two apple because I hungry"
    fixed = correction(
        text, (finding(text, "buyed", "bought", "verb_form"),), _words("en")
    )
    assert fixed.quoted == "I bought two apple"


def test_mistakes_of_one_clause_are_corrected_together() -> None:
    text = "I buyed two apple yesterday"
    found = (
        finding(text, "buyed", "bought", "verb_form"),
        finding(text, "apple", "apples", "noun_number"),
    )
    assert (
        correction(text, found, _words("en")).quoted == "I bought two apples yesterday"
    )


def test_neighbours_show_what_is_missing() -> None:
    text = "We listen music"
    fixed = correction(
        text, (finding(text, "", "to", "preposition", 10),), _words("en")
    )
    assert (fixed.before, fixed.after) == ("listen", "music")
    assert (fixed.wrong, fixed.right) == ("listen music", "listen to music")


def test_the_neighbour_of_a_small_word_is_shown_with_it() -> None:
    text = "I was in the party"
    fixed = correction(text, (finding(text, "in", "at", "preposition"),), _words("en"))
    assert fixed.after == "the party"


def test_elided_words_are_joined() -> None:
    text = "J'aime le eau"
    fixed = correction(text, (finding(text, "le", "l'", "article"),), _words("fr"))
    assert fixed.quoted == "J'aime l'eau"


def test_a_long_clause_is_cut_to_the_neighbours() -> None:
    text = " ".join(["word"] * 30) + " go home " + " ".join(["word"] * 30)
    fixed = correction(text, (finding(text, "go", "went", "verb_tense"),), _words("en"))
    assert fixed.quoted == "word went home"


@pytest.mark.parametrize(("start", "end"), [(-1, 2), (50, 52), (0, 99), (3, 1)])
def test_wrong_offsets_leave_the_better_words(start: int, end: int) -> None:
    wrong = finding("I go home", "go", "went", "verb_tense")
    moved = type(wrong)(
        start, end, "go", "went", "", "verb_tense", wrong.severity, wrong.evidence
    )
    fixed = correction("I go home", (moved,), _words("en"))
    assert (fixed.quoted, fixed.right, fixed.recast) == ("went", "went", "")
