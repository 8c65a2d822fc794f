"""A session that was, as plain values for the review page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from inference.types.assessment import PronunciationAssessment


@dataclass(frozen=True, slots=True)
class UtteranceReview:
    """One utterance; ``has_recording`` tells if its sound can be played.

    ``assessment`` is the latest word on how it was said, None if nobody judged it.
    """

    speaker: str
    source: str
    attempt: int
    text: str
    heard_as: str
    heard_text: str | None
    confidence: float | None
    words: list[dict[str, Any]]
    cues: list[list[Any]]
    duration_ms: int
    has_recording: bool
    assessment: PronunciationAssessment | None = None


@dataclass(frozen=True, slots=True)
class TurnReview:
    """One turn with its utterances: the learner's, then the tutor's by attempt."""

    index: int
    state: str
    started_at: datetime
    utterances: tuple[UtteranceReview, ...]
    timings: dict[str, Any]
    engines: dict[str, str]
    errors: list[str]


@dataclass(frozen=True, slots=True)
class SessionReview:
    """One session; ``lesson_title`` is None for free talk."""

    uuid: UUID
    learner_id: int
    lesson_title: str | None
    level: str
    status: str
    started_at: datetime
    ended_at: datetime | None
    turns: tuple[TurnReview, ...]
