"""Marks of the exercises of lessons, in every language of the courses."""

from __future__ import annotations

from typing import Any

import pytest

from tutor.exercises import ExerciseError
from tutor.exercises.course import (
    CourseExercise,
    Match,
    Told,
    course_exercise,
    spoken_text,
    text_to_read,
)
from tutor.exercises.course_marking import (
    mark_course,
    said_word,
    with_sounds,
    words_used,
)
from tutor.exercises.course_notes import note_for

PAIRS = [["eins", "one"], ["zwei", "two"], ["drei", "three"], ["vier", "four"]]


def read(type_: str, l2: str = "en", key: str = "", **data: Any) -> CourseExercise:
    return course_exercise(type_, data, l2=l2, level="A1", seed="seed", key=key)


def outcome(exercise: CourseExercise, answer: str, *, spoken: bool = False) -> str:
    return str(mark_course(exercise, answer, spoken=spoken).outcome)


@pytest.mark.parametrize(
    ("l2", "text", "answer", "expected"),
    [
        ("en", "I'm not from here.", "i am not from here", "right"),
        ("en", "I'm not from here.", "Im not form heer", "wrong"),
        ("en", "She is my neighbor.", "she is my neighbour", "right"),
        ("en", "She is my neighbor.", "She is my neigbor", "nearly"),
        ("en", "She is my neighbor.", "He is my neighbor", "wrong"),
        ("es", "Mañana voy a la estación.", "mañana voy a la estación", "right"),
        ("es", "Mañana voy a la estación.", "manana voy a la estacion", "nearly"),
        ("es", "Mañana voy a la estación.", "Mañana vas a la estación", "wrong"),
        ("fr", "J'ai oublié mon sac.", "j’ai oublié mon sac", "right"),
        ("fr", "J'ai oublié mon sac.", "J'ai oublie mon sac", "nearly"),
        ("fr", "J'ai oublié mon sac.", "J'ai oublié ma sac", "wrong"),
        ("de", "Ich heiße Jonas.", "ich heisse jonas", "right"),
        ("de", "Wir möchten Tee.", "wir moechten tee", "right"),
        ("de", "Wir möchten Tee.", "wir mochten tee", "nearly"),
        ("de", "Wir möchten Tee.", "Ihr möchtet Tee", "wrong"),
    ],
)
def test_a_dictation_forgives_what_is_no_mistake_of_the_language(
    l2: str, text: str, answer: str, expected: str
) -> None:
    assert outcome(read("dictation", l2, text=text), answer) == expected


def test_alternatives_of_a_transform_are_right_and_the_prompt_is_not() -> None:
    exercise = read(
        "transform", task="Say it with not.", prompt="They are married.",
        answer="They aren't married.", alternatives=["They're not married."],
    )  # fmt: skip
    for answer in (
        "they are not married",
        "They're not married!",
        "They aren't married",
    ):
        assert outcome(exercise, answer) == "right"
    assert outcome(exercise, "They are married.") == "wrong"
    assert exercise.instruction == "Say it with not."


def test_what_was_said_has_no_spelling() -> None:
    exercise = read(
        "transform", "fr", task="Au passé.", prompt="J'oublie.", answer="J'ai oublié mon sac."
    )  # fmt: skip
    assert outcome(exercise, "J'ai oublie mon sac") == "nearly"
    assert outcome(exercise, "J'ai oublie mon sac", spoken=True) == "right"


def test_choices_and_pieces_are_offered_in_another_order_always_the_same() -> None:
    gap: dict[str, Any] = {
        "prompt": "Ella ___ aquí.",
        "answer": "vive",
        "choices": ["vive", "vivo", "viven"],
    }
    first, again = (
        read("gap_fill", "es", **gap).body,
        read("gap_fill", "es", **gap).body,
    )
    assert first == again
    assert sorted(first.choices) == sorted(gap["choices"])  # type: ignore[union-attr]
    pieces = read("reorder", answer="Nice to meet you too.").body.pieces  # type: ignore[union-attr]
    assert " ".join(pieces) != "Nice to meet you too."
    assert (
        outcome(read("reorder", answer="Nice to meet you."), "nice to meet you")
        == "right"
    )
    assert (
        outcome(read("reorder", answer="Nice to meet you."), "to meet you nice")
        == "wrong"
    )


def matched(exercise: CourseExercise, wanted: dict[int, str]) -> str:
    body = exercise.body
    assert isinstance(body, Match)
    return ",".join(
        f"{left}-{body.shown.index(right)}" for left, right in wanted.items()
    )


def test_a_match_counts_its_pairs() -> None:
    exercise = read("match", pairs=PAIRS)
    right = {at: pair[1] for at, pair in enumerate(PAIRS)}
    assert outcome(exercise, matched(exercise, right)) == "right"
    two_swapped = right | {0: "two", 1: "one"}
    marked = mark_course(exercise, matched(exercise, two_swapped))
    assert (marked.outcome, marked.score) == ("nearly", 0.5)
    assert {one.wanted for one in marked.differences} == {"one", "two"}
    all_wrong = {0: "two", 1: "one", 2: "four", 3: "three"}
    assert outcome(exercise, matched(exercise, all_wrong)) == "wrong"


@pytest.mark.parametrize(
    "answer", ["", "hello", "9-9", "0-0-0", "-1-2", "0-٣" * 99, "0-1;1-0", "99999-1"]
)
def test_what_is_no_pair_is_no_answer(answer: str) -> None:
    assert outcome(read("match", pairs=PAIRS), answer) == "empty"


