"""Answers that stay in the tutor's part, and answers to questions of their own kind."""

from __future__ import annotations

import pytest

from tutor.brief import LessonPlan
from tutor.languages.templates import template_set
from tutor.learner import LearnerTurn, Level
from tutor.moves import Move, MoveKind
from tutor.wording.parts import asked_about, known_fact, part_played
from tutor.wording.prompt import system_prompt
from tutor.wording.templates import variants

from .material import learner

QUESTION = Move(MoveKind.ANSWER, situation="question")
FACTS = ("A coffee is three euros.", "We close at six.", "The cake has nuts in it.")
CAFE = LessonPlan(
    title="At the café",
    tutor_role="The person behind the counter, in no hurry",
    role_facts=FACTS,
)


def answers(text: str, plan: LessonPlan, level: Level = Level.A1) -> list[str]:
    return variants(QUESTION, LearnerTurn(text), learner("en", level), plan)


def role_name(described: str, l2: str = "en") -> str:
    templates = template_set(l2)
    assert templates is not None
    part = part_played(LessonPlan(tutor_role=described), templates)
    return next((n for n, one in templates.roles.items() if one is part), "")


@pytest.mark.parametrize(
    ("l2", "described", "name"),
    [
        ("en", "The person behind the counter, in no hurry", "serves"),
        ("en", "You sell fruit and vegetables.", "serves"),
        ("en", "You work in the café.", "serves"),
        ("en", "The night porter: polite, but the hotel is nearly full", "serves"),
        ("en", "a friendly waiter", "serves"),
        ("en", "Another student, friendly and curious", "friend"),
        ("en", "An old friend who loves stories", "friend"),
        ("en", "You lead the interview.", "asks"),
        ("en", "A local person at a bus stop, happy to help", "advises"),
        ("en", "You are a coach at a sports club.", "advises"),
        ("en", "A pirate", "other"),
        ("en", "", ""),
        ("en", "  ", ""),
        ("es", "Vendes fruta y verdura.", "serves"),
        ("es", "Eres una vieja amiga.", "friend"),
        ("fr", "Vous travaillez dans le café.", "serves"),
        ("de", "Du arbeitest im Café.", "serves"),
        ("de", "Die Kellnerin", "serves"),
        ("de", "A waiter", "serves"),
        ("fr", "An old friend", "friend"),
    ],
)
def test_a_part_is_known_by_its_description(l2: str, described: str, name: str) -> None:
    assert role_name(described, l2) == name


@pytest.mark.parametrize("l2", ["en", "es", "fr", "de"])
def test_a_question_in_a_part_is_answered_in_it(l2: str) -> None:
    templates = template_set(l2)
    assert templates is not None
    plan = LessonPlan(tutor_role="A waiter")
    for level in Level:
        said = variants(QUESTION, LearnerTurn("x?"), learner(l2, level), plan)
        own = {
            text
            for texts in templates.roles["serves"].moves[MoveKind.ANSWER].values()
            for text in texts
        }
        assert said
        assert {reply.replace("\u00a0", " ") for reply in said} <= own


def test_a_part_tells_what_the_lesson_lets_it_know() -> None:
    assert answers("How much is a coffee?", CAFE)[0].startswith(FACTS[0])
    assert answers("Are there nuts?", CAFE)[0].startswith(FACTS[2])
    told = answers("Where is the toilet?", CAFE)
    assert not any(fact[:-1] in reply for reply in told for fact in FACTS)


@pytest.mark.parametrize(
    ("text", "fact"),
    [
        ("Is the coffee hot?", "A coffee is three euros"),
        ("Does the cake have nuts?", "The cake has nuts in it"),
        ("How much is it?", ""),
        ("", ""),
    ],
)
def test_a_fact_is_about_what_was_named(text: str, fact: str) -> None:
    templates = template_set("en")
    assert templates is not None
    assert known_fact(LearnerTurn(text), CAFE, templates.words) == fact


def test_the_model_knows_the_facts_of_its_part() -> None:
    assert "A coffee is three euros." in system_prompt(learner("en"), CAFE)
    assert "you know" not in system_prompt(learner("en"), LessonPlan())


def test_a_question_about_the_language_leaves_the_part() -> None:
    said = answers("Is my sentence correct?", CAFE)
    assert "teacher" in " ".join(said[:4])


