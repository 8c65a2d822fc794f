"""Quotation marks hide nothing from the gates."""

from __future__ import annotations

import pytest

from tutor.brief import LessonPlan
from tutor.gates.gatekeeper import Gatekeeper
from tutor.gates.quoting import read_as_said
from tutor.gating import ReplyContext
from tutor.moves import Move, MoveKind, PlannedItem

from .contexts import context

ITEM = PlannedItem(
    "Where is it?", gloss="a question for a place", example="Where is it, please"
)
ITEM_MOVE = Move(MoveKind.INTRODUCE, item=ITEM)


@pytest.mark.parametrize(
    ("l2", "level", "reply", "gate"),
    [
        ("en", "A1", "“Elaborate on your upbringing and its ramifications.”", "level"),
        ("en", "A1", "“Scrutinise fiscal paradigms.” Why?", "level"),
        ("en", "B1", "“What did you buy? Who came? Where was it?”", "questions"),
        ("en", "B1", '"What did you buy?" "Who came?"', "questions"),
        ("en", "B1", "'What did you buy?' Who came?", "questions"),
        ("en", "B1", "“I see it. You see it. We see it. They see it.”", "length"),
        ("en", "A2", "“¿Qué hiciste ayer con tu madre en casa?”", "language"),
        ("en", "A2", "“Что ты делал вчера вечером?”", "language"),
        ("es", "A2", "«What did you do yesterday? Who was there?»", "language"),
        ("es", "B1", "«¿Qué compraste? ¿Quién vino?»", "questions"),
        ("fr", "B1", "« Où étais-tu ? Qui est venu ? »", "questions"),
        ("de", "B1", "„Wo warst du? Wer kam?“", "questions"),
    ],
)  # fmt: skip
def test_a_quoted_reply_is_checked_as_any_other(
    l2: str, level: str, reply: str, gate: str
) -> None:
    results = Gatekeeper(l2).check(reply, context(l2, level), whole=True)

    assert gate in {result.gate for result in results if not result.passed}


def test_a_quoted_sentence_is_no_shelter_for_words_above_the_level() -> None:
    reply = (
        "“Notwithstanding its ramifications, bureaucracy stifles innovation. Why?"
        " How? Who says so?” I see."
    )
    results = Gatekeeper("en").check(reply, context(level="A2"), whole=True)

    failed = {result.gate for result in results if not result.passed}
    assert {"level", "questions", "length"} <= failed


@pytest.mark.parametrize(
    ("reply", "said"),
    [
        ("“Where is it?” Can you use it?", context(move=ITEM_MOVE)),
        ("“Where is it, please?” Now you.", context(move=ITEM_MOVE)),
        ("“Where is it?” Now you?", context(plan=LessonPlan(items=(ITEM,)))),
        ("You asked “Why me?” What is the reason?", context(text="I lost it. Why me?")),
        ("Back to “Are you hungry?” now. And?", context(plan=LessonPlan(title="Are you hungry?"))),
    ],
)  # fmt: skip
def test_words_of_the_move_and_the_learner_may_be_quoted(
    reply: str, said: ReplyContext
) -> None:
    results = Gatekeeper("en").check(reply, said, whole=False)

    assert [result.gate for result in results if not result.passed] == []


def test_the_learners_words_are_quoted_in_pieces_not_in_sentences() -> None:
    said = context(text="Where were you? Who was there? I was at home.")

    piece = read_as_said("You said “Who was there?” I see.", said, "en")
    whole = read_as_said("“Where were you? Who was there?” I see.", said, "en")
    assert [sentence.asks for sentence in piece.sentences] == [False, False]
    assert [sentence.asks for sentence in whole.sentences] == [True, True, False]


def test_offsets_stay_where_they_were() -> None:
    reply = "Say “one two three” now."
    plain = read_as_said(reply, context(), "en")

    assert [plain.text[t.start : t.end] for t in plain.tokens][1:4] == [
        *("one", "two", "three"),
    ]
    assert len(plain.text) == len(reply)
