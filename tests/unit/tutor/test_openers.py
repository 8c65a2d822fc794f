"""Which words are heard at once, and when there are none."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import pytest

from tutor.history import PastTurn
from tutor.learner import Learner, LearnerTurn, Level
from tutor.moves import Move, MoveKind, PlannedItem
from tutor.openers import UNTIL_AGAIN, Opener, fitting_openers, openers

CONTINUE = Move(MoveKind.CONTINUE)
MARKET = "I went to the market with my sister."
SAD = "My grandmother died last week."
CHEERFUL = (
    "nice",
    "great",
    "good",
    "interesting",
    "thank",
    "okay",
    "understand",
    "see",
)
SAD_STORIES = {
    "en": SAD,
    "es": "Mi abuela murió la semana pasada.",
    "fr": "Ma grand-mère est morte la semaine dernière.",
    "de": "Meine Oma ist letzte Woche gestorben.",
}


def learner(l2: str = "en", level: Level = Level.A2) -> Learner:
    return Learner(l1="ja", l2=l2, level=level)


def found(
    text: str,
    move: Move = CONTINUE,
    *,
    l2: str = "en",
    level: Level = Level.A2,
    index: int = 0,
    said: Sequence[str] = (),
) -> list[Opener]:
    past = [PastTurn(MoveKind.CONTINUE)] * index
    return openers(LearnerTurn(text), move, learner(l2, level), past, said)


def ever(text: str, move: Move = CONTINUE, *, l2: str = "en") -> set[str]:
    """Return all that may be said to a turn, wherever it stands in a talk."""
    return {
        opener.text
        for index in range(12)
        for level in (Level.A1, Level.B1)
        for opener in found(text, move, l2=l2, level=level, index=index)
    }


@pytest.mark.parametrize("l2", ["en", "es", "fr", "de"])
@pytest.mark.parametrize("level", [Level.A1, Level.B1])
@pytest.mark.parametrize("kind", [MoveKind.CONTINUE, MoveKind.REUSE])
def test_there_is_enough_to_say(l2: str, level: Level, kind: MoveKind) -> None:
    item = PlannedItem("taxi")
    texts = {
        opener.text
        for index in range(12)
        for opener in found(
            "taxi market, one two three", Move(kind, item=item), l2=l2, level=level,
            index=index,
        )
    }  # fmt: skip
    assert len(texts) >= (12 if l2 == "en" else 6)


def test_the_same_turn_gets_the_same_words() -> None:
    first = [found(f"{MARKET} {n}", index=n % 9) for n in range(30)]
    again = [found(f"{MARKET} {n}", index=n % 9) for n in range(30)]
    assert first == again
    assert len({one[0].text for one in first if one}) > 5


def test_two_turns_of_three_have_some() -> None:
    share = sum(bool(found(f"{MARKET} {n}", index=n % 20)) for n in range(600)) / 600
    assert 0.6 < share < 0.73


@pytest.mark.parametrize("l2", ["en", "es", "fr", "de"])
@pytest.mark.parametrize(
    ("text", "move"),
    [
        (MARKET, CONTINUE),
        ("Maria.", CONTINUE),
        ("Maria?", Move(MoveKind.ANSWER, situation="question")),
        ("How are you?", Move(MoveKind.ANSWER, situation="question")),
        ("Where do you live?", Move(MoveKind.ANSWER, situation="question")),
    ],
)
def test_who_is_in_haste_says_something_each_time(
    l2: str, text: str, move: Move
) -> None:
    said: list[str] = []
    for index in range(30):
        past = [PastTurn(MoveKind.CONTINUE)] * index
        options = openers(
            LearnerTurn(text), move, learner(l2), past, said[-UNTIL_AGAIN:], eager=True
        )
        said.append(options[0].text)
    assert len(set(said)) > UNTIL_AGAIN


def test_not_even_in_haste_is_said_what_does_not_fit() -> None:
    danger = PastTurn(MoveKind.CARE)
    for text, move, past in (
        ("Yes.", CONTINUE, [danger]),
        ("Okay.", Move(MoveKind.REPEAT), []),
        ("Yes.", Move(MoveKind.CONTINUE, situation="silence"), []),
        ("I go there yesterday.", Move(MoveKind.ELICIT), []),
    ):
        assert not openers(LearnerTurn(text), move, learner(), past, (), eager=True)


@pytest.mark.parametrize("l2", ["en", "es", "fr", "de"])
@pytest.mark.parametrize("level", [Level.A1, Level.C1])
def test_nothing_comes_back_within_six_turns_of_thirty(l2: str, level: Level) -> None:
    said = [""] * UNTIL_AGAIN
    for index in range(30):
        text = f"market, sister and friend number {index}"
        options = found(text, l2=l2, level=level, index=index, said=said[-UNTIL_AGAIN:])
        opener = options[0].text if options else ""
        assert not opener or opener not in said[-UNTIL_AGAIN:]
        said.append(opener)
    assert 14 <= sum(map(bool, said)) <= 27


def test_what_was_said_just_now_is_not_said_in_nearly_the_same_words() -> None:
    for index in range(20):
        for opener in found(MARKET, index=index, said=["Oh, I see. Who was there?"])[
            :4
        ]:
            assert "see" not in opener.text


def test_a_talk_that_is_taken_up_again_knows_what_was_said_in_it() -> None:
    past = [PastTurn(MoveKind.CONTINUE)] * 6
    turn = LearnerTurn(f"{MARKET} And then home.")
    alone = fitting_openers(turn, CONTINUE, learner(), past, [])
    assert alone
    history = [("user", MARKET), ("assistant", f"{alone[0].text} What else?")]
    resumed = fitting_openers(turn, CONTINUE, learner(), past, history)
    assert alone[0].text not in {opener.text for opener in resumed}
    assert resumed == fitting_openers(turn, CONTINUE, learner(), past, history)


def test_what_was_heard_counts_for_six_turns() -> None:
    turn = LearnerTurn(MARKET)
    opener = Opener("I see.", "en")
    seen = set()
    for index in range(1, 12):
        others = [PastTurn(MoveKind.CONTINUE)] * (index - 1)
        past = [PastTurn(MoveKind.CONTINUE, opener=opener.text), *others]
        options = fitting_openers(turn, CONTINUE, learner(), past, [])
        if options:
            seen.add(index > UNTIL_AGAIN)
            assert (opener in options) is (index > UNTIL_AGAIN)
    assert seen == {True, False}


@pytest.mark.parametrize("l2", SAD_STORIES)
def test_sad_stories_get_words_of_their_own(l2: str) -> None:
    cheerful = {
        word for text in ever(SAD_STORIES["en"]) for word in text.lower().split()
    }
    assert cheerful.isdisjoint(CHEERFUL)
    sad = ever(SAD_STORIES[l2], l2=l2)
    assert sad
    assert sad.isdisjoint(ever("taxi market, one two three", l2=l2))
    assert not ever(SAD_STORIES[l2], Move(MoveKind.REUSE, item=PlannedItem("x")), l2=l2)


def test_after_danger_nothing_is_said_at_once() -> None:
    past = [PastTurn(MoveKind.CARE)]
    for n in range(12):
        turn = LearnerTurn(f"{MARKET} {n}")
        assert openers(turn, CONTINUE, learner(), past, ()) == []


@pytest.mark.parametrize(
    "kind",
    [
        MoveKind.CARE, MoveKind.DECLINE, MoveKind.REPEAT, MoveKind.CLOSE,
        MoveKind.ENCOURAGE, MoveKind.ELICIT, MoveKind.RECAST, MoveKind.EXPLAIN,
        MoveKind.PRAISE, MoveKind.MODEL_SOUND, MoveKind.BRIDGE, MoveKind.OPEN,
    ],
)  # fmt: skip
def test_moves_with_first_words_of_their_own_have_none(kind: MoveKind) -> None:
    assert ever(MARKET, Move(kind)) == set()
    assert ever(SAD, Move(kind)) == set()


@pytest.mark.parametrize("text", ["Yes.", "I'm fine.", "Okay!", "", "…"])
def test_one_or_two_words_are_nothing_to_react_to(text: str) -> None:
    assert ever(text) == set()


def test_two_sad_words_are() -> None:
    assert "I am sorry." in ever("He died.")


@pytest.mark.parametrize(
    "text", ["I like it there. Do you?", "Is that right, my sister?"]
)
def test_whoever_asks_is_not_put_off(text: str) -> None:
    assert ever(text) == set()


@pytest.mark.parametrize("situation", ["silence", "singing", "unclear", "backchannel"])
def test_what_was_no_turn_of_the_talk_has_none(situation: str) -> None:
    assert ever(MARKET, Move(MoveKind.CONTINUE, situation=situation)) == set()


@pytest.mark.parametrize(
    "text",
    ["How are you?", "Why?", "And what about your family in summer?", "What is it?"],
)
def test_small_talk_is_no_good_question(text: str) -> None:
    assert ever(text, Move(MoveKind.ANSWER, situation="question")) == set()


def test_who_is_spoken_to_is_seen_in_short_forms_too() -> None:
    question = Move(MoveKind.ANSWER, situation="question")
    assert (
        ever("Où habites-tu en ce moment avec tes amis ?", question, l2="fr") == set()
    )
    assert ever("Pourquoi est-ce qu'il t'aime autant ?", question, l2="fr") == set()
    assert "Bonne question." in ever("Pourquoi le ciel est bleu ?", question, l2="fr")


def test_answers_begin_honestly() -> None:
    question = Move(MoveKind.ANSWER, situation="question")
    assert ever("Why do people eat so much rice in Japan?", question) == {
        "Good question.", "Let me think.", "Let me see.", "That's a good question.",
    }  # fmt: skip
    again = Move(MoveKind.ANSWER, situation="asks_to_repeat")
    assert "Of course." in ever("Again, please.", again)
    word = Move(MoveKind.ANSWER, situation="how_to_say")
    assert "Good question." not in ever("How do you say perro in English?", word)
    # Who is spoken to is not to be seen in a Spanish question.
    assert ever("¿Por qué come la gente tanto arroz?", question, l2="es") == set()


def test_a_language_without_openers_has_none() -> None:
    assert ever(MARKET, l2="it") == set()


def test_used_ones_come_in_turn() -> None:
    first = Counter(
        found(f"{MARKET} {n}")[0].text for n in range(300) if found(f"{MARKET} {n}")
    )
    assert max(first.values()) < 3 * min(first.values())
