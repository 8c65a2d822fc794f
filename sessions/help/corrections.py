"""The corrections of a talk, with why: by the data of the languages alone.

While the tutor asks the learner to find the better words, they are not told: a hint is.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from learners.selectors import mistake_label
from tutor.categories import Category
from tutor.findings import Analysis, Finding
from tutor.help import HelpText, Source, explain
from tutor.learner import Learner
from tutor.moves import CORRECTIONS, Move, MoveKind

from ..models import Turn
from ..teaching_records import read_analysis, read_move
from .answers_json import text_json


@dataclass(frozen=True, slots=True)
class Correction:
    """A mistake that the tutor spoke about in a turn, and why it is one.

    ``withheld``: the learner is being asked for the better words, ``why`` is a hint.
    """

    turn: int
    sentence: str
    finding: Finding
    why: HelpText
    withheld: bool = False


def list_corrections(
    *, session_uuid: UUID, learner: Learner, turn: int | None = None
) -> list[Correction]:
    """Return what the tutor corrected, in the order of the talk."""
    turns = Turn.objects.filter(session__uuid=session_uuid).order_by("index")
    if turn is not None:
        turns = turns.filter(index=turn)
    asked_for = _asked_for(session_uuid)
    found = []
    for row in turns.only("index", "analysis", "move"):
        analysis, move = read_analysis(row.analysis), read_move(row.move)
        if analysis is None or move is None or move.kind not in CORRECTIONS:
            continue
        for finding, sentence in _treated(move, analysis):
            withheld = finding.key in asked_for
            why = (
                _hint(finding)
                if withheld
                else explain(finding, learner, sentence=sentence)
            )
            found.append(Correction(row.index, sentence, finding, why, withheld))
    return found


def has_corrections(*, session_uuid: UUID) -> bool:
    """Whether the tutor corrected anything in a talk."""
    return Turn.objects.filter(
        session__uuid=session_uuid, move__kind__in=[kind.value for kind in CORRECTIONS]
    ).exists()


def correction_json(correction: Correction) -> dict[str, Any]:
    """Return a correction as the page gets it: what is withheld does not leave here."""
    return {
        "turn": correction.turn,
        "sentence": correction.sentence,
        "said": correction.finding.said,
        "better": "" if correction.withheld else correction.finding.better,
        "withheld": correction.withheld,
        "why": text_json(correction.why),
    }


def find_mistake(
    *, session_uuid: UUID, turn: int, said: str, better: str
) -> tuple[Finding, str]:
    """Return a mistake of a turn and the words it was made in. Raises LookupError.

    One that the learner is being asked about is not found.
    """
    row = Turn.objects.filter(session__uuid=session_uuid, index=turn).first()
    analysis = read_analysis(row.analysis) if row is not None else None
    move = read_move(row.move) if row is not None else None
    if analysis is not None and not _is_delicate(move):
        mistakes = [(finding, analysis.text) for finding in analysis.findings]
        mistakes += _treated(move, analysis) if move is not None else []
        asked_for = _asked_for(session_uuid)
        for finding, sentence in mistakes:
            if finding.key in asked_for:
                continue
            if (finding.said, finding.better) == (said, better):
                return finding, sentence
    raise LookupError(turn)


def _asked_for(session_uuid: UUID) -> frozenset[str]:
    """Return the keys of the mistakes that the learner is to put right just now."""
    latest = (
        Turn.objects.filter(
            session__uuid=session_uuid, session__ended_at=None, move__isnull=False
        )
        .order_by("-index")
        .only("move")
        .first()
    )
    move = read_move(latest.move) if latest is not None else None
    if move is None or move.kind is not MoveKind.ELICIT:
        return frozenset()
    return frozenset(finding.key for finding in move.findings)


def _hint(finding: Finding) -> HelpText:
    text = "Try it once more yourself first."
    if finding.category != Category.OTHER:
        label = mistake_label(finding.category)
        text = f"{text} A hint: {label[:1].lower()}{label[1:]}."
    return HelpText(text, Source.TEMPLATE, "en")


def _treated(move: Move, analysis: Analysis) -> list[tuple[Finding, str]]:
    """Return what a move is about, each with the words it was said in."""
    sentence = move.earlier or analysis.text
    return [(finding, sentence) for finding in move.findings]


def _is_delicate(move: Move | None) -> bool:
    return move is not None and (move.kind is MoveKind.CARE or move.flag_teacher)
