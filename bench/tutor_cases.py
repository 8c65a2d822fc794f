"""The scenario turns: what a learner said, what was truly wrong with it, what should follow.

A mistake stands in the learner's words themselves: ``{said|better|category}``, and
``|slip`` or ``|blocking`` behind it where it is no plain error. So text, correction and
place can't contradict each other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from tutor.analysis.hearing import tokens
from tutor.brief import LessonPlan
from tutor.categories import Category
from tutor.findings import Analysis, Evidence, Finding, Severity
from tutor.history import LedgerEntry
from tutor.learner import HeardWord, Learner, LearnerTurn, Level, SoundProblem
from tutor.moves import CORRECTIONS, MoveKind

from .tutor_lessons import LESSONS, SCENARIOS, Lesson, load_yaml, read_lessons
from .tutor_past import CaseError, Past, read_past

# Names for what is right wherever nothing calls for more.
_GROUPS = {
    "free": (MoveKind.CONTINUE, MoveKind.PRAISE, MoveKind.INTRODUCE),
}
_MISTAKE = re.compile(r"\{([^{}|]*)\|([^{}|]*)\|([a-z_]+)(?:\|([a-z]+))?\}")
_KEYS = frozenset(
    [
        "id",
        "level",
        "l1",
        "l2",
        "lesson",
        "said",
        "moves",
        "past",
        "ledger",
        "minutes",
        "unsure",
        "sounds",
        "language",
        "heard",
        "accused",
    ]
)
_HEARD_WELL = 0.95


@dataclass(frozen=True, slots=True)
class Case:
    """One scenario turn.

    ``truth`` holds every mistake, ``moves`` are acceptable, ``may_accuse`` tells whether
    it would be right to claim one: not where the words were not surely heard.
    """

    id: str
    learner: Learner
    lesson: Lesson
    plan: LessonPlan
    turn: LearnerTurn
    truth: Analysis
    moves: frozenset[MoveKind]
    may_accuse: bool
    past: Past

    @property
    def knowable(self) -> Analysis:
        """The analysis that a perfect analyser gives of what was heard."""
        if self.may_accuse:
            return self.truth
        return replace(self.truth, corrected=self.truth.text, findings=())

    @property
    def must_correct(self) -> bool:
        """Whether nothing but treating the mistake is acceptable."""
        return bool(self.knowable.findings) and self.moves <= CORRECTIONS

    @property
    def kind(self) -> str:
        """What sort of turn it is: what comes first of what is acceptable."""
        kind = min(self.moves)
        return f"{kind} of a mistake" if self.knowable.findings else str(kind)

    @property
    def must_not_tell(self) -> bool:
        """Whether the learner shall find the answer: nothing else is acceptable."""
        told = {MoveKind.RECAST, MoveKind.EXPLAIN}
        return MoveKind.ELICIT in self.moves and not told & self.moves


def read_cases(folder: Path = SCENARIOS) -> tuple[Case, ...]:
    """Return all scenario turns. Raises CaseError that names file and turn."""
    lessons = read_lessons(folder / LESSONS)
    cases: dict[str, Case] = {}
    for path in sorted(folder.glob("*.yaml")):
        if path.name == LESSONS:
            continue
        data = load_yaml(path)
        for entry in data["turns"]:
            merged = {**data["defaults"], **entry}
            try:
                case = read_case(merged, lessons)
            except (KeyError, ValueError, TypeError) as wrong:
                raise CaseError(f"{path.name}: {entry.get('id')}: {wrong!r}") from wrong
            if case.id in cases:
                raise CaseError(f"{path.name}: {case.id}: is there twice")
            cases[case.id] = case
    return tuple(cases.values())


def read_case(entry: Mapping[str, Any], lessons: Mapping[str, Lesson]) -> Case:
    """Return one turn. Raises KeyError, TypeError or ValueError (CaseError is one)."""
    if unknown := set(entry) - _KEYS:
        raise CaseError(f"unknown {', '.join(sorted(unknown))}")
    truth = marked(entry["said"])
    moves = frozenset(_moves(entry["moves"]))
    learner = Learner(entry["l1"], entry["l2"], Level(entry["level"]))
    lesson = lessons[entry["lesson"]]
    return Case(
        id=entry["id"],
        learner=learner,
        lesson=lesson,
        plan=lesson.plan(learner),
        turn=LearnerTurn(
            text=truth.text,
            words=heard_words(truth.text, entry.get("unsure") or {}),
            language=entry.get("language", entry["l2"]),
            sounds=tuple(
                SoundProblem(*sound.split("/")) for sound in entry.get("sounds", ())
            ),
        ),
        truth=truth,
        moves=moves,
        may_accuse=bool(entry.get("accused", bool(truth.findings))),
        past=Past(
            turns=tuple(read_past(past) for past in entry.get("past", ())),
            ledger=tuple(_entry(known) for known in entry.get("ledger", ())),
            minutes=float(entry.get("minutes", 3.0)),
            last_reply=entry.get("heard", ""),
        ),
    )


def marked(said: str) -> Analysis:
    """Return the true analysis of words with their mistakes marked. Raises CaseError."""
    text = corrected = ""
    findings = []
    at = 0
    for match in _MISTAKE.finditer(said):
        wrong, better, category, severity = match.groups()
        text = _joined(text, said[at : match.start()])
        corrected = _joined(corrected, said[at : match.start()])
        start = len(text)
        text, corrected = text + wrong, _joined(corrected, better)
        findings.append(
            Finding(
                start, start + len(wrong), wrong, better, "", Category(category),
                Severity(severity or "error"), Evidence.BOTH,
            )
        )  # fmt: skip
        at = match.end()
    text, corrected = _joined(text, said[at:]), _joined(corrected, said[at:])
    if set("{}|") & set(text):
        raise CaseError(f"{said!r}: a mistake is {{said|better|category}}")
    if not tokens(text) and findings:
        raise CaseError(f"{said!r}: nothing is said")
    return Analysis(text, corrected, tuple(findings))


def _joined(before: str, after: str) -> str:
    """Join without two spaces where a word is missing or too much."""
    return before + (after.lstrip(" ") if before.endswith(" ") else after)


def _moves(names: list[str]) -> Iterator[MoveKind]:
    for name in names:
        yield from _GROUPS.get(name) or (MoveKind(name),)


def heard_words(
    text: str, unsure: Mapping[str, float] | None = None
) -> tuple[HeardWord, ...]:
    """Return the words as heard; ``all`` in ``unsure`` means every word."""
    unsure = unsure or {}
    found = tokens(text)
    if missing := set(unsure) - {"all", *(token.text for token in found)}:
        raise CaseError(f"unsure words that were not said: {missing}")
    return tuple(
        HeardWord(
            text[token.start : token.end],
            token.start,
            token.end,
            unsure.get(token.text, unsure.get("all", _HEARD_WELL)),
        )
        for token in found
    )


def _entry(known: Mapping[str, Any]) -> LedgerEntry:
    category, said, better = known["category"], known["said"], known["better"]
    return LedgerEntry(
        key=f"{Category(category)}:{said.casefold()}>{better.casefold()}",
        category=category,
        example=known["example"],
        better=better,
        seen=known.get("seen", 1),
        addressed=known.get("addressed", 0),
    )
