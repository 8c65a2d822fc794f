from __future__ import annotations

import pytest

from tutor.exercises import mark
from tutor.exercises.feedback import Feedback, Outcome, feedback_words
from tutor.exercises.schema import (
    GAP,
    NO_WORD,
    Dictation,
    Exercise,
    GapFill,
    MinimalPair,
    Reorder,
    RolePlay,
    Shadowing,
    ShortAnswer,
    Transform,
)
from tutor.learner import Level

SENTENCE = "Yesterday I went to the market with my sister."


def about(l2: str = "en") -> dict[str, object]:
    return {"level": Level.A2, "l2": l2, "source": "ledger:x"}


def transform(**changes: object) -> Transform:
    values = about() | {
        "prompt": "Yesterday I go to the market with my sister.",
        "solution": SENTENCE,
        "category": "verb_tense",
        "wrong": "go",
        "point": "went",
    }
    return Transform(**(values | changes))  # type: ignore[arg-type]


def gap(solution: str, l2: str = "en", **changes: object) -> GapFill:
    values = about(l2) | {"prompt": f"X {GAP} y.", "solution": solution}
    return GapFill(**(values | changes))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("answer", "outcome", "reason"),
    [
        (SENTENCE, Outcome.RIGHT, Feedback.RIGHT),
        ("yesterday, I WENT to the market with my sister", Outcome.RIGHT, None),
        (
            "Yesterday I wnet to the market with my sister.",
            Outcome.NEARLY,
            Feedback.TYPO,
        ),
        (
            "Yesterday I went to market with my sister.",
            Outcome.NEARLY,
            Feedback.ARTICLE,
        ),
        ("Yesterday I went to the market with sister.", Outcome.NEARLY, Feedback.REST),
        ("Yesterday I go to the market with my sister.", Outcome.WRONG, Feedback.POINT),
        ("Yesterday I goed to the market with my sister.", Outcome.WRONG, None),
        ("Yesterday I wennt to the market with my sister.", Outcome.NEARLY, None),
        (
            "I yesterday went to the market with my sister.",
            Outcome.WRONG,
            Feedback.ORDER,
        ),
        ("No", Outcome.WRONG, None),
        ("  ...  ", Outcome.EMPTY, Feedback.EMPTY),
    ],
)
def test_marks_a_corrected_sentence(
    answer: str, outcome: Outcome, reason: Feedback | None
) -> None:
    got = mark(transform(), answer)
    assert got.outcome is outcome
    assert reason in (None, got.feedback)


@pytest.mark.parametrize(
    ("solution", "answer", "outcome"),
    [
        ("doesn't", "does not", Outcome.RIGHT),
        ("does not", "doesn’t", Outcome.RIGHT),
        ("doesn't", "doesnt", Outcome.NEARLY),
        ("doesn't", "don't", Outcome.WRONG),
        ("he's got", "he has got", Outcome.RIGHT),
        ("can't", "cannot", Outcome.RIGHT),
        ("were", "we're", Outcome.WRONG),
        ("it's", "its", Outcome.WRONG),
        ("colour", "color", Outcome.RIGHT),
        ("three cats", "3 cats", Outcome.RIGHT),
        ("ice cream", "ice-cream", Outcome.RIGHT),
        ("restaurant", "restaurent", Outcome.NEARLY),
        ("information", "informations", Outcome.WRONG),
        ("children", "childrens", Outcome.WRONG),
        ("walked", "walk", Outcome.WRONG),
        ("her", "his", Outcome.WRONG),
        ("bought", "buyed", Outcome.WRONG),
        ("an apple", "a apple", Outcome.NEARLY),
    ],
)
def test_tells_slips_from_mistakes(
    solution: str, answer: str, outcome: Outcome
) -> None:
    assert mark(gap(solution), answer).outcome is outcome


@pytest.mark.parametrize(
    ("l2", "solution", "answer", "outcome"),
    [
        ("es", "mañana", "manana", Outcome.NEARLY),
        ("es", "habló", "HABLÓ", Outcome.RIGHT),
        ("fr", "l'école", "l’ecole", Outcome.NEARLY),
        ("fr", "été", "été", Outcome.RIGHT),
        ("de", "schön", "schoen", Outcome.RIGHT),
        ("de", "Straße", "strasse", Outcome.RIGHT),
        ("de", "schön", "schon", Outcome.NEARLY),
        ("ja", "学校に行く", "学校に行く。", Outcome.RIGHT),
        ("xx", "foobar", "foobra", Outcome.NEARLY),
    ],
)
def test_knows_accents_and_other_scripts(
    l2: str, solution: str, answer: str, outcome: Outcome
) -> None:
    assert mark(gap(solution, l2), answer).outcome is outcome


def test_articles_count_where_they_are_the_point() -> None:
    values = {
        "prompt": "I have dog at home.",
        "solution": "I have a dog at home.",
        "wrong": "",
        "point": "a",
    }
    assert (
        mark(transform(category="article", **values), "I have the dog at home.").outcome
        is Outcome.WRONG
    )
    assert (
        mark(transform(category="", **values), "I have the dog at home.").outcome
        is Outcome.NEARLY
    )


