"""The turns of one session in the database: the TurnRepository of ``sessions.turns``."""

from __future__ import annotations

import platform
from datetime import datetime, timedelta
from uuid import UUID

from channels.db import database_sync_to_async
from django.db import transaction
from django.db.models import DateTimeField, QuerySet, Value
from django.db.models.functions import Greatest

from inference.types.audio import AudioClip
from learners.selectors import get_learner_context
from learners.services.course_progress import mark_talked
from learners.services.memory import record_turn
from learners.services.pauses import keep_pauses

from .assessments import keep_assessment, withdraw_assessments
from .care import raise_care_flag
from .models import Recording, Turn, TutoringSession, Utterance
from .recordings import recording_path, write_clip
from .services import end_session
from .teaching_records import taught_fields
from .turn_rows import stored_turn, upsert_utterances
from .turns.events import Outcome
from .turns.pauses import Pauses
from .turns.repository import StoredTurn, TalkTaken, TurnRecord

# From so many exchanges on a lesson counts as talked through.
TALKED_THROUGH = 3

# Which machine was slow, where several serve one site.
HOST = platform.node()[:60]
_STATES = {outcome: Turn.State(outcome.value.upper()) for outcome in Outcome}


class DatabaseTurnRepository:
    """Keeps turns, utterances and recordings of one session.

    With ``generation`` it writes only as long as nobody took the talk up after it.
    """

    def __init__(self, *, session_uuid: UUID, generation: int | None = None) -> None:
        self._uuid = session_uuid
        self._generation = generation
        self._id: int | None = None

    async def may_keep_voice(self) -> bool:
        """Tell whether the learner consents, at this moment, to recordings."""
        return await database_sync_to_async(self._may_keep_voice)()

    async def save(self, record: TurnRecord) -> None:
        """Write a turn as it stands, recordings last."""
        await database_sync_to_async(self.save_now)(record)

    async def load(self) -> list[StoredTurn]:
        """Return the session's turns in order."""
        return await database_sync_to_async(self.load_now)()

    async def keep_pauses(self, pauses: Pauses) -> None:
        """Keep how long the learner's pauses are, for the next talk in this language."""
        await database_sync_to_async(self._keep_pauses)(pauses)

    def _keep_pauses(self, pauses: Pauses) -> None:
        self._check()
        learner_id, l2 = TutoringSession.objects.values_list("learner_id", "l2").get(
            uuid=self._uuid
        )
        keep_pauses(learner_id=learner_id, l2=l2, pauses=pauses.as_json())

    async def end(self, *, reason: str, now: datetime) -> None:
        """Mark the session as over."""
        await database_sync_to_async(self._end)(reason, now)

    def _end(self, reason: str, now: datetime) -> None:
        self._check()
        end_session(session_uuid=self._uuid, reason=reason, now=now)

    def _may_keep_voice(self) -> bool:
        return get_learner_context(user_id=self._learner_id()).stores_recordings

    def save_now(self, record: TurnRecord) -> None:
        """Write a turn from code that may wait for the database."""
        seen_at = record.ended_at or record.started_at
        # Upserts: one statement a row, and safe to repeat.
        with transaction.atomic():
            self._seen(seen_at)
            turn = self._upsert_turn(record)
            utterances = upsert_utterances(turn, record)
            self._keep_assessment(utterances, record)
            self._remember(record, seen_at)
            if record.taught is not None:
                # Also where the answer was not heard: what the learner said counts.
                move = record.taught.move
                raise_care_flag(
                    turn=turn, session_uuid=self._uuid, move=move, now=seen_at
                )
        self._record(utterances, record, seen_at)

    def _mine(self) -> QuerySet[TutoringSession]:
        """Return the session, as long as it may be written."""
        mine = TutoringSession.objects.filter(uuid=self._uuid)
        if self._generation is not None:
            mine = mine.filter(generation=self._generation)
        return mine

    def _check(self) -> None:
        if not self._mine().exists():
            raise TalkTaken

    def _seen(self, at: datetime) -> None:
        """Note that the session goes on; nobody takes it up before this is written."""
        # An earlier turn may be written again after later ones.
        seen_at = Greatest("last_seen_at", Value(at, output_field=DateTimeField()))
        if not self._mine().update(last_seen_at=seen_at):
            raise TalkTaken

    def _session_id(self) -> int:
        if self._id is None:
            self._id = TutoringSession.objects.values_list("pk", flat=True).get(
                uuid=self._uuid
            )
        return self._id

    def _upsert_turn(self, record: TurnRecord) -> Turn:
        awaiting = Turn.State.AWAITING_REPLY
        turn = Turn(
            session_id=self._session_id(),
            index=record.index,
            state=_STATES[record.outcome] if record.outcome else awaiting,
            started_at=record.started_at,
            ended_at=record.ended_at,
            timings=record.timing or {},
            engines=record.engines or {},
            host=HOST,
            errors=list(record.errors),
            mic_end_frame=record.mic_end_frame,
            client_id=record.client_id,
            **taught_fields(record.taught),
        )
        Turn.objects.bulk_create(
            [turn],
            update_conflicts=True,
            unique_fields=["session", "index"],
            update_fields=[
                *("state", "ended_at", "timings", "engines", "host", "errors"),
                *("analysis", "move"),
                # What an earlier try brought stands where this one brings nothing.
                *(() if record.gated_before else ("gates",)),
                *(() if record.mic_end_frame is None else ("mic_end_frame",)),
                *(("client_id",) if record.client_id else ()),
            ],
        )
        return turn

    def _keep_assessment(self, utterances: list[Utterance], record: TurnRecord) -> None:
        """Keep how the learner's words were said; words that changed lose what was."""
        for utterance in utterances:
            if utterance.speaker != Utterance.Speaker.LEARNER:
                continue
            assessment = record.learner.assessment if record.learner else None
            if assessment is None:
                withdraw_assessments(speech=utterance)
            else:
                keep_assessment(
                    speech=utterance,
                    learner_id=self._learner_id(),
                    value=assessment,
                    spoken_at=record.started_at,
                    now=record.ended_at or record.started_at,
                )

    def _remember(self, record: TurnRecord, now: datetime) -> None:
        """Let the tutor remember what the learner said, got wrong and got right."""
        taught = record.taught
        if taught is None or record.outcome is None:
            return
        session = TutoringSession.objects.select_related("lesson__course").get(
            uuid=self._uuid
        )
        record_turn(
            learner_id=session.learner_id,
            l2=session.l2,
            session=self._uuid,
            turn=record.index,
            analysis=taught.analysis,
            # What nobody heard treated nothing and taught no word.
            move=record.heard.kept_move(taught.move),
            produced=taught.state.turns[-1].produced,
            topic=session.title,
            lesson_id=session.lesson_id,
            now=now,
        )
        if session.lesson and record.index >= TALKED_THROUGH:
            mark_talked(learner_id=session.learner_id, lesson=session.lesson, now=now)

    def _record(
        self, utterances: list[Utterance], record: TurnRecord, seen_at: datetime
    ) -> None:
        """Store the sound of the utterances, the learner's with consent."""
        if record.reply_clip is not None or record.learner_clip is not None:
            self._check()
        for utterance in utterances:
            if utterance.speaker == Utterance.Speaker.TUTOR:
                self._write(utterance, record, record.reply_clip, None)
            elif record.learner_clip is not None:
                learner = get_learner_context(user_id=self._learner_id())
                if learner.stores_recordings:
                    until = seen_at + timedelta(days=learner.retention_days)
                    self._write(utterance, record, record.learner_clip, until)

    def _learner_id(self) -> int:
        return TutoringSession.objects.values_list("learner_id", flat=True).get(
            uuid=self._uuid
        )

    def _write(
        self,
        utterance: Utterance,
        record: TurnRecord,
        clip: AudioClip | None,
        delete_after: datetime | None,
    ) -> None:
        if clip is None:
            return
        path = recording_path(
            session_uuid=self._uuid,
            turn=record.index,
            speaker=utterance.speaker,
            attempt=utterance.attempt,
        )
        recording = Recording(
            utterance=utterance,
            path=path,
            sample_rate_hz=clip.sample_rate_hz,
            duration_ms=round(clip.duration_ms),
            n_bytes=write_clip(clip, path),
            created_at=record.ended_at or record.started_at,
            delete_after=delete_after,
        )
        Recording.objects.bulk_create(
            [recording],
            update_conflicts=True,
            unique_fields=["utterance"],
            update_fields=["sample_rate_hz", "duration_ms", "n_bytes", "delete_after"],
        )

    def load_now(self) -> list[StoredTurn]:
        """Return the session's turns in code that may wait for the database."""
        turns = (
            Turn.objects.filter(session__uuid=self._uuid)
            .order_by("index")
            .prefetch_related("utterances__assessments")
        )
        return [stored_turn(turn) for turn in turns]
