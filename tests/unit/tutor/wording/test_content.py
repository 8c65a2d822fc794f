from __future__ import annotations

import pytest

from tutor.brief import LessonPlan
from tutor.languages.templates import Words, template_set
from tutor.learner import HeardWord, LearnerTurn
from tutor.wording.content import goal_question, time_word, title, topic_word
from tutor.wording.speakable import reveals, sentence_count, speakable, word_count


def _words(tag: str) -> Words:
    found = template_set(tag)
    assert found is not None
    return found.words


@pytest.mark.parametrize(
    ("tag", "text", "word"),
    [
        ("en", "Yesterday I go to the market and I buyed two apple", "market"),
        ("en", "I like it very much", ""),
        ("en", "The music was good", "music"),
        ("en", "my old red car is there", ""),
        ("en", "", ""),
        ("es", "Me gusta la playa.", "playa"),
        ("fr", "J'ai vu un film hier", "film"),
        ("de", "Ich gehe gern in den Park", "Park"),
        ("de", "Morgen gehe ich", ""),
    ],
)
def test_a_noun_of_the_learner_is_picked(tag: str, text: str, word: str) -> None:
    assert topic_word(LearnerTurn(text), LessonPlan(), _words(tag)) == word


def test_words_of_the_lesson_come_first() -> None:
    plan = LessonPlan(topic_words=frozenset({"ticket"}))
    turn = LearnerTurn("I need a ticket for my brother")
    assert topic_word(turn, plan, _words("en")) == "ticket"


def test_words_heard_badly_are_left_alone() -> None:
    text = "I saw the market"
    sure = (HeardWord("the", 6, 9, 0.1), HeardWord("market", 10, 16, 0.9))
    assert topic_word(LearnerTurn(text, words=sure), LessonPlan(), _words("en"))
    unsure = (HeardWord("the", 6, 9, 0.9), HeardWord("market", 10, 16, 0.3))
    assert topic_word(
        LearnerTurn("I saw the market", words=unsure), LessonPlan(), _words("en")
    ) == ""  # fmt: skip


@pytest.mark.parametrize(
    ("tag", "goal", "question"),
    [
        ("en", "I can say my name and where I am from.", "Can you say your name and where you are from"),
        ("en", "I can be polite: please, thank you.", "Can you be polite"),
        ("en", "Order a drink", ""),
        ("en", "Ich kann bestellen", ""),
        ("es", "Puedo decir mi nombre.", "Puedes decir tu nombre"),
        ("fr", "Je peux me présenter.", "Peux-tu te présenter"),
        ("de", "Ich kann meinen Namen sagen.", "Kannst du deinen Namen sagen"),
        ("en", "I can " + "very " * 30 + "well", ""),
    ],
)  # fmt: skip
def test_goals_become_questions(tag: str, goal: str, question: str) -> None:
    assert goal_question(LessonPlan(goals=(goal,)), _words(tag), 0) == question


def test_goals_take_turns() -> None:
    plan = LessonPlan(goals=("I can sing.", "Sing", "I can dance."))
    asked = [goal_question(plan, _words("en"), seed) for seed in range(3)]
    assert asked == ["Can you sing", "Can you dance", "Can you sing"]


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Last Night I sleep", "last night"),
        ("I go tomorrow", "tomorrow"),
        ("two days ago he come", "two days ago"),
        ("now", ""),
        ("yesterdays", ""),
    ],
)
def test_time_expressions_are_found(text: str, word: str) -> None:
    assert time_word(text, _words("en")) == word


def test_long_titles_are_not_said() -> None:
    assert title(LessonPlan(title="At the café")) == "At the café"
    assert title(LessonPlan(title="one two three four five six seven")) == ""


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("How much is it?", "How much is it"),
        ("I’d like …, please.", "I’d like …, please"),
        ("My name is …", "My name is"),
        ("Sorry. Can you repeat?", "Sorry, Can you repeat"),
        ("(a) b/c {d} <e> \U0001f600", "a b c d e"),
        ("2.5 kilos", "2.5 kilos"),
        ("'quoted'", "quoted"),
        ("l'", "l'"),
        ("a\n\x00b", "a b"),
        ("...", ""),
        ("w " * 13, ""),
    ],
)
def test_what_is_said_reads_as_part_of_a_sentence(text: str, said: str) -> None:
    assert speakable(text) == said


def test_sentences_and_words_are_counted() -> None:
    assert sentence_count("Hi! It is 2.5 km. And you?") == 3
    assert sentence_count("no end") == 1
    assert word_count("I'd like twenty-one, please …") == 4


@pytest.mark.parametrize(
    ("text", "better", "found"),
    [
        ("Say “went” now", "went", True),
        ("Say wentworth", "went", False),
        ("did you go?", "did you", True),
        ("did we see you", "did you", False),
        ("You DON’T know", "don't", True),
        ("anything", "", False),
        ("anything", "…", False),
    ],
)
def test_an_answer_is_found_as_whole_words(text: str, better: str, found: bool) -> None:
    assert reveals(text, better) is found