def test_an_accent_that_is_the_mistake_is_not_nearly_right() -> None:
    exercise = gap("habló", "es", wrong="hablo", category="verb_tense")
    assert mark(exercise, "hablo").feedback is Feedback.POINT


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        ("went", Outcome.RIGHT),
        ("Went", Outcome.RIGHT),
        ("I went home.", Outcome.RIGHT),
        ("go", Outcome.WRONG),
        ("I go home", Outcome.WRONG),
        ("wnet", Outcome.WRONG),
    ],
)
def test_a_choice_is_right_or_wrong(answer: str, outcome: Outcome) -> None:
    exercise = gap("went", prompt=f"I {GAP} home.", choices=("go", "went"))
    assert mark(exercise, answer).outcome is outcome


def test_no_word_can_be_the_choice() -> None:
    exercise = gap(NO_WORD, prompt=f"I went {GAP} home.", choices=("to", NO_WORD))
    assert mark(exercise, NO_WORD).outcome is Outcome.RIGHT
    assert mark(exercise, "-").outcome is Outcome.RIGHT
    assert mark(exercise, "to").outcome is Outcome.WRONG
    assert mark(exercise, "").outcome is Outcome.EMPTY


def test_no_word_is_an_answer_where_a_word_is_wanted() -> None:
    exercise = gap("an", prompt=f"I want {GAP} apple.", choices=("an", NO_WORD))
    marked = mark(exercise, NO_WORD)
    assert (marked.outcome, marked.feedback) == (Outcome.WRONG, Feedback.POINT)
    assert mark(gap("an"), NO_WORD).outcome is Outcome.EMPTY


def test_an_alternative_is_right_and_says_so() -> None:
    exercise = gap("film", alternatives=("movie",))
    assert mark(exercise, "movie").feedback is Feedback.OTHER
    assert mark(exercise, "moviee").expected == "movie"


def test_order_only_counts_where_it_is_asked() -> None:
    exercise = Reorder(
        prompt="",
        solution="I have a dog.",
        pieces=("have", "a dog.", "I"),
        **about(),  # type: ignore[arg-type]
    )
    assert mark(exercise, "i have a dog").outcome is Outcome.RIGHT
    assert mark(exercise, "have I a dog").feedback is Feedback.ORDER
    assert mark(exercise, "I have").feedback is Feedback.MISSING


def test_a_dictation_counts_words() -> None:
    exercise = Dictation(
        prompt="",
        solution="Here is your boarding pass.",
        **about(),  # type: ignore[arg-type]
    )
    assert mark(exercise, "here is your boarding pass").score == 1
    assert mark(exercise, "here is your").score == pytest.approx(0.6)
    assert mark(exercise, "bananas everywhere").score == 0


@pytest.mark.parametrize(
    ("heard", "outcome"),
    [
        ("here is your boarding pass", Outcome.RIGHT),
        ("here is your boarding", Outcome.RIGHT),
        ("here is your", Outcome.NEARLY),
        ("hello", Outcome.WRONG),
    ],
)
def test_shadowing_forgives_the_recogniser(heard: str, outcome: Outcome) -> None:
    sentence = "Here is your boarding pass."
    exercise = Shadowing(
        prompt=sentence,
        solution=sentence,
        **about(),  # type: ignore[arg-type]
    )
    assert mark(exercise, heard).outcome is outcome


def test_a_pair_wants_the_word_that_was_said() -> None:
    exercise = MinimalPair(
        prompt="",
        solution="sheep",
        choices=("sheep", "ship"),
        **about(),  # type: ignore[arg-type]
    )
    assert mark(exercise, "Sheep").outcome is Outcome.RIGHT
    assert mark(exercise, "ship").feedback is Feedback.HEARD


def test_open_tasks_are_not_judged() -> None:
    role_play = RolePlay(
        prompt="In a shop.",
        solution="",
        goals=("pay",),
        **about(),  # type: ignore[arg-type]
    )
    assert mark(role_play, "Hello!").score is None
    question = ShortAnswer(
        prompt="Can you pay?",
        solution="",
        wanted=("by card",),
        fewest_words=4,
        **about(),  # type: ignore[arg-type]
    )
    assert mark(question, "I pay by card always").outcome is Outcome.OPEN
    assert mark(question, "By card").feedback is Feedback.SHORT
    assert mark(question, "I have no money today").feedback is Feedback.WANTED


@pytest.mark.parametrize("answer", ["<script>", "\x00", "'" * 50, "a " * 300, "🙂"])
def test_odd_answers_never_raise(answer: str) -> None:
    exercises: list[Exercise] = [transform(), gap("went")]
    for exercise in exercises:
        assert mark(exercise, answer).outcome in {Outcome.WRONG, Outcome.EMPTY}


def test_feedback_is_in_the_language_taught() -> None:
    assert "ortografía" in mark(gap("restaurante", "es"), "restuarante").words
    assert mark(gap("foo", "xx"), "foo").words == feedback_words()["en"][Feedback.RIGHT]


def test_many_short_forms_can_all_be_written_out() -> None:
    short = (
        "I'm sure we're late, he's here, they're here, it's cold, you're ill, she's in"
    )
    full = short.replace("'m", " am").replace("'re", " are").replace("'s", " is")
    assert mark(gap(short), full).outcome is Outcome.RIGHT


def test_callers_can_say_what_a_word_is() -> None:
    assert mark(gap("walked"), "walkde", is_word=lambda w: True).score == 0
