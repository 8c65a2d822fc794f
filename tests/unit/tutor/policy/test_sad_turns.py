"""Sad news: no teaching in the answer, nor in the next one."""

from __future__ import annotations

import pytest

from tutor.findings import Finding, Severity
from tutor.history import PastTurn, TalkState
from tutor.learner import Learner, LearnerTurn, Level, SoundProblem
from tutor.moves import Move, MoveKind
from tutor.policy.choosing import choose
from tutor.policy.remembering import found_late, past_turn, unheard

from .talks import FREE, PLAN, analysis, finding, move_for

CONTINUE = MoveKind.CONTINUE
NEWS = "My grandmother die last week."
DIE = finding("die", "died", start=15)
HIDDEN = finding("die", "died", severity=Severity.BLOCKING, start=15)
SAD = (
    ("en", "My grandmother die last week."),
    ("en", "My grandmother died last week."),
    ("en", "My dog is dead."),
    ("en", "My father lost his job."),
    ("en", "I lost my job."),
    ("en", "We lost our cat."),
    ("en", "My parents are getting divorced."),
    ("en", "My girlfriend broke up with me."),
    ("en", "I am very sad because my grandfather was died."),
    ("en", "My uncle is in hospital."),
    ("en", "I was at the funeral of my aunt."),
    ("en", "I feel lonely here."),
    ("en", "My best friend have cancer."),
    ("en", "I cried all night."),
    ("en", "The father of my friend died."),
    ("es", "Mi abuela murió la semana pasada."),
    ("es", "Se murió mi perro."),
    ("es", "Mi abuelo es muerto."),
    ("es", "Perdí mi trabajo."),
    ("es", "Estoy muy triste."),
    ("es", "Mis padres se van a divorciar."),
    ("es", "Mi madre está en el hospital."),
    ("es", "Mi abuela morir la semana pasada."),
    ("fr", "Ma grand-mère est morte la semaine dernière."),
    ("fr", "Ma grand-mère a mort hier."),
    ("fr", "Mon chien est mort."),
    ("fr", "J'ai perdu mon travail."),
    ("fr", "Je suis très triste."),
    ("fr", "Mes parents vont divorcer."),
    ("fr", "Mon père est à l'hôpital."),
    ("fr", "Mon copain m'a quittée."),
    ("de", "Meine Oma ist letzte Woche gestorben."),
    ("de", "Meine Oma hat gestorben."),
    ("de", "Mein Hund ist tot."),
    ("de", "Ich habe meine Arbeit verloren."),
    ("de", "Ich bin sehr traurig."),
    ("de", "Meine Eltern lassen sich scheiden."),
    ("de", "Mein Vater liegt im Krankenhaus."),
    ("de", "Mein Freund hat mit mir Schluss gemacht."),
)

NOT_SAD = (
    ("en", "My phone died."),
    ("en", "The film was very sad."),
    ("en", "I am not sad."),
    ("en", "In the book the father dies."),
    ("en", "My grandmother lives in Rome."),
    ("en", "I lost my keys."),
    ("en", "I lost my pen and my job is easy."),
    ("en", "My mother works in a hospital."),
    ("en", "My mother is a nurse in the hospital."),
    ("en", "I almost died of laughter."),
    ("en", "The dog is hungry."),
    ("en", "He broke his phone."),
    ("en", "My father is sick of coffee."),
    ("en", "My brother has a bad cold."),
    ("en", "The king of France died in 1643."),
    ("en", "My sister plays dead."),
    ("en", "I miss the bus every day."),
    ("en", "I was sick yesterday."),
    ("es", "Murió Franco en 1975."),
    ("es", "La película es triste."),
    ("es", "No estoy triste."),
    ("es", "Perdí mis llaves."),
    ("es", "Mi madre trabaja en el hospital."),
    ("es", "Me muero de risa."),
    ("es", "En el libro la madre muere."),
    ("es", "Estoy solo en casa."),
    ("fr", "Le film est triste."),
    ("fr", "Je ne suis pas triste."),
    ("fr", "J'ai perdu mes clés."),
    ("fr", "Ma mère travaille à l'hôpital."),
    ("fr", "Je suis mort de rire."),
    ("fr", "Dans le livre, le père meurt."),
    ("fr", "Mon téléphone est mort."),
    ("fr", "Il me manque un stylo."),
    ("de", "Der Film war traurig."),
    ("de", "Ich bin nicht traurig."),
    ("de", "Ich habe meinen Schlüssel verloren."),
    ("de", "Meine Mutter arbeitet im Krankenhaus."),
    ("de", "Ich habe mich totgelacht."),
    ("de", "Im Buch stirbt der Vater."),
    ("de", "Mein Handy ist tot."),
    ("de", "Ich bin allein zu Hause."),
)


def situation_of(language: str, text: str) -> str:
    pupil = Learner(l1="ja", l2=language, level=Level.A2)
    heard = analysis(text=text)
    return choose(LearnerTurn(text), heard, TalkState(), pupil, FREE).situation


@pytest.mark.parametrize(("language", "text"), SAD)
def test_sad_news_is_heard(language: str, text: str) -> None:
    assert situation_of(language, text) == "sad"


@pytest.mark.parametrize(("language", "text"), NOT_SAD)
def test_stories_and_everyday_trouble_are_not_sad_news(
    language: str, text: str
) -> None:
    assert situation_of(language, text) != "sad"


@pytest.mark.parametrize("findings", [(), (DIE,), (HIDDEN,)])
@pytest.mark.parametrize("level", [Level.A1, Level.B2])
def test_nothing_is_taught_in_a_sad_turn(
    findings: tuple[Finding, ...], level: Level
) -> None:
    # A word is overdue, a sound was wrong, and the clause would be worth praise.
    state = TalkState(turns=(PastTurn(CONTINUE),) * 6)
    move = move_for(
        f"{NEWS} I stayed at home because it was hard.",
        *findings,
        state=state,
        level=level,
        plan=PLAN,
        sounds=[SoundProblem("home", "h", "", 0.9)],
    )
    assert (move.kind, move.situation) == (CONTINUE, "sad")


def test_the_turn_after_sad_news_is_not_taught_either() -> None:
    turn, heard = LearnerTurn(NEWS), analysis(DIE, text=NEWS)
    past = past_turn(turn, heard, move_for(NEWS, DIE), TalkState(), PLAN)
    state = TalkState(turns=((PastTurn(CONTINUE),) * 6) + (past,))
    teached = finding("teached", "taught", category="verb_form", start=4)
    text = "She teached me to cook."
    assert move_for(text, teached, state=state, plan=PLAN).kind is CONTINUE
    later = TalkState(turns=(*state.turns, PastTurn(CONTINUE)))
    assert move_for(text, teached, state=later).kind is MoveKind.ELICIT
    assert unheard(past).sad


def test_nobody_is_asked_later_about_the_words_of_sad_news() -> None:
    move = Move(CONTINUE, situation="sad")
    heard = analysis(DIE, text=NEWS)
    assert found_late(TalkState(), heard, move, is_last=True).late is None


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("My dog died. I want to die.", MoveKind.CARE),
        ("My dog died. How do you say 'luto' in English?", MoveKind.ANSWER),
        ("My dog died. I want to stop.", MoveKind.CLOSE),
        ("My dog died. Do you know what I mean?", CONTINUE),
    ],
)
def test_what_the_learner_needs_comes_before_sympathy(
    text: str, kind: MoveKind
) -> None:
    assert move_for(text).kind is kind
