"""Utterances and turns as rows of the database, from and to the values of a turn."""

from __future__ import annotations

from dataclasses import asdict

from inference.types.speech import Word

from .models import Turn, Utterance
from .models.pronunciation import latest_value
from .teaching_records import read_analysis, read_gates, read_move
from .turns.context import LearnerWords
from .turns.events import Outcome, Source
from .turns.repository import StoredTurn, TurnRecord


def upsert_utterances(turn: Turn, record: TurnRecord) -> list[Utterance]:
    """Write what both said in a turn; return the rows."""
    utterances = []
    if record.learner is not None or record.learner_clip is not None:
        utterances.append(_learner(turn, record))
    if record.reply_text:
        utterances.append(_tutor(turn, record))
    Utterance.objects.bulk_create(
        utterances,
        update_conflicts=True,
        unique_fields=["turn", "speaker", "attempt"],
        update_fields=[
            *("source", "text", "heard_as", "heard_text", "language", "confidence"),
            *("words", "cues", "duration_ms"),
        ],
    )
    return utterances


def _learner(turn: Turn, record: TurnRecord) -> Utterance:
    words, clip = record.learner, record.learner_clip
    source = words.source if words else Source.SPEECH
    return Utterance(
        turn=turn,
        speaker=Utterance.Speaker.LEARNER,
        source=source.value.upper(),
        text=words.text if words else "",
        heard_as=words.heard_as if words else "",
        language=words.language if words else "",
        confidence=words.confidence if words else None,
        words=[asdict(word) for word in words.words] if words else [],
        duration_ms=round(clip.duration_ms) if clip else record.learner_ms,
    )


def _tutor(turn: Turn, record: TurnRecord) -> Utterance:
    source = Utterance.Source.OPENING if record.opening else Utterance.Source.MODEL
    return Utterance(
        turn=turn,
        speaker=Utterance.Speaker.TUTOR,
        attempt=record.attempt,
        source=source,
        text=record.reply_text,
        heard_text=record.reply_heard,
        cues=[list(cue) for cue in record.cues],
        duration_ms=round(record.reply_clip.duration_ms) if record.reply_clip else 0,
    )


def stored_turn(turn: Turn) -> StoredTurn:
    """Return a turn as it was kept; its utterances were fetched with it."""
    learner = tutor = None
    for utterance in turn.utterances.all():
        if utterance.speaker == Utterance.Speaker.LEARNER:
            learner = utterance
        elif tutor is None or utterance.attempt > tutor.attempt:
            tutor = utterance
    awaiting = turn.state == Turn.State.AWAITING_REPLY
    worded = read_gates(turn.gates)
    return StoredTurn(
        index=turn.index,
        learner=_learner_words(learner) if learner and learner.text else None,
        tutor_text=tutor.text if tutor else None,
        tutor_heard=tutor.heard_text if tutor else None,
        attempt=tutor.attempt if tutor else 0,
        outcome=None if awaiting else Outcome(turn.state.lower()),
        started_at=turn.started_at,
        analysis=read_analysis(turn.analysis),
        move=read_move(turn.move),
        opener=worded.opener if worded is not None else "",
        mic_end_frame=turn.mic_end_frame,
        client_id=turn.client_id,
    )


def _learner_words(utterance: Utterance) -> LearnerWords:
    return LearnerWords(
        text=utterance.text,
        source=Source(utterance.source.lower()),
        words=tuple(Word(**word) for word in utterance.words),
        language=utterance.language,
        confidence=utterance.confidence,
        heard_as=utterance.heard_as,
        assessment=latest_value(utterance.assessments.all()),
    )
