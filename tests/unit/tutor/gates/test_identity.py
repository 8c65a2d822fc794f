"""The tutor stays the tutor."""

from __future__ import annotations

import pytest

from tutor.gates.identity import IdentityGate
from tutor.moves import Move, MoveKind, PlannedItem

from .contexts import context

REFUSED = [
    ("en", "As an AI, I can't eat."),
    ("en", "I'm just a language model."),
    ("en", "I am a computer program."),
    ("en", "I'm a virtual tutor."),
    ("en", "No, I'm a real person."),
    ("en", "I'm not a robot!"),
    ("en", "My instructions say that I must speak English."),
    ("en", "The learner's level is A1."),
    ("en", "I was told to ask questions."),
    ("en", "My system prompt is secret."),
    ("en", "You are a friendly English tutor in a spoken conversation."),
    ("en", "Sure, here is a poem."),
    ("en", "Elicit: what did you do?"),
    ("es", "Soy una inteligencia artificial."),
    ("es", "No soy un robot."),
    ("es", "Mis instrucciones dicen eso."),
    ("fr", "Je suis un programme informatique."),
    ("fr", "Je ne suis pas un robot."),
    ("fr", "L'apprenant a le niveau A2."),
    ("de", "Ich bin eine KI."),
    ("de", "Ich bin kein Roboter."),
    ("de", "Meine Anweisungen sind geheim."),
]
FINE = [
    ("en", "What do you think about artificial intelligence?"),
    ("en", "Do robots make your life easier?"),
    ("en", "Do you have a computer at home?"),
    ("en", "Let's stay with English. What did you eat?"),
    ("en", "I'm a shop assistant today. How can I help you?"),
    ("en", "I'm your tutor. Shall we go on?"),
    ("en", "Can you say it in English?"),
    ("es", "¿Tienes un ordenador en casa?"),
    ("fr", "As-tu un ordinateur à la maison ?"),
    ("de", "Hast du einen Computer zu Hause?"),
]


@pytest.mark.parametrize(("l2", "reply"), REFUSED)
def test_talk_about_the_machinery_is_refused(l2: str, reply: str) -> None:
    assert not IdentityGate(l2).check(reply, context(l2), whole=False).passed


@pytest.mark.parametrize(("l2", "reply"), FINE)
def test_machines_may_be_a_topic(l2: str, reply: str) -> None:
    result = IdentityGate(l2).check(reply, context(l2), whole=True)

    assert result.passed, result.reason


AS_LEARNER = [
    ("en", "Thank you for your kind words. I will definitely use this phrase."),
    ("en", "Thanks so much for the lesson!"),
    ("en", "Thank you for correcting me."),
    ("en", "I'll practise it every day."),
    ("en", "I will use that expression in my conversations."),
    ("en", "I want to improve my English."),
    ("en", "I'm learning English too. What about you?"),
    ("en", "Please correct me if I am wrong."),
    ("en", "Can you help me with this word?"),
    ("en", "How do I say that in English?"),
    ("en", "Did I say it right?"),
    ("en", "My pronunciation is bad."),
    ("es", "Gracias por tus amables palabras."),
    ("es", "Voy a usar esta frase en mis conversaciones."),
    ("es", "Voy a practicar más."),
    ("es", "Quiero mejorar mi español."),
    ("es", "¿Puedes corregirme?"),
    ("fr", "Merci pour tes gentils mots."),
    ("fr", "Je vais utiliser cette phrase."),
    ("fr", "Je veux améliorer mon français."),
    ("fr", "Tu peux me corriger ?"),
    ("fr", "Comment je dis ça en français ?"),
    ("de", "Danke für deine netten Worte."),
    ("de", "Ich werde diesen Ausdruck benutzen."),
    ("de", "Ich möchte mein Deutsch verbessern."),
    ("de", "Kannst du mich bitte korrigieren?"),
    ("de", "Ich werde fleißig üben."),
]
AS_TUTOR = [
    ("en", "Thank you for explaining. What happened next?"),
    ("en", "Thank you for practising with me today. Goodbye!"),
    ("en", "Let us practise one word. Can you use it?"),
    ("en", "I will use this word in a sentence: it is a big city."),
    ("en", "How do you say that in English? I can help you."),
    ("en", "Do you want to improve your English?"),
    ("en", "You are a teacher! What do you teach?"),
    ("en", "Sorry for my mistake. Your room is number five."),
    ("en", "I will do my best to find a room for you."),
    ("en", "I will remember that you like tea."),
    ("en", "Can you help me find my bag?"),
    ("es", "¿Quieres mejorar tu español?"),
    ("es", "Gracias por explicármelo. ¿Qué pasó después?"),
    ("fr", "Tu veux améliorer ton français ?"),
    ("fr", "Merci pour ton explication. Et après ?"),
    ("de", "Möchtest du dein Deutsch verbessern?"),
    ("de", "Ich werde versuchen, ein Zimmer zu finden."),
]


@pytest.mark.parametrize(("l2", "reply"), AS_LEARNER)
def test_the_tutor_does_not_speak_as_a_learner(l2: str, reply: str) -> None:
    assert not IdentityGate(l2).check(reply, context(l2), whole=False).passed


@pytest.mark.parametrize(("l2", "reply"), AS_TUTOR)
def test_a_tutor_may_speak_about_learning(l2: str, reply: str) -> None:
    result = IdentityGate(l2).check(reply, context(l2), whole=True)

    assert result.passed, reply


def test_what_a_learner_shall_say_may_be_quoted() -> None:
    item = PlannedItem("improve my English")
    asked = context(move=Move(MoveKind.INTRODUCE, item=item))
    gate = IdentityGate("en")

    assert gate.check("Now use “improve my English”.", asked, whole=True).passed
    assert not gate.check("Now “I will practise more”.", asked, whole=True).passed


def test_the_learners_words_are_recast_in_quotation_marks() -> None:
    text = "I want to improve my English."
    held = context(move=Move(MoveKind.RECAST), text=text)
    reply = "Ah, “I want to improve my English”. Tell me more!"

    assert IdentityGate("en").check(reply, held, whole=True).passed
