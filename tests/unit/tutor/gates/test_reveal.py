"""On an elicit the answer stays with the learner."""

from __future__ import annotations

import dataclasses

import pytest

from tutor.gates.reveal import RevealGate
from tutor.gating import ReplyContext
from tutor.moves import Move, MoveKind

from .contexts import elicit

MARKET = elicit("Yesterday I go to the market.", "go", "went")
ARTICLE = elicit("I went to ^market.", "", "the")
SHE = elicit("She have two cats.", "have", "has")
DEPENDS = elicit("It depends from the weather.", "from", "on")
AGREE = elicit("I am agree with you.", "am", "")
PLURAL = elicit("I bought two apple.", "apple", "apples")
CHOICE = elicit("I did a big travel.", "travel", "trip")
HEAVY = elicit("The rain was big.", "big", "heavy")
NEGATION = elicit("He not like fish.", "not", "doesn't")
ORDER = elicit("I know what is it.", "what is it", "what it is")
FRENCH = elicit("Je vais à école.", "à école", "à l'école", l2="fr")
SPANISH = elicit("Yo sabo la respuesta.", "sabo", "sé", l2="es")
GERMAN = elicit("Gestern ich gehe ins Kino.", "ich gehe", "ging ich", l2="de")


@pytest.mark.parametrize(
    ("reply", "eliciting"),
    [
        ("Oh, you went to the market?", MARKET),
        ("Do we say go, or WENT?", MARKET),
        ("Think of “went”, then say it again.", MARKET),
        ("The word begins like this: w-e-n-t.", MARKET),
        ("Is it wen-t?", MARKET),
        ("What did you buy at the market?", ARTICLE),
        ("Did you go to the big market?", elicit("I went to ^big market.", "", "the")),
        ("She has how many cats?", SHE),
        ("How many cats has she got?", SHE),
        ("Your friend has two cats?", SHE),
        ("Do we say “has” here?", SHE),
        ("Is it have, or has?", SHE),
        ("You need “the” before market.", ARTICLE),
        ("¿Qué tal «fui»?", elicit("Ayer voy al cine.", "voy", "fui", l2="es")),
        ("So it depends on what?", DEPENDS),
        ("What are you depending on?", DEPENDS),
        ("Say it depends, on.", DEPENDS),
        ("I agree, why do you think so?", AGREE),
        ("How many apples?", PLURAL),
        ("Which trips do you like?", CHOICE),
        ("Was it heavier than today?", HEAVY),
        ("So he does not like fish?", NEGATION),
        ("He doesn't like fish, right?", NEGATION),
        ("Do you know what it is?", ORDER),
        ("Tu vas à l'école ?", FRENCH),
        ("¿Yo sé o yo sabo?", SPANISH),
        ("Also: gestern ging ich?", GERMAN),
    ],
)
def test_an_answer_is_found(reply: str, eliciting: ReplyContext) -> None:
    result = RevealGate(eliciting.learner.l2).check(reply, eliciting, whole=False)

    assert not result.passed
    assert result.measured == 1


@pytest.mark.parametrize(
    ("reply", "eliciting"),
    [
        ("It was yesterday. How do we say go then?", MARKET),
        ("You said: yesterday I go. Which form do you need?", MARKET),
        ("What do we put before market?", ARTICLE),
        ("Which little word is missing in the second part?", ARTICLE),
        ("Which form of have goes with she?", SHE),
        ("Can you check the verb, please?", SHE),
        ("What has changed in your sentence?", SHE),
        (
            "You said “in the park in Monday”. Which word fits days?",
            elicit("I sat on a bench in the park in Monday.", "in Monday", "on Monday"),
        ),
        ("Which little word comes after depend?", DEPENDS),
        ("You said I am agree. Which word is too much?", AGREE),
        ("You have two. What happens to apple?", PLURAL),
        ("Travel is a verb. Which noun do you know?", CHOICE),
        ("Do we say that rain is big?", HEAVY),
        ("What do we need before not?", NEGATION),
        ("Can you put the words in another order?", ORDER),
        ("Qu'est-ce qui manque devant école ?", FRENCH),
        ("¿Cómo se dice saber en la primera persona?", SPANISH),
        ("Gestern: welche Zeit brauchst du?", GERMAN),
    ],
)
def test_a_hint_is_no_answer(reply: str, eliciting: ReplyContext) -> None:
    assert RevealGate(eliciting.learner.l2).check(reply, eliciting, whole=True).passed


@pytest.mark.parametrize("kind", [MoveKind.RECAST, MoveKind.EXPLAIN, MoveKind.CONTINUE])
def test_other_moves_may_say_it(kind: MoveKind) -> None:
    move = Move(kind, findings=MARKET.move.findings)
    other = dataclasses.replace(MARKET, move=move)

    assert RevealGate("en").check("You went there!", other, whole=True).passed


def test_the_model_is_told_what_not_to_say() -> None:
    result = RevealGate("en").check("You went where?", MARKET, whole=True)

    assert '"went"' in result.reason
