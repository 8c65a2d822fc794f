"""Stored speech judged anew by the scorer of today."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import Q, QuerySet

from inference.errors import StageError
from inference.types.assessment import (
    AssessRequest,
    PromptSource,
    PronunciationAssessment,
)
from inference.types.audio import AudioClip
from inference.types.speech import Transcript, Word

from .assessments import Speech, keep_assessment
from .models import ReadAloudAttempt, Recording, Utterance
from .recordings import read_clip

Assess = Callable[[AssessRequest], PronunciationAssessment]


@dataclass(frozen=True, slots=True)
class Choice:
    """Which recordings to judge: all that there are, unless narrowed down.

    ``model_other_than`` leaves out what that model has judged already.
    """

    learner_id: int | None = None
    since: datetime | None = None
    model_other_than: str = ""


@dataclass(frozen=True, slots=True)
class _Stored:
    """A stretch of stored speech: whose it is, when it was said, what it should be."""

    speech: Speech
    learner_id: int
    spoken_at: datetime
    text: str
    source: PromptSource
    language: str
    heard: Transcript


def rescore(choice: Choice, *, assess: Assess, now: datetime) -> Counter[str]:
    """Judge the chosen recordings; return how many came to which end.

    Recordings exist only with their learner's consent. The same choice may be judged
    again: results of one model replace each other, and mastery counts speech once.
    """
    counts: Counter[str] = Counter()
    for recording in _chosen(choice).iterator(chunk_size=200):
        counts[_rescore_one(recording, assess, now)] += 1
    return counts


def _chosen(choice: Choice) -> QuerySet[Recording]:
    recordings = Recording.objects.exclude(
        utterance__speaker=Utterance.Speaker.TUTOR
    ).select_related("utterance__turn__session", "reading")
    if choice.since is not None:
        recordings = recordings.filter(created_at__gte=choice.since)
    if choice.learner_id is not None:
        recordings = recordings.filter(
            Q(utterance__turn__session__learner_id=choice.learner_id)
            | Q(reading__learner_id=choice.learner_id)
        )
    if choice.model_other_than:
        recordings = recordings.exclude(
            utterance__assessments__model=choice.model_other_than
        ).exclude(reading__assessments__model=choice.model_other_than)
    return recordings.order_by("pk")


def _rescore_one(recording: Recording, assess: Assess, now: datetime) -> str:
    stored = _stored(recording)
    if not stored.text:
        return "without words"
    try:
        clip = read_clip(recording.path)
    except OSError:
        return "without a file"
    try:
        value = replace(assess(_request(stored, clip)), voice=None)
    except StageError:
        return "failed"
    keep_assessment(
        speech=stored.speech,
        learner_id=stored.learner_id,
        value=value,
        spoken_at=stored.spoken_at,
        now=now,
    )
    return value.outcome.value


def _request(stored: _Stored, clip: AudioClip) -> AssessRequest:
    return AssessRequest(
        clip=clip,
        text=stored.text,
        language=stored.language,
        source=stored.source,
        heard=stored.heard,
    )


def _stored(recording: Recording) -> _Stored:
    if recording.utterance is not None:
        return _stored_utterance(recording.utterance)
    if recording.reading is not None:
        return _stored_reading(recording.reading)
    raise ValueError(f"{recording} is of nothing")


def _stored_utterance(said: Utterance) -> _Stored:
    corrected = said.source == Utterance.Source.CORRECTED
    language = said.turn.session.l2.split("-")[0]
    words = () if corrected else tuple(Word(**word) for word in said.words)
    return _Stored(
        speech=said,
        learner_id=said.turn.session.learner_id,
        spoken_at=said.turn.started_at,
        text=said.text,
        source=PromptSource.READ if corrected else PromptSource.HEARD,
        language=language,
        heard=_heard(said.heard_as or said.text, words, language, said.confidence),
    )


def _stored_reading(read: ReadAloudAttempt) -> _Stored:
    return _Stored(
        speech=read,
        learner_id=read.learner_id,
        spoken_at=read.created_at,
        text=read.text,
        source=PromptSource.READ,
        language=read.language,
        heard=_heard(read.heard, (), read.language, None),
    )


def _heard(
    text: str, words: tuple[Word, ...], language: str, confidence: float | None
) -> Transcript:
    """Return what recognition said at the time, without its features."""
    return Transcript(
        text=text,
        words=words,
        language=language,
        confidence=confidence or 0.0,
        no_speech_probability=0.0 if text else 1.0,
    )
