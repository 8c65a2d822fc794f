"""``make tutor-sessions``: scripted talks of ten minutes, written down as transcripts.

The learner is a script, the tutor is the product on the configured model. So the pages show
what the tutor does, move by move, and can be made anew whenever it changes.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from inference.errors import EngineUnavailable
from tutor.findings import Analysis
from tutor.teaching import TaughtTurn

from .report import say
from .tutor_models import Model, configured_model
from .tutor_past import CaseError
from .tutor_talk import TALKS, Exchange, Talk, read_talk
from .tutor_talks import held

PAGES = Path(__file__).parents[1] / "docs" / "tutor_sessions"
LEVELS = ("a1", "b1", "c1")


def main() -> None:
    """Run the talks and write their pages."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--output", type=Path, default=PAGES)
    parser.add_argument("--level", choices=LEVELS, action="append")
    options = parser.parse_args()
    try:
        talks = {
            name: read_talk(TALKS / f"{name}.yaml") for name in options.level or LEVELS
        }
        model = configured_model()
    except (CaseError, EngineUnavailable) as wrong:
        sys.exit(f"tutor-sessions: {wrong}")
    options.output.mkdir(parents=True, exist_ok=True)
    try:
        for name, talk in talks.items():
            path = options.output / f"{name}.md"
            path.write_text(asyncio.run(transcript(talk, model)), encoding="utf-8")
            say(f"  {path.name}")
    finally:
        model.close()


async def transcript(talk: Talk, model: Model) -> str:
    """Return a talk as a page."""
    exchanges = [one async for one in held(talk, model)]
    parts = [_head(talk, model), f"**Tutor** (open): {talk.opening}"]
    parts += [_shown(one) for one in exchanges]
    return "\n\n".join([*parts, _summary(exchanges)]) + "\n"


def _head(talk: Talk, model: Model) -> str:
    learner = talk.learner
    return "\n".join(
        [
            f"# A talk at {learner.level}: {talk.plan.title}",
            "",
            "Made by `make tutor-sessions`; do not edit. The learner's lines are a script",
            f"(first language: {learner.l1}), the tutor's are what it said on {model.name}.",
            "“Truly wrong” is written in the script; “found” is what the tutor knew of the",
            "line when it answered, “found later” what a second look added while the answer",
            "was heard: that is asked about in the next turn. Every reply passed the gates",
            "before it was spoken; those that refused an earlier wording are named.",
        ]
    )


def _shown(one: Exchange) -> str:
    taught = one.answer.taught
    said = one.line.turn.text or "(says nothing)"
    rows = [
        f"**{talk_time(one.minutes)} Learner**: {said}",
        "",
        f"**Tutor** ({taught.move.kind}, {_source(taught)}): {taught.reply}",
        "",
    ]
    sounds = [f"{s.word}: /{s.phoneme}/" for s in one.line.turn.sounds]
    notes = [
        ("truly wrong", _mistakes(one.line.truth)),
        ("found", _mistakes(taught.analysis)),
        ("found later", _found_later(one)),
        ("about", taught.move.earlier),
        ("sounds", ", ".join(sounds)),
        ("why", taught.move.reason),
        ("refused before", _refused(taught)),
        ("gates not passed", _failed(one)),
    ]
    return "\n".join(rows + [f"- {name}: {text}" for name, text in notes if text])


def talk_time(minutes: float) -> str:
    """Return minutes as ``3:24``."""
    seconds = round(60 * minutes)
    return f"{seconds // 60}:{seconds % 60:02d}"


def _source(taught: TaughtTurn) -> str:
    if taught.templated:
        return "template"
    source = "model, second wording" if taught.repaired else "model"
    return f"{source}, cut" if taught.truncated else source


def _mistakes(analysis: Analysis) -> str:
    return "; ".join(
        f"“{one.said or '…'}” → “{one.better or '…'}” ({one.category.replace('_', ' ')})"
        for one in analysis.findings
    )


def _refused(taught: TaughtTurn) -> str:
    return "; ".join(f"{gate.gate}: {gate.reason}" for gate in taught.refused)


def _failed(one: Exchange) -> str:
    return ", ".join(gate.gate for gate in one.answer.failed)


def _found_later(one: Exchange) -> str:
    answer = one.answer
    known = {finding.key for finding in answer.taught.analysis.findings}
    later = tuple(one for one in answer.looked.findings if one.key not in known)
    return _mistakes(replace(answer.looked, findings=later))


def _summary(exchanges: Sequence[Exchange]) -> str:
    taught = [one.answer.taught for one in exchanges]
    moves = Counter(str(turn.move.kind) for turn in taught)
    wrong = [one for one in exchanges if one.line.truth.findings]
    right = [one for one in exchanges if not one.line.truth.findings]
    rows = {
        "exchanges": len(exchanges),
        "moves": ", ".join(f"{kind} {count}" for kind, count in moves.most_common()),
        "lines with mistakes, found": _of(wrong),
        "asked about one turn later": sum(bool(turn.move.earlier) for turn in taught),
        "lines without, accused": _of(right),
        "worded by the model": sum(not turn.templated for turn in taught),
        "worded a second time": sum(turn.repaired for turn in taught),
        "cut": sum(turn.truncated for turn in taught),
        "templates": sum(turn.templated for turn in taught),
        "replies that failed a gate": sum(bool(_failed(one)) for one in exchanges),
    }
    table = [f"| {name} | {value} |" for name, value in rows.items()]
    return "\n".join(["## In short", "", "| what | how many |", "|---|---|", *table])


def _of(lines: Sequence[Exchange]) -> str:
    found = sum(bool(one.answer.looked.findings) for one in lines)
    return f"{found} of {len(lines)}"


if __name__ == "__main__":
    main()