@pytest.mark.parametrize("situation", ["how_to_say", "meaning", "asks_to_repeat"])
def test_help_with_the_language_is_given_beside_the_part(situation: str) -> None:
    asked = Move(MoveKind.ANSWER, situation=situation)
    plain, played = (
        variants(asked, LearnerTurn("x?"), learner("en"), plan, last="What is it?")
        for plan in (LessonPlan(), CAFE)
    )
    assert played == plain


def test_who_orders_is_served_and_who_tells_a_story_is_not() -> None:
    go_on, who = Move(MoveKind.CONTINUE), learner("en")
    served = variants(go_on, LearnerTurn("A coffee, please."), who, CAFE)
    assert "else" in served[0] or "need" in served[0]
    assert len(served) > 10
    told = variants(go_on, LearnerTurn("Last week I saw my aunt."), who, CAFE)
    assert not {*served[:4]} & {*told}
    sad = variants(go_on, LearnerTurn("My dog died."), who, CAFE)
    assert "sorry" in sad[0].casefold() or "sad" in sad[0]


@pytest.mark.parametrize(
    ("l2", "text", "about"),
    [
        ("en", "How are you?", "about_tutor"),
        ("en", "I like tea. And you?", "about_tutor"),
        ("en", "Do you like pizza?", "about_tutor"),
        ("en", "Do you know who built it?", ""),
        ("en", "Can you tell me the time?", ""),
        ("en", "Who was the first king?", ""),
        ("en", "Why do we say lost and not losed?", "about_language"),
        ("en", "Is that correct?", "about_language"),
        ("en", "How do I pronounce this?", "about_language"),
        ("es", "¿Cómo estás?", "about_tutor"),
        ("es", "¿Se dice por o para?", "about_language"),
        ("es", "¿Quién fue el primer rey?", ""),
        ("fr", "Et toi ?", "about_tutor"),
        ("fr", "Pourquoi on dit ça ?", "about_language"),
        ("fr", "Qui était le premier roi ?", ""),
        ("de", "Wie geht es dir?", "about_tutor"),
        ("de", "Heißt es der, die oder das?", "about_language"),
        ("de", "Wer war der erste König?", ""),
    ],
)
def test_questions_about_tutor_and_language_are_known(
    l2: str, text: str, about: str
) -> None:
    templates = template_set(l2)
    assert templates is not None
    assert asked_about(text, templates) == about


def test_who_asks_about_the_tutor_is_asked_back() -> None:
    said = answers("How are you?", LessonPlan())
    assert all("know" not in reply for reply in said[:6])
    assert said[0].endswith("?") or "you" in said[0].casefold()


MARKET = LessonPlan(tutor_role="You sell fruit.", role_facts=("Apples are two euros.",))
GO_ON = Move(MoveKind.CONTINUE, reason="")


@pytest.mark.parametrize(
    ("l2", "told", "wanted"),
    [
        ("en", "I like the market near my house.", "I want red apples."),
        ("en", "My mother cooks very well.", "Two kilos, please."),
        ("es", "Mi madre cocina muy bien.", "Quiero manzanas rojas."),
        ("fr", "Ma mère cuisine très bien.", "Je voudrais des pommes."),
        ("de", "Meine Mutter kocht sehr gut.", "Ich möchte Äpfel."),
    ],
)
def test_who_serves_offers_more_to_who_asks_for_something(
    l2: str, told: str, wanted: str
) -> None:
    templates = template_set(l2)
    assert templates is not None
    offers = {
        text
        for texts in templates.roles["serves"].moves[MoveKind.CONTINUE].values()
        for text in texts
    }
    a1 = learner(l2, Level.A1)
    serving = variants(GO_ON, LearnerTurn(wanted), a1, MARKET)
    talking = variants(GO_ON, LearnerTurn(told), a1, MARKET)
    assert serving[0].replace("\u00a0", " ") in offers
    assert not offers & {reply.replace("\u00a0", " ") for reply in talking}


def test_what_the_tutor_likes_is_no_order() -> None:
    said = answers("Do you like vegetables?", MARKET)
    assert said
    assert not any("One moment" in reply or "I will ask" in reply for reply in said)


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("What does luggage mean exactly?", "cases used to carry belongings"),
        ("What is the meaning of luggage?", "cases used to carry belongings"),
        ("What does qwxyz mean?", ""),
        ("What does form mean?", ""),
    ],
)
def test_a_meaning_is_told_where_one_is_known_for_sure(text: str, meaning: str) -> None:
    asked = Move(MoveKind.ANSWER, situation="meaning")
    said = variants(asked, LearnerTurn(text), learner("en", Level.B1), LessonPlan())
    assert bool(meaning) is (" means " in said[0])
    assert meaning in said[0]