def test_a_side_counts_once() -> None:
    exercise = read("match", pairs=PAIRS)
    assert mark_course(exercise, "0-0,1-0,0-1").score in (0.0, 0.25)


def test_the_showing_decides_which_word_of_a_pair_is_heard() -> None:
    heard = {
        spoken_text(read("minimal_pair", words=["ship", "sheep"], key=str(k)))
        for k in range(20)
    }
    assert heard == {"ship", "sheep"}
    exercise = read("minimal_pair", words=["ship", "sheep"], key="1")
    word = spoken_text(exercise)
    other = "sheep" if word == "ship" else "ship"
    assert outcome(exercise, word) == "right"
    assert outcome(exercise, other) == "wrong"
    assert [text_to_read(exercise, part) for part in (0, 1, 2, -1)] == [
        "ship",
        "sheep",
        "",
        "",
    ]
    assert said_word(exercise, "ship", "Ship!")
    assert not said_word(exercise, "ship", "sheep")


@pytest.mark.parametrize("type_", ["read_aloud", "shadowing"])
def test_a_sentence_is_said_or_written_from_memory(type_: str) -> None:
    exercise = read(type_, text="I'd like a tea and half a sandwich, please.")
    assert (
        outcome(exercise, "i would like a tea and half a sandwich please", spoken=True)
        == "right"
    )
    assert outcome(exercise, "like a tea and half a sandwich", spoken=True) == "nearly"
    assert outcome(exercise, "the weather is nice", spoken=True) == "wrong"
    assert outcome(exercise, "I'd like a tea and half a sandwitch please") == "nearly"
    assert outcome(exercise, "", spoken=True) == "empty"


def test_sounds_lower_the_mark_of_a_reading_but_never_take_it_away() -> None:
    exercise = read("read_aloud", text="Three thin things.")
    marked = mark_course(exercise, "three thin things", spoken=True)
    few = with_sounds(exercise, marked, n_words=3, n_to_work_on=1)
    many = with_sounds(exercise, marked, n_words=3, n_to_work_on=3)
    assert (few.outcome, many.outcome) == ("right", "nearly")
    assert (many.feedback, many.expected) == ("sounds", "Three thin things.")
    assert many.score == 0.5
    assert with_sounds(exercise, marked, n_words=0, n_to_work_on=0) == marked


def picture(l2: str = "en", **more: Any) -> CourseExercise:
    data = {
        "picture": "park",
        "question": "What do they like doing?",
        "wanted": ["likes", "he likes", "love"],
        "example": "He likes walking.",
    }
    return read("picture_talk", l2, **{**data, **more})


def test_an_answer_of_ones_own_is_judged_by_length_and_words() -> None:
    good = mark_course(picture(), "He likes his dog and they love the sun a lot.")
    assert (good.outcome, good.feedback, good.score) == ("open", "told", 1.0)
    short = mark_course(picture(), "He likes dogs.")
    assert (short.outcome, short.feedback) == ("nearly", "short")
    without = mark_course(picture(), "There is a big green tree in this nice place.")
    assert (without.outcome, without.feedback) == ("nearly", "wanted")
    assert "love" in without.words
    assert outcome(picture(), "") == "empty"


def test_saying_one_word_often_or_the_question_is_no_answer() -> None:
    assert mark_course(picture(), "likes love " * 20).feedback == "short"
    assert mark_course(picture(), "What do they like doing?").feedback == "short"


def test_a_wanted_word_may_be_used_in_another_form() -> None:
    exercise = picture(
        "fr", wanted=["est allé", "sont venus"], question="Qu'est-ce qu'ils ont fait ?"
    )
    body = exercise.body
    assert isinstance(body, Told)
    used = words_used(
        exercise, body, "La mère est venue et les enfants sont allés dans l'eau."
    )
    assert used.used == ("est allé", "sont venus")


@pytest.mark.parametrize(
    "answer", ["a" * 5000, "word " * 3000, "\u0301\u200b", "🎒🎒🎒", "\ud800"]
)
def test_nothing_that_is_pasted_breaks_a_mark(answer: str) -> None:
    for exercise in (
        picture(), read("dictation", text="One short sentence."), read("match", pairs=PAIRS),
        read("read_aloud", text="One short sentence."),
        read("gap_fill", prompt="I ___ here.", answer="live"),
        read("free_talk", question="How are you?"),
    ):  # fmt: skip
        assert mark_course(exercise, answer).outcome != "right"


@pytest.mark.parametrize(
    ("type_", "data"),
    [
        ("gap_fill", {"prompt": "No answer ___."}),
        ("match", {"pairs": [["one"]]}),
        ("match", {"pairs": "text"}),
        ("dictation", {"text": 7}),
        ("no_such_type", {}),
        ("read_aloud", {"text": None}),
    ],
)
def test_data_of_another_form_is_refused(type_: str, data: dict[str, Any]) -> None:
    with pytest.raises(ExerciseError):
        read(type_, **data)


def test_a_sentence_finds_the_note_of_its_pattern() -> None:
    patterns = [
        {"pattern": "I'd like …, please.", "note": "Order something."},
        {"pattern": "I …", "note": "About me."},
        {"pattern": "Where …?", "note": "Ask for a place."},
    ]
    found = note_for("I'd like a tea, please.", patterns, "en")
    assert found is not None
    assert found.note == "Order something."
    assert note_for("They sing.", patterns, "en") is None
    assert note_for("They sing.", [{"pattern": "…", "note": "x"}, {}], "en") is None
