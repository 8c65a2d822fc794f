"""xAPI: what learners did, as statements that a learning record store takes."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID, uuid4

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from connect.xapi.events import Span, read_events
from connect.xapi.statements import statement_of
from coursework.models import Submission
from learners.models import LessonAttempt, User
from schools.models import AuditEntry, Classroom, Enrolment
from sessions.models import TutoringSession
from tests.factories.connect import api_client
from tests.factories.exercises_of_lessons import exercise_of
from tests.factories.lessons import LessonFactory
from tests.factories.schools import ClassroomFactory, learner_of

from .test_api_work import assignment_in

pytestmark = pytest.mark.django_db
VERBS = {"completed", "answered", "attempted", "scored"}
KINDS = {"lesson", "question", "assessment", "course"}
DURATION = re.compile(r"^P(T(\d+H)?(\d+M)?(\d+(\.\d{1,2})?S)?)$")


def is_iri(text: object) -> bool:
    return isinstance(text, str) and bool(
        urlsplit(text).scheme and urlsplit(text).netloc
    )


def check_activity(activity: dict[str, Any]) -> None:
    """xAPI Data 2.4.4.1: an Activity has an IRI; its definition a type and language maps."""
    assert set(activity) <= {"objectType", "id", "definition"}
    assert activity.get("objectType", "Activity") == "Activity"
    assert is_iri(activity["id"])
    definition = activity["definition"]
    assert set(definition) <= {"name", "description", "type"}
    base, _slash, kind = definition["type"].rpartition("/")
    assert base == "http://adlnet.gov/expapi/activities"
    assert kind in KINDS
    for tag, text in definition.get("name", {}).items():
        assert re.fullmatch(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*", tag)
        assert isinstance(text, str)


def check_score(score: dict[str, Any]) -> None:
    """xAPI Data 2.4.5.1."""
    assert set(score) <= {"scaled", "raw", "min", "max"}
    if "scaled" in score:
        assert -1 <= score["scaled"] <= 1
    if "raw" in score:
        assert score["min"] <= score["raw"] <= score["max"]
        assert score["min"] < score["max"]


def check_statement(statement: dict[str, Any]) -> None:
    """xAPI Data 2.2 to 2.4, of what the site uses of it; nothing may be null or empty."""
    assert set(statement) <= {
        "id", "version", "timestamp", "actor", "verb", "object", "result", "context",
    }  # fmt: skip
    assert UUID(statement["id"]).version == 5
    assert statement["version"] == "1.0.3"
    assert datetime.fromisoformat(statement["timestamp"]).tzinfo is not None
    actor = statement["actor"]
    assert set(actor) == {"objectType", "account"}, "one inverse functional identifier"
    assert set(actor["account"]) == {"homePage", "name"}
    assert is_iri(actor["account"]["homePage"])
    UUID(actor["account"]["name"])
    verb = statement["verb"]
    assert verb["id"].removeprefix("http://adlnet.gov/expapi/verbs/") in VERBS
    assert verb["display"]["en-US"] in VERBS
    check_activity(statement["object"])
    result = statement.get("result", {})
    assert set(result) <= {"score", "success", "completion", "duration"}
    check_score(result.get("score", {}))
    if "duration" in result:
        assert DURATION.match(result["duration"])
    context = statement["context"]
    assert set(context) <= {"registration", "platform", "language", "contextActivities"}
    for place, activities in context.get("contextActivities", {}).items():
        assert place in {"parent", "grouping", "category", "other"}
        for activity in activities:
            check_activity(activity)
    _check_filled(statement)


def _check_filled(value: object) -> None:
    """xAPI Data 2.2: no property is null, and none is an empty object."""
    assert value is not None
    assert value != {}
    if isinstance(value, dict):
        for inner in value.values():
            _check_filled(inner)
    if isinstance(value, list):
        for inner in value:
            _check_filled(inner)


def with_events(classroom: Classroom) -> User:
    """Return a learner who did one of everything."""
    learner = learner_of(classroom)
    now = timezone.now()
    Enrolment.objects.update(enrolled_at=now - timedelta(days=5))
    exercise = exercise_of(LessonFactory.create(), "gap_fill", 1)
    talk = {
        "learner": learner, "l1": "es", "l2": "en", "level": "A2", "status": "ENDED",
        "last_seen_at": now,
    }  # fmt: skip
    TutoringSession.objects.create(
        **talk, lesson=exercise.lesson, started_at=now - timedelta(days=3),
        ended_at=now - timedelta(days=3) + timedelta(minutes=4),
    )  # fmt: skip
    TutoringSession.objects.create(
        **talk, started_at=now - timedelta(days=9), ended_at=now - timedelta(days=8),
    )  # fmt: skip
    LessonAttempt.objects.create(
        learner=learner, exercise=exercise, answer="I go to the beach", outcome="right",
        score=0.75, feedback="", client_key=uuid4(), answered_at=now - timedelta(days=2),
    )  # fmt: skip
    assignment = assignment_in(classroom, points=20, lesson=exercise.lesson)
    Submission.objects.create(
        assignment=assignment, learner=learner, state="RETURNED", points=15.0,
        started_at=now - timedelta(hours=3), submitted_at=now - timedelta(hours=2),
        returned_at=now - timedelta(hours=1), spoken_s=95,
    )  # fmt: skip
    Submission.objects.create(
        assignment=assignment, learner=learner, attempt=2, started_at=now
    )
    return learner


def statements(classroom: Classroom, **query: Any) -> list[dict[str, Any]]:
    found = api_client(classroom.school).get("statements", **query)
    assert found.status_code == 200, found.content
    items: list[dict[str, Any]] = found.json()["items"]
    return items


def test_everything_a_learner_did_is_a_valid_statement() -> None:
    classroom = ClassroomFactory.create()
    learner = with_events(classroom)
    found = statements(classroom)
    for statement in found:
        check_statement(statement)
        assert statement["actor"]["account"]["name"] == str(learner.uuid)
    told = [s["verb"]["display"]["en-US"] for s in found]
    assert told == ["completed", "answered", "attempted", "completed", "scored"]
    talk, answer, _began, handed_in, scored = found
    assert talk["result"]["duration"] == "PT240S"
    assert answer["result"] == {
        "completion": True,
        "success": True,
        "score": {"scaled": 0.75},
    }
    assert handed_in["result"] == {"completion": True, "duration": "PT95S"}
    assert scored["result"]["score"] == {
        "raw": 15.0,
        "min": 0,
        "max": 20.0,
        "scaled": 0.75,
    }
    assert _began["context"]["registration"] == scored["context"]["registration"]


def test_nothing_said_and_no_address_leaves_the_site() -> None:
    classroom = ClassroomFactory.create()
    learner = with_events(classroom)
    text = str(statements(classroom))
    assert "beach" not in text
    assert learner.email not in text
    assert "mbox" not in text


def test_the_same_event_keeps_its_id() -> None:
    classroom = ClassroomFactory.create()
    with_events(classroom)
    first, again = statements(classroom), statements(classroom)
    assert first == again
    assert len({statement["id"] for statement in first}) == len(first)


def test_pages_and_spans_leave_nothing_out() -> None:
    classroom = ClassroomFactory.create()
    with_events(classroom)
    everything = [s["id"] for s in statements(classroom)]
    system = api_client(classroom.school)
    seen, cursor = [], None
    while True:
        query = {"limit": 2} | ({"cursor": cursor} if cursor else {})
        answer = system.get("statements", **query).json()
        seen += [s["id"] for s in answer["items"]]
        if (cursor := answer["next"]) is None:
            break
    assert seen == everything
    middle = (timezone.now() - timedelta(days=1)).isoformat()
    halves = statements(classroom, until=middle) + statements(classroom, since=middle)
    assert [s["id"] for s in halves] == everything
    wrong = system.get("statements", cursor="x")
    assert wrong.json()["error"]["code"] == "cursor.unknown"
    assert AuditEntry.objects.filter(action="records.read").exists()


def test_pages_of_what_happened_in_one_moment_leave_nothing_out(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    classroom = ClassroomFactory.create()
    with_events(classroom)
    # Each kind of event has an order of its own among those of one moment.
    moment = timezone.now() - timedelta(hours=1)
    LessonAttempt.objects.update(answered_at=moment)
    Submission.objects.update(
        started_at=moment, submitted_at=moment, returned_at=moment
    )
    everything = [s["id"] for s in statements(classroom)]
    assert len(everything) == 5
    system = api_client(classroom.school)
    with django_assert_max_num_queries(10):
        answer = system.get("statements", limit=1).json()
    seen = [s["id"] for s in answer["items"]]
    while answer["next"]:
        answer = system.get("statements", limit=1, cursor=answer["next"]).json()
        seen += [s["id"] for s in answer["items"]]
    assert seen == everything


def test_other_schools_and_who_left_are_left_out() -> None:
    classroom = ClassroomFactory.create()
    with_events(classroom)
    other = ClassroomFactory.create()
    assert statements(other) == []
    foreign = api_client(other.school).get("statements", **{"class": classroom.uuid})
    assert foreign.status_code == 404
    Enrolment.objects.update(left_at=timezone.now())
    kinds = {s["object"]["definition"]["type"] for s in statements(classroom)}
    assert kinds == {"http://adlnet.gov/expapi/activities/assessment"}


def test_events_are_worded_the_same_by_the_page() -> None:
    classroom = ClassroomFactory.create()
    with_events(classroom)
    now = timezone.now()
    span = Span(classroom.school, classroom, now - timedelta(days=30), now)
    worded = [
        statement_of(event, home="https://tutor.example.org", platform="Tutor")
        for event in read_events(span)
    ]
    assert len(worded) == 5
    assert all(
        s["object"]["id"].startswith("https://tutor.example.org/xapi/") for s in worded
    )
