"""Stores what made-up people said, many rows at a time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from learners.models import (
    ActivityDay,
    ErrorLedgerEntry,
    LevelEstimate,
    PhonemeMastery,
    PracticeEvidence,
    SessionSummary,
    User,
)
from sessions.assessments import evidence_source
from sessions.models import PronunciationAssessment, Turn, TutoringSession, Utterance

from .people import LEVELS, WEEKS
from .talks import TURN_S, Spoken

_ROWS = 2000


def store_spoken(people: Sequence[tuple[User, Spoken]], *, now: datetime) -> None:
    """Store talks and all that is counted of them. Call it in a transaction."""
    talks = [talk for _, spoken in people for talk in spoken.talks]
    TutoringSession.objects.bulk_create([t.session for t in talks], _ROWS)
    Turn.objects.bulk_create([row for t in talks for row in t.turns], _ROWS)
    Utterance.objects.bulk_create([row for t in talks for row in t.utterances], _ROWS)
    PronunciationAssessment.objects.bulk_create(
        [row for t in talks for row in t.assessments], _ROWS
    )
    PracticeEvidence.objects.bulk_create(_evidence(people), _ROWS)
    SessionSummary.objects.bulk_create(_summaries(people), _ROWS)
    PhonemeMastery.objects.bulk_create(_masteries(people), _ROWS)
    ErrorLedgerEntry.objects.bulk_create(_ledger(people), _ROWS)
    ActivityDay.objects.bulk_create(_days(people), _ROWS)
    LevelEstimate.objects.bulk_create(_levels(people, now), _ROWS)


def _evidence(people: Iterable[tuple[User, Spoken]]) -> Iterable[PracticeEvidence]:
    for user, spoken in people:
        for talk in spoken.talks:
            for row, counts in zip(talk.assessments, talk.counts, strict=True):
                yield PracticeEvidence(
                    learner=user,
                    source=evidence_source(row),
                    language="en",
                    counts=counts,
                    spoken_at=row.spoken_at,
                )


def _summaries(people: Iterable[tuple[User, Spoken]]) -> Iterable[SessionSummary]:
    for user, spoken in people:
        for talk in spoken.talks:
            turns = len(talk.assessments)
            lesson = talk.session.lesson
            yield SessionSummary(
                learner=user,
                session=talk.session.uuid,
                l2="en",
                topic=lesson.title if lesson else "",
                started_at=talk.session.started_at,
                last_turn_at=talk.turns[-1].started_at,
                turns=turns,
                right_turns=talk.right_turns,
                words_said=talk.words,
                mistakes=dict(talk.mistakes),
                counted_turn=turns,
            )


def _masteries(people: Iterable[tuple[User, Spoken]]) -> Iterable[PhonemeMastery]:
    for user, spoken in people:
        for phoneme, sound in spoken.sounds.items():
            yield PhonemeMastery(
                learner=user,
                language="en",
                phoneme=phoneme,
                right=sound.right,
                wrong=sound.wrong,
                attempts=sound.n,
                as_of=sound.as_of or spoken.person.joined_at,
            )


def _ledger(people: Iterable[tuple[User, Spoken]]) -> Iterable[ErrorLedgerEntry]:
    for user, spoken in people:
        for key, mistake in spoken.ledger.items():
            slip = mistake.slip
            yield ErrorLedgerEntry(
                learner=user,
                l2="en",
                key=key,
                category=slip.category.value,
                said=slip.said,
                better=slip.better,
                sentence=slip.text,
                corrected=mistake.right,
                first_seen_at=mistake.first_at,
                last_seen_at=mistake.last_at,
                seen=mistake.seen,
                addressed=mistake.seen,
            )


def _days(people: Iterable[tuple[User, Spoken]]) -> Iterable[ActivityDay]:
    for user, spoken in people:
        for day, talks in spoken.days.items():
            turns = sum(len(talk.assessments) for talk in talks)
            yield ActivityDay(
                learner=user,
                day=day,
                l2="en",
                active_s=TURN_S * turns,
                spoken_s=sum(talk.spoken_ms for talk in talks) // 1000,
                talks=len(talks),
            )


def _levels(
    people: Iterable[tuple[User, Spoken]], now: datetime
) -> Iterable[LevelEstimate]:
    for user, spoken in people:
        person = spoken.person
        at = LEVELS.index(person.level)
        before = LEVELS[max(0, at - (person.learning > 0.35))]
        for level, weeks in ((before, WEEKS), (person.level, 2)):
            index = LEVELS.index(level)
            yield LevelEstimate(
                learner=user,
                l2="en",
                source=LevelEstimate.Source.TALKS,
                level=level,
                ability=index - 2.5,
                error=0.4,
                said_at=now - timedelta(weeks=weeks),
            )
