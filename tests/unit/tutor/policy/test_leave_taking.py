"""When words of leave end a talk, and when they are only talked about."""

from __future__ import annotations

import pytest

from tutor.history import TalkState
from tutor.learner import Learner, LearnerTurn, Level
from tutor.moves import MoveKind
from tutor.policy.choosing import choose

from .talks import FREE, analysis, finding, move_for

LEAVES = (
    ("en", "Goodbye!"),
    ("en", "Thank you, goodbye!"),
    ("en", "Bye bye, see you tomorrow."),
    ("en", "See you at the airport!"),
    ("en", "OK, see you next week."),
    ("en", "I have to go now. See you tomorrow!"),
    ("en", "That was fun, but I need to leave. Bye!"),
    ("en", "Have a nice day!"),
    ("en", "Thank you very much for your help. Bye!"),
    ("en", "I have to go, bye."),
    ("en", "Good night!"),
    ("en", "I'll see you tomorrow."),
    ("en", "Bye! Thank you for the lesson today."),
    ("en", "Thanks for the lesson, bye."),
    ("en", "Thank you teacher, see you."),
    ("es", "Adiós."),
    ("es", "Gracias, hasta luego."),
    ("es", "Muchas gracias por la clase, adiós."),
    ("es", "Buenas noches."),
    ("es", "Hasta mañana, profesora."),
    ("es", "Nos vemos el lunes."),
    ("es", "Tengo que irme. ¡Adiós!"),
    ("es", "Tengo que irme, hasta luego."),
    ("fr", "Merci, au revoir !"),
    ("fr", "Au revoir, madame."),
    ("fr", "À demain !"),
    ("fr", "Bonne journée !"),
    ("fr", "Je dois partir, à bientôt."),
    ("fr", "Merci beaucoup, bonne soirée."),
    ("de", "Tschüss, bis morgen!"),
    ("de", "Auf Wiedersehen!"),
    ("de", "Bis Montag!"),
    ("de", "Danke, schönen Tag noch!"),
    ("de", "Ich muss jetzt gehen, tschüss."),
    ("de", "Wir sehen uns am Montag."),
    ("de", "Einen schönen Abend noch!"),
    ("de", "Gute Nacht!"),
)

STAYS = (
    ("en", "I look forward to see you at the airport."),
    ("en", "I look forward to see you."),
    ("en", "I look forward to seeing you again."),
    ("en", "I am happy to see you."),
    ("en", "I want to see you tomorrow."),
    ("en", "Nice to see you again."),
    ("en", "I had a good night."),
    ("en", "My boyfriend said goodbye to me."),
    ("en", "Yesterday I said bye to my friend."),
    ("en", "I can see you."),
    ("en", "We have a nice day."),
    ("en", "I have a good day today."),
    ("en", "It was hard to say goodbye to my family."),
    ("en", "I will go and see you later in the café."),
    (
        "en",
        "Bye is a word I learned today. Then we played football with my cousins all day long.",
    ),
    ("en", "I say good night to my son."),
    ("es", "Buenas noches, quiero una mesa."),
    ("es", "Trabajo hasta el lunes."),
    ("es", "No voy hasta mañana por la tarde."),
    ("es", "Estudio hasta mañana."),
    ("es", "Dije adiós a mi madre."),
    ("es", "Que tengas un buen coche."),
    ("es", "Nos vemos todos los días en clase."),
    ("fr", "C'était une bonne journée."),
    ("fr", "J'ai passé une bonne soirée avec elle."),
    ("fr", "J'ai dit au revoir à ma mère."),
    ("fr", "Le cours va de lundi à jeudi."),
    ("fr", "On se voit tous les jours."),
    ("fr", "Je pense à demain."),
    ("de", "Ich arbeite bis Montag."),
    ("de", "Bis morgen muss ich das machen."),
    ("de", "Ich hatte einen schönen Tag."),
    ("de", "Wir sehen uns jeden Tag im Büro."),
    ("de", "Ich habe tschüss gesagt."),
    ("de", "Es war ein schöner Abend."),
    ("de", "Ich bleibe bis später."),
)


def kind_for(language: str, text: str) -> MoveKind:
    pupil = Learner(l1="ja", l2=language, level=Level.A2)
    heard = analysis(text=text)
    return choose(LearnerTurn(text), heard, TalkState(), pupil, FREE).kind


@pytest.mark.parametrize(("language", "text"), LEAVES)
def test_a_learner_who_takes_leave_ends_the_talk(language: str, text: str) -> None:
    assert kind_for(language, text) is MoveKind.CLOSE


@pytest.mark.parametrize(("language", "text"), STAYS)
def test_talk_about_leave_goes_on(language: str, text: str) -> None:
    assert kind_for(language, text) is not MoveKind.CLOSE


def test_a_mistake_in_looking_forward_is_treated() -> None:
    see = finding("see", "seeing", category="verb_form", start=18)
    move = move_for("I look forward to see you at the airport.", see)
    assert (move.kind, move.findings) == (MoveKind.ELICIT, (see,))
