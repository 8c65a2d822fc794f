"""Readings: a text read aloud is kept with how it was said."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from inference.types.assessment import PronunciationAssessment
from inference.types.audio import AudioClip
from learners.selectors import get_learner_context

from .assessments import keep_assessment
from .models import ReadAloudAttempt, Recording
from .recordings import reading_path, write_clip


def keep_reading(
    *,
    learner_id: int,
    text: str,
    language: str,
    heard: str,
    assessment: PronunciationAssessment,
    clip: AudioClip,
    now: datetime,
) -> ReadAloudAttempt:
    """Keep a reading; its sound only with the learner's consent at this moment.

    Raises OSError if the sound cannot be written; the rest is kept then.
    """
    with transaction.atomic():
        attempt = ReadAloudAttempt.objects.create(
            learner_id=learner_id,
            text=text,
            heard=heard,
            language=language,
            created_at=now,
        )
        keep_assessment(
            speech=attempt,
            learner_id=learner_id,
            value=assessment,
            spoken_at=now,
            now=now,
        )
    learner = get_learner_context(user_id=learner_id)
    if learner.stores_recordings:
        path = reading_path(attempt_uuid=attempt.uuid)
        Recording.objects.create(
            reading=attempt,
            path=path,
            sample_rate_hz=clip.sample_rate_hz,
            duration_ms=round(clip.duration_ms),
            n_bytes=write_clip(clip, path),
            created_at=now,
            delete_after=now + timedelta(days=learner.retention_days),
        )
    return attempt
