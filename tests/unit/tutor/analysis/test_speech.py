from __future__ import annotations

import pytest

from tutor.analysis.edit import Edit
from tutor.analysis.severity import severity
from tutor.analysis.speech import heard_apart, is_spoken_mistake, surely_heard
from tutor.analysis.speech_data import speech_data
from tutor.categories import Category
from tutor.findings import Severity
from tutor.learner import HeardWord, LearnerTurn


def edit(
    text: str, said: str, better: str, *, before: str = "", error_type: str = "R:VERB"
) -> Edit:
    """Return a change of ``said``, or an insertion before the word ``before``."""
    start = text.index(said or before)
    return Edit(start, start + len(said), better, error_type, Category.VERB_TENSE)


@pytest.mark.parametrize(
    ("text", "said", "better"),
    [
        ("I go there yesterday", "go", "went"),
        ("I have two apple", "apple", "apples"),
        ("that awesome", "that", "that's"),
    ],
)
def test_what_is_heard_is_a_mistake(text: str, said: str, better: str) -> None:
    assert is_spoken_mistake(edit(text, said, better), text, speech_data("en"))


@pytest.mark.parametrize(
    ("text", "said", "better", "error_type"),
    [
        ("its good", "its", "It's", "R:OTHER"),
        ("I m fine", "m", "'m", "R:PUNCT"),
        ("I herd it", "herd", "heard", "R:SPELL"),
        ("i like it", "i", "I", "R:ORTH"),
        ("I gonna sleep", "gonna", "going to", "R:VERB"),
        ("I like it cause it is fun", "cause", "because", "R:PREP"),
        ("I have 3 dogs", "3", "three", "R:DET"),
        ("I was travelling", "travelling", "traveling", "R:VERB:FORM"),
        ("Their is one", "Their", "There", "R:DET"),
    ],
)
def test_writing_and_easy_speech_are_no_mistakes(
    text: str, said: str, better: str, error_type: str
) -> None:
    change = edit(text, said, better, error_type=error_type)
    assert not is_spoken_mistake(change, text, speech_data("en"))


@pytest.mark.parametrize(
    ("text", "said", "better", "before", "error_type"),
    [
        ("I think it is good", "", "that ", "it", "M:PREP"),
        ("I do like tomatoes", "do", "", "", "U:VERB:TENSE"),
        ("He likes Rolling Stones", "", "the ", "Rolling", "M:DET"),
        ("Can you recommend me", "", "a very good film ", "me", "M:OTHER"),
        ("people cant go", "nt", "n't", "", "R:CONTR"),
    ],
)
def test_what_speakers_are_free_to_say_is_no_mistake(
    text: str, said: str, better: str, before: str, error_type: str
) -> None:
    change = edit(text, said, better, before=before, error_type=error_type)
    assert not is_spoken_mistake(change, text, speech_data("en"))


@pytest.mark.parametrize(
    ("text", "before", "better", "is_mistake"),
    [
        ("Was great.", "Was", "It ", False),
        ("At home.", "At", "I am ", False),
        ("Yes. Went there.", "Went", "I ", False),
        ("Is very good.", "Is", "It ", True),
        ("I think is good.", "is", "it ", True),
    ],
)
def test_short_answers_are_whole(
    text: str, before: str, better: str, is_mistake: bool
) -> None:
    change = edit(text, "", better, before=before, error_type="M:PRON")
    assert is_spoken_mistake(change, text, speech_data("en")) == is_mistake


def turn(*words: tuple[str, float]) -> LearnerTurn:
    text = " ".join(word for word, _ in words)
    heard = []
    at = 0
    for word, confidence in words:
        heard.append(HeardWord(word, at, at + len(word), confidence))
        at += len(word) + 1
    return LearnerTurn(text, words=tuple(heard))


@pytest.mark.parametrize(
    ("confidences", "is_sure"),
    [
        ((0.9, 0.9, 0.9, 0.9), True),
        ((0.9, 0.5, 0.9, 0.9), False),
        ((0.5, 0.9, 0.9, 0.9), False),
        ((0.9, 0.9, 0.5, 0.9), False),
        ((0.9, 0.9, 0.9, 0.1), True),
    ],
)
def test_unsure_words_and_their_neighbours_are_never_mistakes(
    confidences: tuple[float, ...], is_sure: bool
) -> None:
    said = turn(*zip(("I", "go", "there", "yesterday"), confidences, strict=True))
    change = edit(said.text, "go", "went")
    assert surely_heard(change, change.start, change.end, said) == is_sure


def test_a_word_may_be_missing_only_between_sure_words() -> None:
    said = turn(("I", 0.9), ("have", 0.9), ("dog", 0.4))
    at = said.text.index("dog")
    change = Edit(at, at, "a", "M:DET", Category.ARTICLE)
    assert not surely_heard(change, at, at, said)


def test_typed_text_is_sure() -> None:
    typed = LearnerTurn("I go there yesterday", spoken=False)
    change = edit(typed.text, "go", "went")
    assert surely_heard(change, change.start, change.end, typed)


@pytest.mark.parametrize(
    ("text", "said", "better", "category", "expected"),
    [
        ("I have a old dog at home now", "a", "an", Category.ARTICLE, Severity.SLIP),
        ("I go there with them last week", "go", "went", Category.VERB_TENSE, Severity.ERROR),
        ("he me book give to want", "he me book give", "he wants", Category.OTHER, Severity.BLOCKING),
        ("two apple", "apple", "apples", Category.NOUN_NUMBER, Severity.SLIP),
    ],
)  # fmt: skip
def test_severity_follows_kind_and_size(
    text: str, said: str, better: str, category: Category, expected: Severity
) -> None:
    start = text.index(said)
    change = Edit(start, start + len(said), better, "", category)
    assert severity(change, text) is expected


def test_neighbours_that_cancel_out_are_no_mistakes() -> None:
    text = "now its easy"
    changes = [
        Edit(4, 7, "it", "R:PRON", Category.PRONOUN),
        Edit(8, 8, "is ", "M:VERB", Category.MISSING_WORD),
    ]
    assert heard_apart(changes, text, speech_data("en")) == []
    assert heard_apart(changes[:1], text, speech_data("en")) == changes[:1]
