"""Words and sentences are found as people remember them, the best first."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta

import pytest

from learners.phrasebook import Phrase, PhraseKind, folded, search

NOW = datetime(2026, 6, 1, tzinfo=UTC)


def phrase(
    text: str, kind: PhraseKind = PhraseKind.WORD, days: int = 0, **more: str
) -> Phrase:
    return Phrase(kind, text, met_at=NOW - timedelta(days=days), **more)


def texts(
    phrases: list[Phrase], query: str, kind: PhraseKind | None = None
) -> list[str]:
    return [found.text for found in search(phrases, query, kind=kind)]


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("el café", "cafe"),
        ("El CAFÉ", "café"),
        ("mañana", "MANANA"),
        ("Straße", "strasse"),
        ("l’œuf", "oeuf"),
        ("I don’t know", "don't"),
        ("Ça va ?", "ca va"),
        ("Two coffees, please!", "coff plea"),
        ("Two coffees, please!", "please two"),
        ("お茶をください", "くださ"),
        ("İstanbul", "istanbul"),
    ],
)
def test_case_accents_and_order_do_not_matter(text: str, query: str) -> None:
    assert texts([phrase(text)], query) == [text]


@pytest.mark.parametrize("query", ["fee", "tea", "...", "🤷", "coffee tea"])
def test_what_is_not_there_is_not_found(query: str) -> None:
    assert texts([phrase("coffee", note="a hot drink")], query) == []


def test_the_word_itself_comes_before_beginnings_and_meanings() -> None:
    found = texts(
        [
            phrase("drink", note="to have a tea"),
            phrase("A tea, please.", PhraseKind.LESSON),
            phrase("I like tea.", PhraseKind.TUTOR),
            phrase("teacher"),
            phrase("I saw the teacher.", PhraseKind.TUTOR),
            phrase("Tea"),
        ],
        "tea",
    )
    assert found[0] == "Tea"
    assert found[-1] == "drink"
    assert found.index("I like tea.") < found.index("I saw the teacher.")


def test_without_a_query_everything_is_there_once_latest_first() -> None:
    met = [phrase("old", days=9), phrase("Coffee", days=3), phrase("coffee!", days=1)]
    assert texts(met, "") == ["coffee!", "old"]
    assert texts(met, "   ") == ["coffee!", "old"]


def test_one_kind_alone() -> None:
    met = [phrase("tea"), phrase("Tea?", PhraseKind.TUTOR)]
    assert texts(met, "tea", PhraseKind.TUTOR) == ["Tea?"]
    assert len(texts(met, "tea")) == 2


def test_an_enormous_query_is_cut_and_harmless() -> None:
    assert texts([phrase("tea")], "tea " * 10_000) == ["tea"]
    assert folded("%_'\"; DROP TABLE--") == ("drop", "table")


def test_ten_thousand_sentences_are_searched_while_a_page_loads() -> None:
    met = [
        phrase(f"Das ist Satz Nummer {n}, schön.", PhraseKind.TUTOR)
        for n in range(10_000)
    ]
    began = time.process_time()
    assert len(texts(met, "satz schon")) == 10_000
    assert time.process_time() - began < 2.0
