"""A finished session with recordings, and people to look at it."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest
from django.test import Client
from django.utils import timezone

from inference.types.audio import AudioClip
from learners.models import User
from sessions.models import Recording, Turn, TutoringSession, Utterance
from sessions.recordings import recording_path, write_clip
from tests.factories.learners import LearnerFactory

HOSTILE = "<script>alert(1)</script> 🎒 مرحبا"


@pytest.fixture
def learner(db: None) -> User:
    """Whose session it is."""
    user: User = LearnerFactory.create()
    return user


@pytest.fixture
def learner_client(client: Client, learner: User) -> Client:
    """Their browser."""
    client.force_login(learner)
    return client


@pytest.fixture
def other_client(db: None) -> Client:
    """Somebody else's browser."""
    client = Client()
    client.force_login(LearnerFactory.create())
    return client


@pytest.fixture
def talk(learner: User, settings: object, tmp_path: Path) -> TutoringSession:
    """An ended session of two turns; the learner's words were recorded."""
    settings.PRIVATE_ROOT = tmp_path  # type: ignore[attr-defined]
    began = timezone.now() - timedelta(minutes=10)
    session = TutoringSession.objects.create(
        learner=learner,
        l1="es",
        l2="en",
        level="A2",
        started_at=began,
        last_seen_at=began + timedelta(minutes=5),
        ended_at=began + timedelta(minutes=5),
        status=TutoringSession.Status.ENDED,
        end_reason=TutoringSession.EndReason.LEARNER,
    )
    first = _turn(session, 1, Turn.State.INTERRUPTED)
    said = Utterance.objects.create(
        turn=first,
        speaker="LEARNER",
        source="SPEECH",
        text="I go scool.",
        words=[
            {"text": "I", "start_ms": 0, "end_ms": 90, "confidence": 0.9},
            {"text": "go", "start_ms": 90, "end_ms": 300, "confidence": 0.9},
            {"text": "scool.", "start_ms": 300, "end_ms": 700, "confidence": 0.3},
        ],
        duration_ms=700,
    )
    Utterance.objects.create(
        turn=first,
        speaker="TUTOR",
        source="MODEL",
        text="You went to school. And then?",
        heard_text="You went to school.",
    )
    second = _turn(session, 2, Turn.State.FAILED, errors=["llm.timeout"])
    Utterance.objects.create(
        turn=second, speaker="LEARNER", source="TEXT", text=HOSTILE
    )
    _record(said)
    return session


def _turn(
    session: TutoringSession, index: int, state: str, errors: list[str] | None = None
) -> Turn:
    return Turn.objects.create(
        session=session,
        index=index,
        state=state,
        started_at=session.started_at + timedelta(seconds=65 * index),
        errors=errors or [],
        timings={
            "zero": "last_voiced_sample",
            "stages": [{"name": "transcribe", "start_ms": 0, "end_ms": 400}],
            "marks": {"final_transcript_ms": 400},
        },
    )


def _record(utterance: Utterance) -> Recording:
    samples = np.arange(16_000, dtype="<i2")
    path = recording_path(
        session_uuid=utterance.turn.session.uuid,
        turn=utterance.turn.index,
        speaker=utterance.speaker,
        attempt=utterance.attempt,
    )
    n_bytes = write_clip(AudioClip(pcm=samples.tobytes(), sample_rate_hz=16_000), path)
    return Recording.objects.create(
        utterance=utterance,
        path=path,
        sample_rate_hz=16_000,
        duration_ms=1000,
        n_bytes=n_bytes,
        created_at=timezone.now(),
    )
