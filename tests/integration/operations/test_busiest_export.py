"""The archive of a learner with very much to take along is made in time."""

from __future__ import annotations

import time
import zipfile
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

from inference.types.audio import AudioClip
from learners.models import User
from operations.export.archive import write_archive
from operations.export.sounds import sounds_of
from sessions.models import (
    PronunciationAssessment,
    Recording,
    Turn,
    TutoringSession,
    Utterance,
)
from sessions.recordings import recording_path, write_clip
from tests.factories.learners import LearnerFactory
from tests.factories.pronunciation import judged

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.long]

NOW = datetime(2026, 3, 2, 10, tzinfo=UTC)
TURNS, TURNS_A_TALK, SPOKEN_S, WORDS = 2000, 20, 5, 12
MOST_S = 60


def test_two_thousand_turns_with_sound(private_root: Path) -> None:
    learner: User = LearnerFactory.create()
    _talks(learner)
    target = private_root / "exports" / "busiest.zip"
    began = time.perf_counter()
    n_bytes = write_archive(
        learner,
        sounds_of(user_id=learner.pk),
        target,
        now=NOW,
        tell=lambda _done: True,
    )
    took_s = time.perf_counter() - began
    print(f"{TURNS} turns: {took_s:.1f} s, {n_bytes / 1e6:.0f} MB")  # noqa: T201
    with zipfile.ZipFile(target) as archive:
        sounds = [name for name in archive.namelist() if name.endswith(".wav")]
    assert len(sounds) == TURNS
    assert took_s < MOST_S


def _talks(learner: User) -> None:
    rng = np.random.default_rng(7)
    spoken = 3000 * rng.standard_normal(16_000 * SPOKEN_S)
    clip = AudioClip(spoken.astype("<i2").tobytes(), 16_000)
    words = [asdict(word) for word in judged().words] * (WORDS // 2)
    for first in range(0, TURNS, TURNS_A_TALK):
        at = NOW + timedelta(hours=first)
        talk = TutoringSession.objects.create(
            learner=learner,
            l1="es",
            l2="en",
            level="A2",
            started_at=at,
            last_seen_at=at,
        )
        for index in range(TURNS_A_TALK):
            turn = Turn.objects.create(
                session=talk, index=index, started_at=at, analysis={"words": words}
            )
            said, _reply = (
                Utterance.objects.create(
                    turn=turn, speaker=speaker, source="SPEECH", text="think so " * 6
                )
                for speaker in ("LEARNER", "TUTOR")
            )
            PronunciationAssessment.objects.create(
                learner=learner,
                utterance=said,
                outcome="JUDGED",
                model="frames-1",
                language="en",
                source="HEARD",
                text="think so",
                words=words,
                spoken_at=at,
                created_at=at,
            )
            path = recording_path(
                session_uuid=talk.uuid, turn=index, speaker="LEARNER", attempt=0
            )
            Recording.objects.create(
                utterance=said,
                path=path,
                sample_rate_hz=16_000,
                duration_ms=1000 * SPOKEN_S,
                n_bytes=write_clip(clip, path),
                created_at=at,
            )
