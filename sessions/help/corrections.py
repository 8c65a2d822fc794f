"""The corrections of a talk, with why: by the data of the languages alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from tutor.findings import Analysis, Finding
from tutor.help import HelpText, explain
from tutor.learner import Learner
from tutor.moves import CORRECTIONS, Move, MoveKind

from ..models import Turn
from ..teaching_records import read_analysis, read_move
from .answers_json import text_json


@dataclass(frozen=True, slots=True)
class Correction:
    """A mistake that the tutor spoke about in a turn, and why it is one."""

    turn: int
    sentence: str
    finding: Finding
    why: HelpText


def list_corrections(
    *, session_uuid: UUID, learner: Learner, turn: int | None = None
) -> list[Correction]:
    """Return what the tutor corrected, in the order of the talk."""
    turns = Turn.objects.filter(session__uuid=session_uuid).order_by("index")
    if turn is not None:
        turns = turns.filter(index=turn)
    found = []
    for row in turns.only("index", "analysis", "move"):
        analysis, move = read_analysis(row.analysis), read_move(row.move)
        if analysis is None or move is None or move.kind not in CORRECTIONS:
            continue
        for finding, sentence in _treated(move, analysis):
            why = explain(finding, learner, sentence=sentence)
            found.append(Correction(row.index, sentence, finding, why))
    return found


def has_corrections(*, session_uuid: UUID) -> bool:
    """Whether the tutor corrected anything in a talk."""
    return Turn.objects.filter(
        session__uuid=session_uuid, move__kind__in=[kind.value for kind in CORRECTIONS]
    ).exists()


def correction_json(correction: Correction) -> dict[str, Any]:
    """Return a correction as the page gets it."""
    return {
        "turn": correction.turn,
        "sentence": correction.sentence,
        "said": correction.finding.said,
        "better": correction.finding.better,
        "why": text_json(correction.why),
    }


def find_mistake(
    *, session_uuid: UUID, turn: int, said: str, better: str
) -> tuple[Finding, str]:
    """Return a mistake of a turn and the words it was made in. Raises LookupError."""
    row = Turn.objects.filter(session__uuid=session_uuid, index=turn).first()
    analysis = read_analysis(row.analysis) if row is not None else None
    move = read_move(row.move) if row is not None else None
    if analysis is not None and not _is_delicate(move):
        mistakes = [(finding, analysis.text) for finding in analysis.findings]
        mistakes += _treated(move, analysis) if move is not None else []
        for finding, sentence in mistakes:
            if (finding.said, finding.better) == (said, better):
                return finding, sentence
    raise LookupError(turn)


def _treated(move: Move, analysis: Analysis) -> list[tuple[Finding, str]]:
    """Return what a move is about, each with the words it was said in."""
    sentence = move.earlier or analysis.text
    return [(finding, sentence) for finding in move.findings]


def _is_delicate(move: Move | None) -> bool:
    return move is not None and (move.kind is MoveKind.CARE or move.flag_teacher)
