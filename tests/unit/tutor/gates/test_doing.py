"""A move is made in words that show it."""

from __future__ import annotations

import pytest

from tutor.brief import LessonPlan
from tutor.findings import Finding
from tutor.gates.doing import DoingGate
from tutor.gating import ReplyContext
from tutor.learner import SoundProblem
from tutor.moves import Move, MoveKind, PlannedItem

from .contexts import context, finding

CAFE = LessonPlan(
    title="At the café",
    goals=("I can order a drink.",),
    topic_words=frozenset({"menu"}),
)
TURNS = {
    "en": ("Yesterday I go to the market.", "go", "went"),
    "es": ("Ayer voy al mercado.", "voy", "fui"),
    "fr": ("Hier je mange une pomme.", "mange", "ai mangé"),
    "de": ("Gestern gehe ich ins Kino.", "gehe ich", "ging ich"),
}


def about(kind: MoveKind, l2: str = "en", **more: str) -> ReplyContext:
    """The move about the usual mistake of a language."""
    text, said, better = TURNS[l2]
    found = finding(text, more.get("said", said), more.get("better", better))
    move = Move(kind, findings=(found,))
    return context(l2, "A2", move=move, text=text, findings=(found,))


def moved(
    move: Move, text: str = "", *, plan: LessonPlan | None = None
) -> ReplyContext:
    return context(level="A2", move=move, text=text, plan=plan)


def done(reply: str, held: ReplyContext) -> bool:
    return DoingGate(held.learner.l2).check(reply, held, whole=True).passed


@pytest.mark.parametrize(
    ("l2", "reply", "passed"),
    [
        ("en", "Think about the time. How does “go” change?", True),
        ("en", "Yesterday? When did you go?", True),
        ("en", "Almost! Please say it again.", True),
        ("en", "Yesterday I …", False),
        ("en", "Yesterday I ... Which form fits?", True),
        ("en", "Listen to the verb.", True),
        ("en", "That sounds nice. What did you buy there?", False),
        ("en", "I see, the market. How was it?", False),
        ("en", "The verb has another form.", False),
        ("en", "It was yesterday, so the form is different.", False),
        ("en", "That is interesting. Tell me more.", False),
        ("es", "Piensa en el tiempo. ¿Cómo cambia “voy”?", True),
        ("es", "¿Qué compraste allí?", False),
        ("fr", "Pense au temps. Comment change « mange » ?", True),
        ("fr", "C'était bon ?", False),
        ("de", "Denk an die Zeit. Wie heißt das Verb?", True),
        ("de", "Wie war der Film?", False),
    ],
)
def test_an_elicit_asks_for_the_mistake(l2: str, reply: str, passed: bool) -> None:
    assert done(reply, about(MoveKind.ELICIT, l2)) is passed


@pytest.mark.parametrize(
    ("reply", "passed"),
    [
        ("Listen to “listen music”. What would you add?", True),
        ("Which word is missing?", True),
        ("What music do you like?", False),
    ],
)
def test_what_is_missing_is_pointed_at_by_its_neighbours(
    reply: str, passed: bool
) -> None:
    missing = found_in("We listen ^music.", "", "to")
    move = Move(MoveKind.ELICIT, missing.move.findings)
    held = context(
        "en", "A2", move=move, text=missing.analysis.text, findings=move.findings
    )

    assert done(reply, held) is passed


@pytest.mark.parametrize(
    ("l2", "reply", "passed"),
    [
        ("en", "Ah, you went to the market. Tell me more!", True),
        ("en", "I see, “went”. Please go on.", True),
        ("en", "Oh, the market! What did you buy?", False),
        ("en", "You go to the market? Nice.", False),
        ("es", "Ah, ayer fuiste al mercado. ¿Qué más?", True),
        ("es", "Ah, el mercado. ¿Qué más?", False),
        ("fr", "Ah, hier tu as mangé une pomme. Et après ?", True),
        ("fr", "Ah, une pomme. Et après ?", False),
        ("de", "Ah, gestern ging ich ins Kino. Und dann?", True),
        ("de", "Ah, ins Kino. Und dann?", False),
    ],
)
def test_a_recast_says_it_right(l2: str, reply: str, passed: bool) -> None:
    assert done(reply, about(MoveKind.RECAST, l2)) is passed


