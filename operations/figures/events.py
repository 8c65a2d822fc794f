"""What happened in a stretch of time, counted from the events themselves.

The one place that says what counts. A learner is active who said or wrote something in a
talk, read something aloud or answered an exercise. Time in talks is that of turns in which
they said something; one left open counts for three minutes. Of several stretches of a stage
in one turn the first counts: it is the one that is waited for.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import CharField, F, QuerySet, Value
from django.db.models.functions import Coalesce

from learners.models import (
    DrillAnswer,
    ExerciseAttempt,
    LessonAttempt,
    ReviewLog,
)
from schools.quota_rules import Day
from sessions.activity import LONGEST_TURN
from sessions.models import PronunciationAssessment, ReadAloudAttempt, Turn, Utterance

from .rounding import rounded_ms
from .scopes import Scope

# StageDay has a row of all courses together beside those of each.
ALL_COURSES = "*"
# Moments of a turn that people feel, counted from the end of their words.
MARKS = {
    "final_transcript_ms": "words_known",
    "first_text_ms": "first_text",
    "first_audio_ms": "first_sound",
}
# Which engine a stretch of a turn's time belongs to.
ENGINE_OF = {
    "endpoint": "detector",
    "transcribe": "transcriber",
    "analyse": "dialogue",
    "respond_first": "dialogue",
    "respond_rest": "dialogue",
    "synthesize": "synthesizer",
    "animate": "animator",
    "render": "face_renderer",
    "assess": "scorer",
}


@dataclass(slots=True)
class LearnerFigures:
    """What one learner did in one course."""

    turns: int = 0
    spoken_ms: int = 0
    talk_ms: int = 0


# By day, course and learner.
Learners = dict[tuple[date, str, int], LearnerFigures]
# By course, stage, engine and host: how many turns took how many ms.
Stages = dict[tuple[str, str, str, str], Counter[str]]
Counts = Counter[tuple[str, str, str]]


@dataclass(slots=True)
class TurnFigures:
    """``stages`` by course, stage, engine and host; ``counts`` by course, kind and name."""

    stages: Stages = field(default_factory=lambda: defaultdict(Counter))
    counts: Counts = field(default_factory=Counter)


def learner_figures(scope: Scope, during: Day) -> Learners:
    """Return who learned, by day, course and learner."""
    found: Learners = defaultdict(LearnerFigures)
    for course, learner, source, duration_ms, began_at, ended_at in _said(
        scope, during
    ):
        one = found[scope.today(began_at), course, learner]
        one.turns += 1
        one.talk_ms += _turn_ms(began_at, ended_at)
        if source != Utterance.Source.TEXT:
            one.spoken_ms += duration_ms
    for course, learner, at in _answers(scope, during):
        # Looking it up is what makes them active.
        found[scope.today(at), course, learner]
    return dict(found)


def turn_figures(scope: Scope, during: Day) -> dict[date, TurnFigures]:
    """Return how turns of each day went: times, outcomes, errors, engines, scorers."""
    found: dict[date, TurnFigures] = defaultdict(TurnFigures)
    turns = _during(Turn.objects.all(), "started_at", during)
    rows = (
        scope.of(turns, "session__learner", "started_at")
        .annotate(course=_course("session__lesson"))
        .order_by()
        .values_list(
            "started_at", "course", "state", "timings", "engines", "host", "errors"
        )
    )
    for at, course, state, timings, engines, host, errors in rows.iterator():
        of_day = found[scope.today(at)]
        of_day.counts[course, "state", state] += 1
        for code in errors:
            of_day.counts[course, "error", str(code)] += 1
        for kind, name in engines.items():
            of_day.counts[course, "engine", f"{kind}: {name}"] += 1
        for stage, ms in stage_times(timings):
            engine = str(engines.get(ENGINE_OF.get(stage, ""), ""))
            time = str(rounded_ms(ms))
            of_day.stages[course, stage, engine, host][time] += 1
            of_day.stages[ALL_COURSES, stage, engine, host][time] += 1
    for course, model, at in _scorers(scope, during):
        found[scope.today(at)].counts[course, "model", model] += 1
    return dict(found)


def stage_times(timings: dict[str, Any]) -> Iterator[tuple[str, float]]:
    """Yield each stage of a turn's stored timing with the ms it took."""
    seen = set()
    for span in timings.get("stages", ()):
        if span["name"] not in seen:
            seen.add(span["name"])
            yield span["name"], span["end_ms"] - span["start_ms"]
    for mark, ms in timings.get("marks", {}).items():
        if mark in MARKS:
            yield MARKS[mark], ms


def _turn_ms(began_at: datetime, ended_at: datetime | None) -> int:
    if ended_at is None:
        return 0
    lasted = min(max(ended_at - began_at, timedelta()), LONGEST_TURN)
    return lasted // timedelta(milliseconds=1)


def _said(scope: Scope, during: Day) -> QuerySet[Utterance, Any]:
    said = Utterance.objects.filter(speaker=Utterance.Speaker.LEARNER).exclude(text="")
    said = _during(said, "turn__started_at", during)
    return (
        scope.of(said, "turn__session__learner", "turn__started_at")
        .annotate(course=_course("turn__session__lesson"))
        .order_by()
        .values_list(
            "course",
            "turn__session__learner_id",
            "source",
            "duration_ms",
            "turn__started_at",
            "turn__ended_at",
        )
    )


def _answers(scope: Scope, during: Day) -> QuerySet[Any, Any]:
    """Return course, learner and moment of what was done outside of talks."""
    parts = []
    for model, learner, at, lesson in (
        (ReadAloudAttempt, "learner", "created_at", ""),
        (LessonAttempt, "learner", "answered_at", "exercise__lesson"),
        (ExerciseAttempt, "exercise__learner", "answered_at", ""),
        (DrillAnswer, "learner", "answered_at", ""),
        (ReviewLog, "card__learner", "reviewed_at", ""),
    ):
        made: QuerySet[Any, Any] = _during(model._default_manager.all(), at, during)
        of = _course(lesson) if lesson else Value("", output_field=CharField())
        rows = scope.of(made, learner, at).annotate(course=of).order_by()
        parts.append(rows.values_list("course", f"{learner}_id", at))
    every: QuerySet[Any, Any] = parts[0].union(*parts[1:], all=True)
    return every


def _scorers(scope: Scope, during: Day) -> QuerySet[Any, Any]:
    made = _during(PronunciationAssessment.objects.all(), "created_at", during)
    rows = scope.of(made, "learner", "created_at").annotate(
        course=_course("utterance__turn__session__lesson")
    )
    scorers: QuerySet[Any, Any] = rows.order_by().values_list(
        "course", "model", "created_at"
    )
    return scorers


def _course(lesson: str) -> Coalesce:
    """Return the key of a lesson's course, empty for none."""
    return Coalesce(F(f"{lesson}__course__key"), Value(""), output_field=CharField())


def _during(rows: QuerySet[Any, Any], at: str, during: Day) -> QuerySet[Any, Any]:
    within: QuerySet[Any, Any] = rows.filter(
        **{f"{at}__gte": during.begins, f"{at}__lt": during.ends}
    )
    return within
