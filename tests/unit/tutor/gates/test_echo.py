"""The tutor does not say the learner's words back, least of all the wrong ones."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml

from tutor.findings import Finding
from tutor.gates.echo import EchoGate
from tutor.gates.sameness import repeated
from tutor.gating import ReplyContext
from tutor.moves import Move, MoveKind

from .contexts import CONTINUE, context, finding
from .test_gatekeeper import LANGUAGES, good_sentences

ECHOES: dict[str, list[dict[str, Any]]] = yaml.safe_load(
    Path(__file__).with_name("echoes.yaml").read_text(encoding="utf-8")
)
_MISTAKE = re.compile(r"\{([^|}]*)\|([^}]*)\}")


def said(marked: str, l2: str = "en", *, move: Move = CONTINUE) -> ReplyContext:
    """The context of a turn whose mistakes are marked."""
    text, findings = "", list[Finding]()
    at = 0
    for match in _MISTAKE.finditer(marked):
        text += marked[at : match.start()]
        if not match[1]:
            text = text.rstrip(" ") + " "
        start = len(text)
        text += match[1]
        at = match.end() + (not match[1] and marked[match.end()] == " ")
        found = finding(match[1], match[1], match[2], at=0)
        category = "agreement" if match[1] == "have" else "verb_tense"
        category = "noun_number" if match[1] == "apple" else category
        findings.append(
            Finding(
                start, start + len(match[1]), match[1], match[2],
                "R:VERB:INFL" if match[1] == "buyed" else "", category,
                found.severity, found.evidence,
            )
        )  # fmt: skip
    text += marked[at:]
    return context(l2, move=move, text=text, findings=tuple(findings))


def pairs(kind: str) -> list[tuple[str, str, str]]:
    return [
        (l2, entry["said"], reply)
        for l2, entries in ECHOES.items()
        for entry in entries
        for reply in entry[kind]
    ]


@pytest.mark.parametrize(("l2", "turn", "reply"), pairs("bad"))
def test_what_says_the_learners_words_back_is_refused(
    l2: str, turn: str, reply: str
) -> None:
    result = EchoGate(l2).check(reply, said(turn, l2), whole=True)

    assert not result.passed, result.measured


@pytest.mark.parametrize(("l2", "turn", "reply"), pairs("good"))
def test_what_answers_passes(l2: str, turn: str, reply: str) -> None:
    result = EchoGate(l2).check(reply, said(turn, l2), whole=True)

    assert result.passed, (result.reason, result.measured)


@pytest.mark.parametrize("l2", LANGUAGES)
def test_good_sentences_echo_nobody(l2: str) -> None:
    gate = EchoGate(l2)
    turns = [said(entry["said"], l2) for entry in ECHOES[l2]]
    replies = [reply for part in good_sentences(l2).values() for reply in part]

    refused = [
        (turn.analysis.text, reply)
        for turn in turns
        for reply in replies
        if not gate.check(reply, turn, whole=True).passed
    ]
    assert refused == []


@pytest.mark.parametrize("l2", LANGUAGES)
def test_every_good_sentence_said_back_is_an_echo(l2: str) -> None:
    gate = EchoGate(l2)
    replies = [
        reply
        for part in good_sentences(l2).values()
        for reply in part
        if len(reply.split()) > 4 and reply.count(".") + reply.count("?") == 1
    ]

    let_pass = [
        reply
        for reply in replies
        if gate.check(reply, context(l2, text=reply), whole=True).passed
    ]
    # "I think so too" may be said by both.
    assert len(let_pass) <= 0.1 * len(replies), let_pass


@pytest.mark.parametrize(
    ("kind", "reply", "passed"),
    [
        (MoveKind.RECAST, "Ah, yesterday you went to the cinema. Tell me more!", True),
        (MoveKind.RECAST, "Ah, yesterday you go to the cinema. Tell me more!", False),
        (MoveKind.ELICIT, "You said “yesterday I go”. Which form fits?", True),
        (MoveKind.ELICIT, "You said: yesterday I go. Which form do you need?", True),
        (MoveKind.ELICIT, "Yesterday you go to the cinema?", False),
        (MoveKind.EXPLAIN, "Say “I went to the cinema”, not “I go to the cinema”.", True),
        (MoveKind.CONTINUE, "You said “yesterday I go to the cinema”. And then?", False),
    ],
)  # fmt: skip
def test_mistakes_are_said_only_where_they_are_spoken_about(
    kind: MoveKind, reply: str, passed: bool
) -> None:
    turn = said("Yesterday I {go|went} to the cinema.")
    move = Move(kind, findings=turn.analysis.findings)
    held = said("Yesterday I {go|went} to the cinema.", move=move)

    assert EchoGate("en").check(reply, held, whole=True).passed is passed


def test_a_question_is_answered_in_its_own_words() -> None:
    turn = context(text="Do you like coffee with milk?", move=Move(MoveKind.ANSWER))
    gate = EchoGate("en")

    assert gate.check("Yes, I like coffee with milk. And you?", turn, whole=True).passed
    assert not gate.check("Do you like coffee with milk?", turn, whole=True).passed


AGREE = "I {am agree|agree} with you, {|it} is important to eat well."


@pytest.mark.parametrize(
    "kind", sorted(set(MoveKind) - {MoveKind.RECAST, MoveKind.EXPLAIN})
)
@pytest.mark.parametrize(
    "reply",
    [
        "I agree with you. It is important to eat well.",
        "I agree with you, it is important to eat well. And what do you eat?",
        "Yes, I agree with you. What do you eat?",
    ],
)
def test_a_sentence_put_right_and_said_back_is_an_echo(
    kind: MoveKind, reply: str
) -> None:
    turn = said(AGREE, move=Move(kind))

    assert not EchoGate("en").check(reply, turn, whole=True).passed


def test_short_sentences_in_a_row_are_one_echo() -> None:
    gate, turn = EchoGate("en"), said(AGREE)

    assert not gate.check("I agree. It is important.", turn, whole=False).passed
    assert gate.check("I see. What do you eat?", turn, whole=True).passed


def test_the_corrected_text_counts_without_findings() -> None:
    text = "She don't never go out at night."
    move = Move(MoveKind.REUSE)
    plain = context(text=text, move=move)
    mended = replace(
        plain, analysis=replace(plain.analysis, corrected="She never leaves the house.")
    )
    gate, reply = EchoGate("en"), "She never leaves the house. What about you?"

    assert gate.check(reply, plain, whole=True).passed
    assert not gate.check(reply, mended, whole=True).passed


def test_a_mistake_that_is_gone_brings_nothing_new() -> None:
    turn = said("I like {swim|swimming} and {|the} sea.")

    assert not EchoGate("en").check("Swimming and the sea!", turn, whole=True).passed


@pytest.mark.parametrize(
    ("text", "reply", "passed"),
    [
        ("I like green tea. Do you sell it?", "I like green tea.", False),
        ("I like green tea. Do you sell it?", "You like green tea.", False),
        ("I like green tea. Do you sell it?", "Yes, I sell green tea here.", True),
        ("I like green tea a lot, and you?", "I like green tea too. And milk?", True),
        ("do you think that I can pass the exam", "I think that you can pass.", True),
        ("I think I can pass the exam what about you", "I think I can pass.", False),
        ("Does he live in Rome?", "Yes, he lives in Rome.", True),
        ("Where do I buy a ticket?", "You buy a ticket at the counter.", True),
    ],
)
def test_an_answer_repeats_the_question_and_nothing_beside_it(
    text: str, reply: str, passed: bool
) -> None:
    turn = context(text=text, move=Move(MoveKind.ANSWER))

    assert EchoGate("en").check(reply, turn, whole=True).passed is passed


@pytest.mark.parametrize(
    ("l2", "turn", "reply"),
    [
        ("es", "Yo {soy|estoy} de acuerdo contigo.", "Yo estoy de acuerdo contigo."),
        ("fr", "Je {suis|ai} faim ce matin.", "J'ai faim ce matin."),
        ("de", "Ich {bin|habe} heute großen Hunger.", "Ich habe heute großen Hunger."),
    ],
)
def test_other_languages_hear_it_too(l2: str, turn: str, reply: str) -> None:
    for kind in (MoveKind.CONTINUE, MoveKind.ANSWER, MoveKind.PRAISE):
        held = said(turn, l2, move=Move(kind))
        assert not EchoGate(l2).check(reply, held, whole=True).passed


def test_praise_quotes_what_it_is_for() -> None:
    text = "I have the receipt because I paid by card."
    move = Move(MoveKind.PRAISE, praise_for="because I paid by card")
    reply = "“Because I paid by card” was very clear. What did you buy?"

    held = context(text=text, move=move)
    assert EchoGate("en").check(reply, held, whole=True).passed


def test_a_bare_reaction_adds_nothing() -> None:
    turn = said("I like apples.")
    gate = EchoGate("en")

    for reply in ("I see.", "Oh, apples!", "Okay.", "You like apples."):
        assert not gate.check(reply, turn, whole=True).passed, reply
    assert gate.check("I see.", turn, whole=False).passed


@pytest.mark.parametrize("reply", ["I get the picture. Okay!", "I get the picture."])
def test_what_is_said_at_once_adds_nothing(reply: str) -> None:
    gate = EchoGate("en")
    assert not gate.check(reply, said("I like apples."), whole=True).passed


def test_nobody_is_echoed_where_nothing_was_said() -> None:
    assert EchoGate("en").check("Hello!", context(text=""), whole=True).passed


def test_words_are_counted_in_their_order_and_in_any_mouth() -> None:
    same = {"i": "you", "you": "you", "my": "your", "your": "your"}
    heard = ["i", "went", "home", "with", "my", "dog"]

    assert repeated(["you", "went", "home", "with", "your", "dog"], heard, same) == 6
    assert repeated(["with", "your", "dog", "you", "went", "home"], heard, same) == 3
    assert repeated(["what", "is", "new"], heard, same) == 0


@pytest.mark.slow
def test_long_turns_are_compared_quickly() -> None:
    turn = context(text="I like to walk in the park. " * 200)

    assert (
        not EchoGate("en")
        .check("You like to walk in the park. " * 20, turn, whole=True)
        .passed
    )