def found_in(text: str, said: str, better: str) -> ReplyContext:
    """A recast; ``^`` marks what is missing."""
    place = text.find("^")
    text = text.replace("^", "")
    found = finding(text, said, better, at=None if place < 0 else place)
    return context(
        "en", "A2", move=Move(MoveKind.RECAST, (found,)), text=text, findings=(found,)
    )


@pytest.mark.parametrize(
    ("held", "reply", "passed"),
    [
        (found_in("We listen ^music.", "", "to"), "So you listen to music.", True),
        (found_in("We listen ^music.", "", "to"), "Music is great to hear.", False),
        (found_in("We listen ^music.", "", "to"), "I see, “to”. Go on.", True),
        (found_in("I bought ^melon.", "", "a"), "You bought a melon? Nice!", True),
        (found_in("I bought ^melon.", "", "a"), "That is a good fruit.", False),
        (found_in("I am agree with you.", "am", ""), "Ah, you agree with me.", True),
        (found_in("I am agree with you.", "am", ""), "You are right.", False),
        (found_in("I want two apple.", "apple", "apples"), "Two apples, I see.", True),
        (found_in("I want two apple.", "apple", "apples"), "Two apple, I see.", False),
        (found_in("I were sad.", "were", "was"), "Ah, you were sad.", True),
        (found_in("She have a dog.", "have", "has"), "Oh, she has a dog.", True),
        (found_in("It depends of me.", "of", "on"), "It depends on you, I see.", True),
        (found_in("He not like it.", "not", "doesn't"), "He does not like it?", True),
    ],
)  # fmt: skip
def test_small_words_count_where_they_stand(
    held: ReplyContext, reply: str, passed: bool
) -> None:
    assert done(reply, held) is passed


@pytest.mark.parametrize(
    ("reply", "use_l1", "passed"),
    [
        ("For the past we say “went”, not “go”. Please say it!", False, True),
        ("With “yesterday” the verb is “went”.", False, True),
        ("It is “went”. Can you repeat it?", False, True),
        ("Ah, you went there! Nice.", False, False),
        ("The verb must show the time.", False, False),
        ("Aquí el verbo es “went”.", True, True),
        ("動詞で時を表すので、ここでは「went」と言います。", True, True),
        ("这里说“went”。", False, False),
        ("这里一般说“went”。", True, True),
        ("“went”", True, False),
        ("Aquí el verbo cambia.", True, False),
    ],
)
def test_an_explanation_has_the_rule_and_the_right_words(
    reply: str, use_l1: bool, passed: bool
) -> None:
    held = about(MoveKind.EXPLAIN)
    move = Move(MoveKind.EXPLAIN, held.move.findings, use_l1=use_l1)
    held = context(
        level="A2", move=move, text=held.analysis.text, findings=move.findings
    )

    assert done(reply, held) is passed


@pytest.mark.parametrize(
    ("move", "reply", "passed"),
    [
        (Move(MoveKind.PRAISE, praise_for="because it was late"),
         "“Because it was late” was very clear. And then?", True),
        (Move(MoveKind.PRAISE, praise_for="because it was late"),
         "That was very clear. And then?", False),
        (Move(MoveKind.PRAISE), "That was very clear. And then?", True),
        (Move(MoveKind.INTRODUCE, item=PlannedItem("the bill")),
         "Something new: “the bill”. Now you!", True),
        (Move(MoveKind.INTRODUCE, item=PlannedItem("the bill")),
         "Something new for you. Now you!", False),
        (Move(MoveKind.REUSE, item=PlannedItem("I'd like …, please")),
         "I'd like a tea, please. Now you!", True),
        (Move(MoveKind.MODEL_SOUND, sound=SoundProblem("think", "θ")),
         "Listen: “think”. Now you!", True),
        (Move(MoveKind.MODEL_SOUND, sound=SoundProblem("think", "θ")),
         "Listen and say it again.", False),
    ],
)  # fmt: skip
def test_words_of_a_move_are_named(move: Move, reply: str, passed: bool) -> None:
    assert done(reply, moved(move, "I think so because it was late.")) is passed


