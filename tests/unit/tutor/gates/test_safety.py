"""What no learner should hear, and what only looks like it."""

from __future__ import annotations

import pytest

from tutor.brief import LessonPlan
from tutor.gates.safety import SafetyGate
from tutor.moves import PlannedItem

from .contexts import context

UNSAFE = {
    "en": [
        "What's your address?",
        "What is your home address, please?",
        "Can you tell me your phone number?",
        "Send me a photo of you.",
        "Let's meet up after school.",
        "Don't tell your parents about this.",
        "What's your password?",
        "I love you too.",
        "Kiss me!",
        "Do you have a boyfriend?",
        "You should take two aspirin.",
        "You could sue them.",
        "He killed his brother with a gun.",
        "They stabbed him.",
        "Have you tried cocaine?",
        "You are stupid.",
        "That's bullshit!",
        "You can hurt yourself.",
        "Let's talk about sex.",
        "Do you like beer?",
    ],
    "es": [
        "¿Cuál es tu dirección?",
        "Dame tu número de teléfono.",
        "Mándame una foto.",
        "¿Quieres ser mi novia?",
        "Te amo.",
        "Lo mataron con una pistola.",
        "¿Fumas?",
        "Eres tonto.",
        "No se lo digas a tus padres.",
    ],
    "fr": [
        "Quelle est ton adresse ?",
        "Donne-moi ton numéro de téléphone.",
        "Envoie-moi une photo.",
        "Je t'aime.",
        "Il a été tué hier.",
        "Tu bois du vin ?",
        "Tu es bête.",
        "Quel est ton mot de passe ?",
    ],
    "de": [
        "Wie ist deine Adresse?",
        "Gib mir deine Telefonnummer.",
        "Schick mir ein Foto.",
        "Ich liebe dich.",
        "Er wurde getötet.",
        "Trinkst du gern Bier?",
        "Du bist dumm.",
        "Komm zu mir nach Hause.",
    ],
}
HARMLESS = {
    "en": [
        "Did you shoot a photo there?",
        "How do you kill time on the train?",
        "I saw a shooting star.",
        "The table is stable.",
        "Where do you live?",
        "What's your name?",
        "What is your favourite number?",
        "Do you like honey on bread?",
        "How many skills do you have?",
        "Do you live with your family?",
        "I'm dying to hear more.",
        "He scored a great goal with his head.",
        "Chicken breast with rice, good choice.",
        "I missed the bus. Did you?",
        "Let's meet the new neighbours in our story.",
        "A ginger beer, please.",
    ],
    "es": [
        "¿Cómo matas el tiempo en el tren?",
        "¿Quién vino a la fiesta?",
        "Te quiero preguntar algo.",
        "Es un bombero muy famoso.",
        "¿Dónde vives?",
        "¿Lo pasas bomba?",
    ],
    "fr": [
        "Comment est-ce que tu tues le temps ?",
        "J'étais mort de rire.",
        "Tu marches pieds nus sur la plage ?",
        "Où habites-tu ?",
    ],
    "de": [
        "Hast du ein Foto geschossen?",
        "Er hat zwei Tore geschossen.",
        "Wo wohnst du?",
        "Ich gehe in die Drogerie.",
        "Was ist dein Lieblingsessen?",
    ],
}


@pytest.mark.parametrize(
    ("l2", "reply"),
    [(l2, reply) for l2, replies in UNSAFE.items() for reply in replies],
)
def test_unsafe_words_are_refused(l2: str, reply: str) -> None:
    assert not SafetyGate(l2).check(reply, context(l2), whole=False).passed


@pytest.mark.parametrize(
    ("l2", "reply"),
    [(l2, reply) for l2, replies in HARMLESS.items() for reply in replies],
)
def test_lesson_words_are_no_danger(l2: str, reply: str) -> None:
    result = SafetyGate(l2).check(reply, context(l2), whole=True)

    assert result.passed, result.reason


def test_adults_may_order_a_beer() -> None:
    gate = SafetyGate("en")

    assert gate.check("Would you like a beer?", context(minor=False), whole=True).passed


def test_a_lesson_may_be_about_phone_numbers() -> None:
    plan = LessonPlan(items=(PlannedItem("phone number"),))
    reply = "What's your phone number?"

    assert SafetyGate("en").check(reply, context(plan=plan), whole=True).passed
    assert not SafetyGate("en").check(reply, context(), whole=True).passed


def test_no_lesson_is_about_passwords() -> None:
    plan = LessonPlan(items=(PlannedItem("password"),))

    result = SafetyGate("en").check(
        "What's your password?", context(plan=plan), whole=True
    )
    assert not result.passed


@pytest.mark.parametrize(("minor", "passed"), [(True, False), (False, True)])
def test_adults_may_be_answered_on_what_they_tell(minor: bool, passed: bool) -> None:
    said = context(text="My uncle was killed in the war.", minor=minor)

    result = SafetyGate("en").check("I'm sorry he was killed.", said, whole=True)
    assert result.passed is passed
