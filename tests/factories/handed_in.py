"""Talks that were handed in, for tests."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np

from coursework.models import Assignment, Rubric, Submission
from coursework.services.draft_marks import keep_draft
from inference.types.audio import AudioClip
from learners.models import User
from schools.models import Classroom
from sessions.models import TutoringSession
from sessions.repository import DatabaseTurnRepository
from tutorplatform.demo_mistakes import mistake_records
from tutorplatform.demo_talk import TURN_S, demo_records

OPENS = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
DUE = OPENS + timedelta(days=7)
TALKED = OPENS + timedelta(days=2)


def tone(seconds: float = 1.0, rate: int = 16_000) -> AudioClip:
    """Return a sound that grows louder."""
    at = np.arange(int(seconds * rate)) / rate
    wave = np.sin(2 * np.pi * 220 * at) * np.linspace(0.05, 0.8, len(at))
    return AudioClip((wave * 32000).astype("<i2").tobytes(), rate)


def rubric_of(*criteria: tuple[str, str, Sequence[int], int]) -> Rubric:
    """Return a rubric of (name, measure, points of levels, weight)."""
    return Rubric.objects.create(
        title="Speaking",
        created_at=OPENS,
        criteria=[
            {
                "key": name.lower(),
                "name": name,
                "description": "",
                "weight": weight,
                "measure": measure,
                "levels": [{"points": p, "text": f"{name} {p}"} for p in points],
            }
            for name, measure, points, weight in criteria
        ],
    )


def assignment_in(classroom: Classroom, **fields: Any) -> Assignment:
    """Return published work of a class."""
    defaults: dict[str, Any] = {
        "title": "At the café",
        "kind": Assignment.Kind.TALK,
        "opens_at": OPENS,
        "due_at": DUE,
        "points": 20,
        "published_at": OPENS,
        "created_at": OPENS,
        "edited_at": OPENS,
    }
    return Assignment.objects.create(classroom=classroom, **(defaults | fields))


def talk_of(learner: User, *, recorded: bool = False) -> TutoringSession:
    """Return the demo's talk as this learner's, perhaps with its sound."""
    session = TutoringSession.objects.create(
        learner=learner,
        l1="es",
        l2="en",
        level="A2",
        started_at=TALKED,
        last_seen_at=TALKED,
        recording_consent=recorded,
    )
    profile = learner.profile
    if recorded:
        profile.stores_recordings, profile.consent_changed_at = True, TALKED
        profile.save()
    repository = DatabaseTurnRepository(session_uuid=session.uuid)
    mistakes = list(mistake_records(TALKED))
    again = [
        replace(
            one,
            index=one.index + len(mistakes),
            started_at=one.started_at + len(mistakes) * timedelta(seconds=TURN_S),
        )
        for one in mistakes
    ]
    for record in (*demo_records(TALKED), *mistakes, *again):
        if recorded:
            learner_clip = tone() if record.learner else None
            record = replace(record, learner_clip=learner_clip, reply_clip=tone(0.5))
        repository.save_now(record)
    return session


def handed_in(
    assignment: Assignment,
    learner: User,
    *,
    session: TutoringSession | None = None,
    attempt: int = 1,
    late: timedelta = timedelta(0),
    **fields: Any,
) -> Submission:
    """Return a submission of this learner as it is after handing in, with its draft."""
    submission = Submission.objects.create(
        assignment=assignment,
        learner=learner,
        attempt=attempt,
        state=Submission.State.SUBMITTED,
        session=session.uuid if session else None,
        started_at=TALKED,
        submitted_at=DUE + late if late else TALKED + timedelta(minutes=10),
        late_s=int(late.total_seconds()),
        **fields,
    )
    if fields.keys() & {"draft_points", "draft"}:
        return submission
    return keep_draft(submission_id=submission.pk)