@pytest.mark.parametrize(
    ("l2", "reply", "passed"),
    [
        ("en", "Yes, I do. And you?", True),
        ("en", "Yes. And you?", True),
        ("en", "Twelve! Why do you ask?", True),
        ("en", "I am not sure. What do you think?", True),
        ("en", "What do you think?", False),
        ("en", "Good question! What do you think?", False),
        ("en", "That is a very good question. What do you think?", False),
        ("en", "I see. And you?", False),
        ("es", "Sí, mucho. ¿Y a ti?", True),
        ("es", "Buena pregunta. ¿Tú qué piensas?", False),
        ("fr", "Oui, beaucoup. Et toi ?", True),
        ("fr", "Bonne question ! Et toi ?", False),
        ("de", "Ja, sehr gern. Und du?", True),
        ("de", "Gute Frage! Was denkst du?", False),
    ],
)
def test_an_answer_answers(l2: str, reply: str, passed: bool) -> None:
    held = context(l2, "A2", move=Move(MoveKind.ANSWER), text="?")

    assert done(reply, held) is passed


@pytest.mark.parametrize(
    ("l2", "opener"),
    [("en", "Let me see."), ("fr", "Un instant."), ("de", "Ich überlege.")],
)
def test_words_said_at_once_are_no_answer(l2: str, opener: str) -> None:
    held = context(l2, "A2", move=Move(MoveKind.ANSWER), text="?")
    assert not DoingGate(l2).check(f"{opener} Taxi?", held, whole=True).passed


def test_who_asks_for_the_same_again_may_hear_only_the_question() -> None:
    again = Move(MoveKind.ANSWER, situation="asks_to_repeat")

    assert done("What did you buy?", moved(again, "Can you say it again?"))


@pytest.mark.parametrize(
    ("reply", "passed"),
    [
        ("I see. Let us go back to our lesson.", True),
        ("That is another topic. What would you like to drink?", True),
        ("Football is fun! What is on the menu?", True),
        ("Football is fun! Which team do you like?", False),
        ("Tell me more about Messi.", False),
    ],
)
def test_a_steer_leads_to_the_lesson(reply: str, passed: bool) -> None:
    held = moved(Move(MoveKind.STEER), "I love Messi.", plan=CAFE)

    assert done(reply, held) is passed


@pytest.mark.parametrize(
    ("reply", "passed"),
    [
        ("Thank you for today. See you soon!", True),
        ("Thank you for today. Okay? See you soon!", True),
        ("Thank you! What will you do tomorrow?", False),
        ("Goodbye! What was the best part?", False),
    ],
)
def test_who_says_goodbye_asks_nothing_new(reply: str, passed: bool) -> None:
    assert done(reply, moved(Move(MoveKind.CLOSE), "Bye!")) is passed


@pytest.mark.parametrize("kind", [MoveKind.DECLINE, MoveKind.BRIDGE, MoveKind.REPEAT])
def test_a_refusal_or_a_request_leaves_the_word_to_the_learner(kind: MoveKind) -> None:
    assert done("What can you tell me?", moved(Move(kind), "x"))
    assert done("Please try it in English.", moved(Move(kind), "x"))
    assert not done("That is not possible here.", moved(Move(kind), "x"))


@pytest.mark.parametrize(
    "kind", [MoveKind.ELICIT, MoveKind.RECAST, MoveKind.EXPLAIN, MoveKind.INTRODUCE]
)
def test_a_move_about_nothing_asks_for_nothing(kind: MoveKind) -> None:
    assert done("I see. What else?", moved(Move(kind), "x"))


def test_a_long_praise_need_not_be_quoted() -> None:
    praise = Move(MoveKind.PRAISE, praise_for="word " * 20)

    assert done("That was clear. And then?", moved(praise, "x"))


def test_two_mistakes_are_recast_by_the_first() -> None:
    text = "Yesterday I go and buyed bread."
    both: tuple[Finding, ...] = (
        finding(text, "go", "went"),
        finding(text, "buyed", "bought"),
    )
    move = Move(MoveKind.RECAST, both)
    held = context(move=move, text=text, findings=both)

    assert done("Ah, yesterday you went there. And then?", held)
    assert not done("Ah, you bought bread. And then?", held)
