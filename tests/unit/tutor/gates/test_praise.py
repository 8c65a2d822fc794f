"""Nothing wrong is called right."""

from __future__ import annotations

import pytest

from tutor.gates.praise import PraiseGate

from .contexts import context, finding

TEXT = "She go home."
WRONG = (finding(TEXT, "go", "goes"),)

FALSE = {
    "en": [
        "Perfect! What did you do then?",
        "That's correct. And then?",
        "Exactly right!",
        "That is exactly right, and where did you go?",
        "You made no mistakes today.",
        "There are no errors in it.",
        "Well done! What next?",
        "Great job, Ana.",
        "Your English is really good.",
        "Excellent! Tell me more.",
        "Your sentence was perfect, wasn't it?",
        "You said it perfectly.",
        "Very good, and what else?",
        "Don't worry, it was perfect.",
    ],
    "es": [
        "¡Perfecto! ¿Y después?",
        "Es correcto. ¿Y después?",
        "No hay errores en tu frase.",
        "¡Muy bien! ¿Qué más?",
        "¡Buen trabajo!",
        "Tu español es muy bueno.",
    ],
    "fr": [
        "Parfait ! Et après ?",
        "C'est correct. Et après ?",
        "Il n'y a aucune faute.",
        "Très bien ! Et après ?",
        "Bravo, continue.",
        "Ta phrase est parfaite.",
    ],
    "de": [
        "Perfekt! Und dann?",
        "Das ist ganz richtig.",
        "Du hast keine Fehler gemacht.",
        "Sehr gut! Und dann?",
        "Gut gemacht, Ana.",
        "Dein Deutsch ist super.",
    ],
}
FAIR = {
    "en": [
        "Nice to hear that! What did you eat?",
        "That sounds great! Who was there?",
        "Great! Where did you go?",
        "That is not quite correct yet. Try again.",
        "Nobody is perfect. Try once more.",
        "Almost perfect! Look at the verb.",
        "Is that correct?",
        "What is the correct form?",
        "Can you correct the verb?",
        "We use the present perfect here.",
        "Practice makes perfect.",
        "What a perfect day for a walk!",
        "Turn right at the bank.",
        "Right, and what happened then?",
        "All right, what did you see?",
        "What are you doing right now?",
        "Good idea! When do you start?",
        "An excellent choice! Would you like a drink?",
    ],
    "es": [
        "¡Qué bien! ¿Y qué comiste?",
        "Casi perfecto. Mira el verbo.",
        "No es correcto todavía.",
        "¿Es correcto?",
        "¿Cuál es la forma correcta?",
        "Es un plan interesante.",
    ],
    "fr": [
        "C'est super ! Qu'est-ce que tu as mangé ?",
        "Ce n'est pas tout à fait correct.",
        "Presque parfait ! Regarde le verbe.",
        "Est-ce correct ?",
        "On utilise le plus-que-parfait.",
    ],
    "de": [
        "Das klingt toll! Was hast du gegessen?",
        "Das ist noch nicht richtig.",
        "Fast perfekt! Schau auf das Verb.",
        "Ist das korrekt?",
        "Das ist richtig lecker!",
    ],
}


@pytest.mark.parametrize(
    ("l2", "reply"), [(l2, reply) for l2, replies in FALSE.items() for reply in replies]
)
def test_false_praise_is_refused(l2: str, reply: str) -> None:
    gate = PraiseGate(l2)

    wrong = context(l2, text=TEXT, findings=WRONG)
    unjudged = context(l2, text=TEXT, judged=False)
    assert not gate.check(reply, wrong, whole=False).passed
    assert not gate.check(reply, unjudged, whole=False).passed


@pytest.mark.parametrize(
    ("l2", "reply"), [(l2, reply) for l2, replies in FAIR.items() for reply in replies]
)
def test_warmth_and_grammar_talk_pass(l2: str, reply: str) -> None:
    result = PraiseGate(l2).check(
        reply, context(l2, text=TEXT, findings=WRONG), whole=True
    )

    assert result.passed, result.reason


@pytest.mark.parametrize("reply", FALSE["en"])
def test_a_right_sentence_may_be_praised(reply: str) -> None:
    assert PraiseGate("en").check(reply, context(text="She goes."), whole=True).passed
