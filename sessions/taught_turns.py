"""The turns in which the learner said something, with what the tutor made of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from tutor.reports.contents import ReportTurn

from .models import Turn, Utterance
from .teaching_records import GateRecord, read_analysis, read_gates, read_move


@dataclass(frozen=True, slots=True)
class TeachingEvidence:
    """A turn with what the tutor made of it, for teachers.

    ``reply`` is what was heard of the tutor's answer, empty if it was nothing.
    """

    turn: ReportTurn
    gates: GateRecord | None
    reply: str = ""


def evidence_of(turns: Iterable[Turn]) -> tuple[TeachingEvidence, ...]:
    """Return what the tutor made of those turns in which the learner said something."""
    said = ((turn, learners_words(turn)) for turn in turns)
    return tuple(taught(turn, words) for turn, words in said if words is not None)


def learners_words(turn: Turn) -> Utterance | None:
    """Return what the learner said in a turn, None if nothing."""
    for utterance in turn.utterances.all():
        if utterance.speaker == Utterance.Speaker.LEARNER and utterance.text.strip():
            return utterance
    return None


def heard_reply(turn: Turn) -> str:
    """Return what was heard of the last reply."""
    replies = [u for u in turn.utterances.all() if u.speaker == Utterance.Speaker.TUTOR]
    if not replies:
        return ""
    last = max(replies, key=lambda reply: reply.attempt)
    return last.text if last.heard_text is None else last.heard_text


def taught(turn: Turn, utterance: Utterance) -> TeachingEvidence:
    """Return a turn with what the tutor made of it."""
    analysis = read_analysis(turn.analysis)
    # Words that were corrected afterwards are not those that were analysed.
    if analysis is not None and analysis.text.split() != utterance.text.split():
        analysis = None
    return TeachingEvidence(
        ReportTurn(turn.index, utterance.text, analysis, read_move(turn.move)),
        read_gates(turn.gates),
        heard_reply(turn),
    )
