"""Set work and results through the API."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from coursework.models import Assignment, Submission
from learners.models import ActivityDay, User
from schools.models import AuditEntry, Classroom
from tests.factories.connect import ApiClient, api_client
from tests.factories.lessons import LessonFactory
from tests.factories.schools import ClassroomFactory, learner_of, teacher_of

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def system_of(classroom: Classroom) -> ApiClient:
    """Return a system whose token a manager of the school made."""
    system = api_client(classroom.school)
    system.token.created_by = teacher_of(classroom, role="MANAGER")
    system.token.save()
    return system


def assignment_in(classroom: Classroom, **fields: Any) -> Assignment:
    now = timezone.now()
    given = {
        "title": "Talk",
        "kind": "TALK",
        "scenario": "Your street.",
        "opens_at": now - timedelta(days=2),
        "published_at": now - timedelta(days=2),
        "created_at": now,
        "edited_at": now,
        **fields,
    }
    return Assignment.objects.create(classroom=classroom, **given)


def submission_of(learner: User, assignment: Assignment, **fields: Any) -> Submission:
    now = timezone.now()
    given = {"state": "SUBMITTED", "started_at": now, "submitted_at": now, **fields}
    return Submission.objects.create(assignment=assignment, learner=learner, **given)


def test_work_is_set_as_a_draft_and_published() -> None:
    classroom = ClassroomFactory.create()
    system = system_of(classroom)
    lesson = LessonFactory.create(course__is_published=True)
    response = system.post(
        f"classes/{classroom.uuid}/assignments",
        {"title": "Lesson one", "kind": "LESSON", "lesson": lesson.uuid, "points": 10},
    )
    assert response.status_code == 201, response.content
    made = response.json()
    assert (made["state"], made["class"]) == ("draft", str(classroom.uuid))
    assert (made["lesson"], made["points"]) == (str(lesson.uuid), 10)
    for _twice in range(2):
        published = system.post(f"assignments/{made['uuid']}/publish")
        assert published.json()["state"] == "open"
    listed = system.get("assignments", **{"class": classroom.uuid}).json()["items"]
    assert listed == [published.json()]
    assert system.get(f"assignments/{made['uuid']}").json() == listed[0]
    assert AuditEntry.objects.filter(action="assignment.published").count() == 1


@pytest.mark.parametrize(
    ("change", "field", "code"),
    [
        ({"kind": "LESSON"}, "body.lesson", "field.needed"),
        ({"kind": "ROLE_PLAY"}, "body.tutor_role", "field.needed"),
        ({"scenario": "  "}, "body.scenario", "field.needed"),
        ({"kind": "DRILL", "contrast": "x"}, "body.contrast", "contrast.unknown"),
        ({"due_at": "2020-01-01T00:00:00Z"}, "body.due_at", "date.over"),
        ({"closes_at": "2020-01-01T00:00:00Z"}, "body.closes_at", "date.over"),
        ({"due_at": "2030-01-01T00:00:00"}, "body.due_at", "request.invalid"),
        (
            {"learners": ["11111111-1111-1111-1111-111111111111"]},
            "body.learners",
            "learner.unknown",
        ),
    ],
)
def test_work_that_cannot_be_done_is_refused(
    change: dict[str, Any], field: str, code: str
) -> None:
    classroom = ClassroomFactory.create()
    body = {"title": "Talk", "kind": "TALK", "scenario": "Your street.", **change}
    response = system_of(classroom).post(f"classes/{classroom.uuid}/assignments", body)
    error = response.json()["error"]
    assert (response.status_code, error["code"]) == (422, code)
    assert list(error["fields"]) == [field]
    assert not Assignment.objects.exists()


def test_lessons_of_other_schools_cannot_be_set() -> None:
    classroom, other = ClassroomFactory.create(), ClassroomFactory.create()
    theirs = LessonFactory.create(
        course__is_published=True, course__school=other.school
    )
    response = system_of(classroom).post(
        f"classes/{classroom.uuid}/assignments",
        {"title": "Theirs", "kind": "LESSON", "lesson": theirs.uuid},
    )
    assert response.json()["error"]["code"] == "lesson.unknown"


def test_a_token_of_nobody_sets_no_work() -> None:
    classroom = ClassroomFactory.create()
    response = api_client(classroom.school).post(
        f"classes/{classroom.uuid}/assignments",
        {"title": "Talk", "kind": "TALK", "scenario": "Your street."},
    )
    assert response.json()["error"]["code"] == "token.nobody"


def test_results_show_draft_and_mark_apart(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    classroom = ClassroomFactory.create(late_percent_a_day=10)
    learner = learner_of(classroom)
    assignment = assignment_in(classroom, points=20)
    begun = assignment_in(classroom)
    submission_of(learner, begun, state="STARTED", submitted_at=None)
    submission = submission_of(
        learner,
        assignment,
        draft_points=15.0,
        draft_uncertainty=2.5,
        points=18.0,
        late_s=3600,
        spoken_s=95,
    )
    system = api_client(classroom.school)
    with django_assert_max_num_queries(7):
        (shown,) = system.get("results").json()["items"]
    assert shown["uuid"] == str(submission.uuid)
    assert shown["draft"] == {"points": 15.0, "uncertainty": 2.5}
    assert (shown["mark"]["points"], shown["mark"]["points_counted"]) == (18.0, 16.2)
    assert shown["mark"]["is_final"] is False
    assert shown["learner"]["uuid"] == str(learner.uuid)
    assert "email" not in shown["learner"]
    submission.state = "RETURNED"
    submission.save()
    again = system.get(f"results/{submission.uuid}").json()
    assert again["mark"]["is_final"] is True
    entry = AuditEntry.objects.get(action="results.read", subject=learner.uuid)
    assert entry.target_uuid == system.token.uuid


def test_results_can_be_asked_for_one_by_one() -> None:
    classroom = ClassroomFactory.create()
    one, other = learner_of(classroom), learner_of(classroom)
    assignment = assignment_in(classroom)
    mine = submission_of(one, assignment)
    submission_of(other, assignment)
    system = api_client(classroom.school)

    def found(**query: Any) -> list[str]:
        items = system.get("results", **query).json()["items"]
        return [item["uuid"] for item in items]

    assert len(found(assignment=assignment.uuid)) == 2
    assert found(learner=one.uuid) == [str(mine.uuid)]
    assert len(found(**{"class": classroom.uuid})) == 2
    assert found(submitted_since="2100-01-01T00:00:00Z") == []
    other_school = api_client(ClassroomFactory.create().school)
    assert other_school.get("results").json()["items"] == []
    assert other_school.get(f"results/{mine.uuid}").status_code == 404


def test_progress_counts_what_was_set_for_each(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    classroom = ClassroomFactory.create()
    one, other = learner_of(classroom), learner_of(classroom)
    for_all = assignment_in(classroom)
    for_one = assignment_in(classroom)
    for_one.targets.create(learner=one)
    group = classroom.groups.create(name="B")
    group.members.add(one)
    assignment_in(classroom, group=group)
    assignment_in(classroom, published_at=None)
    submission_of(one, for_all, state="RETURNED", points=5.0)
    submission_of(one, for_all, attempt=2)
    today = timezone.now().date()
    for days_ago, spoken_s in ((0, 100), (40, 50)):
        ActivityDay.objects.create(
            learner=one,
            day=today - timedelta(days=days_ago),
            l2="en",
            spoken_s=spoken_s,
            active_s=600,
            talks=1,
        )
    system = api_client(classroom.school)
    with django_assert_max_num_queries(13):
        items = system.get(f"classes/{classroom.uuid}/progress").json()["items"]
    by_learner = {item["learner"]["uuid"]: item for item in items}
    mine, theirs = by_learner[str(one.uuid)], by_learner[str(other.uuid)]
    assert (mine["set"], mine["handed_in"], mine["returned"]) == (3, 1, 1)
    assert (mine["spoken_minutes"], mine["active_minutes"]) == (2, 20)
    assert (mine["active_days_of_28"], mine["last_active_on"]) == (1, today.isoformat())
    assert (theirs["set"], theirs["handed_in"], theirs["last_active_on"]) == (
        1,
        0,
        None,
    )
