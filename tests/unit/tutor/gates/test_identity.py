"""The tutor stays the tutor."""

from __future__ import annotations

import pytest

from tutor.gates.identity import IdentityGate

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
