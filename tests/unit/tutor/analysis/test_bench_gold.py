"""The benchmark's reading of corrected dialogues."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.tutor_errors import Judged, error_figures, figures_of, gold_turns
from tutor.analysis import analyser
from tutor.categories import Category
from tutor.findings import Analysis, Evidence, Finding, Severity

M2 = """S Yesterday I go home , thats all
A 2 3|||R:VERB:TENSE|||went|||3|||-NONE-|||0
A 5 6|||R:PUNCT|||that's|||2|||-NONE-|||0
A 7 7|||M:PUNCT|||.|||1|||-NONE-|||0

S I like it cause its fun
A 3 4|||R:PREP|||because|||3|||-NONE-|||0
A 4 5|||R:OTHER|||it's|||3|||-NONE-|||0

S I herd it
A 1 2|||R:SPELL|||heard|||3|||-NONE-|||0
A 1 2|||R:VERB|||saw|||3|||-NONE-|||1

S It is good
A -1 -1|||noop|||-NONE-|||REQUIRED|||-NONE-|||0
"""
TEXTS = (
    "Yesterday I go home, thats all\nI like it cause its fun\nI herd it\nIt is good\n"
)


def corpus(folder: Path) -> Path:
    for name, text in (("m2/1.m2", M2), ("orig/1.txt", TEXTS)):
        path = folder / "3" / name
        path.parent.mkdir(parents=True)
        path.write_text(text, encoding="utf-8")
    return folder


def test_only_what_is_heard_is_a_mistake(tmp_path: Path) -> None:
    turns = list(gold_turns(corpus(tmp_path)))
    assert [len(turn.mistakes) for turn in turns] == [1, 0, 0, 0]
    (mistake,) = turns[0].mistakes
    assert turns[0].text[mistake.start : mistake.end] == "go"
    assert mistake.better == "went"


def test_figures_count_turns_and_edits(tmp_path: Path) -> None:
    turns = list(gold_turns(corpus(tmp_path)))

    def said(start: int, end: int, text: str) -> Analysis:
        finding = Finding(
            start, end, text[start:end], "went", "R:VERB:TENSE",
            Category.VERB_TENSE, Severity.ERROR, Evidence.MODEL,
        )  # fmt: skip
        return Analysis(text, text, (finding,))

    judged = [
        Judged(turns[0], said(12, 14, turns[0].text), 5.0),
        Judged(turns[1], said(0, 1, turns[1].text), 6.0),
        Judged(turns[2], Analysis(turns[2].text, turns[2].text), 7.0),
    ]
    figures = figures_of(judged)
    assert figures["precision"] == 0.5
    assert figures["recall"] == 1.0
    assert figures["edit_precision"] == 0.5
    assert figures["types_right"] == 1.0


@pytest.mark.slow
def test_rules_alone_are_measured_beside(tmp_path: Path) -> None:
    figures = error_figures(corpus(tmp_path), analyser("en", None), limit=2)
    assert figures["turns"] == 2
    assert figures["accused_clean"] == figures["rules_only_accused_clean"] == 0
