"""All gates together: good tutors are not stopped, and nobody waits."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
import yaml

from tutor.gates.gatekeeper import Gatekeeper
from tutor.gates.level import LevelGate
from tutor.gates.reading import read

from .contexts import context, finding

HERE = Path(__file__).parent
LANGUAGES = ("en", "es", "fr", "de")


def good_sentences(l2: str) -> dict[str, list[str]]:
    text = (HERE / f"good_sentences_{l2}.yaml").read_text(encoding="utf-8")
    found: dict[str, list[str]] = yaml.safe_load(text)
    return found


@pytest.mark.parametrize(
    ("l2", "level"), [(l2, level) for l2 in LANGUAGES for level in good_sentences(l2)]
)
def test_good_sentences_pass_every_gate(l2: str, level: str) -> None:
    gatekeeper = Gatekeeper(l2)
    wrong = context(l2, level, text="x y", findings=(finding("x y", "x", "z"),))

    failed = [
        (reply, failure.reason)
        for reply in good_sentences(l2)[level]
        if (failure := gatekeeper.first_failure(reply, wrong, whole=True))
    ]
    assert failed == []


@pytest.mark.parametrize("l2", LANGUAGES)
def test_hardly_a_word_of_good_sentences_is_above_level(l2: str) -> None:
    gate = LevelGate(l2)
    words = above = 0
    for level, replies in good_sentences(l2).items():
        for reply in replies:
            words += read(reply, l2).words
            above += len(gate.above(reply, context(l2, level)))

    assert above / words < 0.01


def test_hard_sentences_do_not_reach_beginners() -> None:
    gate = LevelGate("en")
    replies = good_sentences("en")["C1"]

    refused = [
        not gate.check(reply, context(level="A1"), whole=True).passed
        for reply in replies
    ]
    assert sum(refused) >= 0.8 * len(refused)


def test_every_gate_answers_for_a_whole_reply() -> None:
    results = Gatekeeper("en").check("Hello! How are you?", context(), whole=True)

    assert [result.gate for result in results] == [
        *("safety", "identity", "form", "language", "reveal"),
        *("praise", "questions", "length", "level", "echo", "doing"),
    ]
    assert all(result.passed for result in results)


def test_the_first_failure_is_the_gravest() -> None:
    reply = "What is your password? **Where** do you live?"
    failure = Gatekeeper("en").first_failure(reply, context(), whole=False)

    assert failure is not None
    assert failure.gate == "safety"


def test_a_growing_reply_that_passed_stays_passed() -> None:
    gatekeeper = Gatekeeper("en")
    clauses = ["I see,", "that sounds fun.", "Who went", "with you?"]

    for count in range(1, len(clauses) + 1):
        reply = " ".join(clauses[:count])
        assert gatekeeper.first_failure(reply, context(level="A2"), whole=False) is None


def test_tags_with_regions_are_the_same_language() -> None:
    assert len(Gatekeeper("en-GB").gates) == len(Gatekeeper("en").gates)


def test_a_language_without_data_still_has_a_length() -> None:
    results = Gatekeeper("pt").check("Olá! Tudo bem?", context("pt"), whole=True)

    assert {result.gate for result in results} == {"form", "length"}


@pytest.mark.parametrize(
    "reply",
    ["", " ", "?", "''", "¿", "'s", "\x00", "a" * 5000, "。" * 50, "“", "-" * 300],
)
@pytest.mark.parametrize("l2", LANGUAGES)
def test_no_text_raises(l2: str, reply: str) -> None:
    assert Gatekeeper(l2).check(reply, context(l2), whole=True)


@pytest.mark.slow
@pytest.mark.parametrize("l2", LANGUAGES)
def test_nobody_waits_for_the_gates(l2: str) -> None:
    gatekeeper = Gatekeeper(l2)
    replies = [reply for part in good_sentences(l2).values() for reply in part]
    gatekeeper.check("Hello.", context(l2, l1="es"), whole=True)
    took = []
    for reply in replies:
        began = time.perf_counter()
        gatekeeper.check(f"{reply} ", context(l2, "B1", l1="es"), whole=False)
        took.append(time.perf_counter() - began)

    assert sorted(took)[len(took) // 2] < 0.002
