"""What talks and readings add to a learner's days."""

from __future__ import annotations

from datetime import datetime, timedelta

from learners.activity import Doing, DoingKind
from learners.activity_selectors import counted_anew_since
from learners.services.activity import record_activity
from tutor.languages.function_words import primary

from .models import ReadAloudAttempt, Turn, Utterance

# A turn that nobody closed, or was left open over lunch, counts no longer than this.
LONGEST_TURN = timedelta(minutes=3)


def refresh_activity(*, learner_id: int, now: datetime) -> None:
    """Bring a learner's latest days up to date, from everything that is stored.

    Cheap enough for the pages that show them: a few queries over three days.
    """
    since = counted_anew_since(learner_id=learner_id, now=now)
    talks = (*_turns(learner_id, since), *_readings(learner_id, since))
    record_activity(learner_id=learner_id, talks=talks, now=now)


def _turns(learner_id: int, since: datetime | None) -> list[Doing]:
    """Return the turns in which the learner said or wrote something."""
    said = Utterance.objects.filter(
        turn__session__learner_id=learner_id, speaker=Utterance.Speaker.LEARNER
    )
    if since is not None:
        said = said.filter(turn__started_at__gte=since)
    found = []
    for utterance in said.select_related("turn__session").order_by("turn_id"):
        turn = utterance.turn
        spoken_s = utterance.duration_ms / 1000
        if utterance.source == Utterance.Source.TEXT:
            spoken_s = 0.0
        found.append(
            Doing(
                kind=DoingKind.TALK,
                l2=primary(turn.session.l2),
                began_at=turn.started_at,
                ended_at=_ended_at(turn, spoken_s),
                spoken_s=spoken_s,
                reference=str(turn.session.uuid),
            )
        )
    return found


def _ended_at(turn: Turn, spoken_s: float) -> datetime:
    least = turn.started_at + timedelta(seconds=spoken_s)
    ended_at = max(turn.ended_at or least, least)
    return min(ended_at, turn.started_at + LONGEST_TURN)


def _readings(learner_id: int, since: datetime | None) -> list[Doing]:
    readings = ReadAloudAttempt.objects.filter(learner_id=learner_id)
    if since is not None:
        readings = readings.filter(created_at__gte=since)
    found = []
    for reading in readings.prefetch_related("assessments"):
        spoken_s = _spoken_s(reading)
        found.append(
            Doing(
                kind=DoingKind.READING,
                l2=primary(reading.language),
                began_at=reading.created_at - timedelta(seconds=spoken_s),
                ended_at=reading.created_at,
                spoken_s=spoken_s,
                reference=str(reading.uuid),
            )
        )
    return found


def _spoken_s(reading: ReadAloudAttempt) -> float:
    """Return how long a reading took, by the words that were judged."""
    ends = [
        float(word["end_ms"])
        for row in reading.assessments.all()
        for word in row.words
        if isinstance(word, dict) and "end_ms" in word
    ]
    return max(ends, default=0.0) / 1000
