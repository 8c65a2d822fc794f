"""The turns of one session in the database: the TurnRepository of ``sessions.turns``."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime, timedelta
from uuid import UUID

from channels.db import database_sync_to_async
from django.db import transaction

from inference.types.audio import AudioClip
from learners.selectors import get_learner_context

from .models import Recording, Turn, TutoringSession, Utterance
from .recordings import recording_path, write_clip
from .services import end_session
from .turns.context import LearnerWords
from .turns.events import Outcome, Source
from .turns.repository import StoredTurn, TurnRecord

_STATES = {outcome: Turn.State(outcome.value.upper()) for outcome in Outcome}


class DatabaseTurnRepository:
    """Keeps turns, utterances and recordings of one session."""

    def __init__(self, *, session_uuid: UUID) -> None:
        self._uuid = session_uuid

    async def may_keep_voice(self) -> bool:
        """Tell whether the learner consents, at this moment, to recordings."""
        return await database_sync_to_async(self._may_keep_voice)()

    async def save(self, record: TurnRecord) -> None:
        """Write a turn as it stands, recordings last."""
        await database_sync_to_async(self._save)(record)

    async def load(self) -> list[StoredTurn]:
        """Return the session's turns in order."""
        return await database_sync_to_async(self._load)()

    async def end(self, *, reason: str, now: datetime) -> None:
        """Mark the session as over."""
        await database_sync_to_async(end_session)(
            session_uuid=self._uuid, reason=reason, now=now
        )

    def _may_keep_voice(self) -> bool:
        session = TutoringSession.objects.get(uuid=self._uuid)
        return get_learner_context(user_id=session.learner_id).stores_recordings

    def _save(self, record: TurnRecord) -> None:
        with transaction.atomic():
            session = TutoringSession.objects.get(uuid=self._uuid)
            seen_at = record.ended_at or record.started_at
            TutoringSession.objects.filter(pk=session.pk).update(last_seen_at=seen_at)
            values = {
                "state": _STATES[record.outcome]
                if record.outcome
                else Turn.State.AWAITING_REPLY,
                "ended_at": record.ended_at,
                "timings": record.timing or {},
                "engines": record.engines or {},
                "errors": list(record.errors),
            }
            turn, _ = Turn.objects.update_or_create(
                session=session,
                index=record.index,
                defaults=values,
                create_defaults={**values, "started_at": record.started_at},
            )
            learner = _save_learner(turn, record)
            tutor = _save_tutor(turn, record)
        if learner and record.learner_clip:
            context = get_learner_context(user_id=session.learner_id)
            if context.stores_recordings:
                keep = timedelta(days=context.retention_days)
                self._record(
                    learner, record, record.learner_clip, delete_after=seen_at + keep
                )
        if tutor and record.reply_clip:
            self._record(tutor, record, record.reply_clip, delete_after=None)

    def _record(
        self,
        utterance: Utterance,
        record: TurnRecord,
        clip: AudioClip,
        *,
        delete_after: datetime | None,
    ) -> None:
        path = recording_path(
            session_uuid=self._uuid,
            turn=record.index,
            speaker=utterance.speaker,
            attempt=utterance.attempt,
        )
        n_bytes = write_clip(clip, path)
        Recording.objects.update_or_create(
            utterance=utterance,
            defaults={
                "path": path,
                "sample_rate_hz": clip.sample_rate_hz,
                "duration_ms": round(clip.duration_ms),
                "n_bytes": n_bytes,
                "created_at": record.ended_at or record.started_at,
                "delete_after": delete_after,
            },
        )

    def _load(self) -> list[StoredTurn]:
        turns = (
            Turn.objects.filter(session__uuid=self._uuid)
            .order_by("index")
            .prefetch_related("utterances")
        )
        return [_stored(turn) for turn in turns]


def _save_learner(turn: Turn, record: TurnRecord) -> Utterance | None:
    words = record.learner
    if words is None and record.learner_clip is None:
        return None
    clip = record.learner_clip
    values = {
        "source": (words.source.value if words else Source.SPEECH.value).upper(),
        "text": words.text if words else "",
        "heard_as": words.heard_as if words else "",
        "language": words.language if words else "",
        "confidence": words.confidence if words else None,
        "words": [asdict(word) for word in words.words] if words else [],
    }
    if clip is not None:
        values["duration_ms"] = round(clip.duration_ms)
    utterance, _ = Utterance.objects.update_or_create(
        turn=turn, speaker=Utterance.Speaker.LEARNER, attempt=0, defaults=values
    )
    return utterance


def _save_tutor(turn: Turn, record: TurnRecord) -> Utterance | None:
    if not record.reply_text:
        return None
    clip = record.reply_clip
    source = Utterance.Source.OPENING if record.opening else Utterance.Source.MODEL
    utterance, _ = Utterance.objects.update_or_create(
        turn=turn,
        speaker=Utterance.Speaker.TUTOR,
        attempt=record.attempt,
        defaults={
            "source": source,
            "text": record.reply_text,
            "heard_text": record.reply_heard,
            "cues": [list(cue) for cue in record.cues],
            "duration_ms": round(clip.duration_ms) if clip else 0,
        },
    )
    return utterance


def _stored(turn: Turn) -> StoredTurn:
    learner = tutor = None
    for utterance in turn.utterances.all():
        if utterance.speaker == Utterance.Speaker.LEARNER:
            learner = utterance
        elif tutor is None or utterance.attempt > tutor.attempt:
            tutor = utterance
    awaiting = turn.state == Turn.State.AWAITING_REPLY
    return StoredTurn(
        index=turn.index,
        learner=_learner_words(learner) if learner and learner.text else None,
        tutor_text=tutor.text if tutor else None,
        tutor_heard=tutor.heard_text if tutor else None,
        attempt=tutor.attempt if tutor else 0,
        outcome=None if awaiting else Outcome(turn.state.lower()),
    )


def _learner_words(utterance: Utterance) -> LearnerWords:
    return LearnerWords(
        text=utterance.text,
        source=Source(utterance.source.lower()),
        language=utterance.language,
        confidence=utterance.confidence,
        heard_as=utterance.heard_as,
    )
