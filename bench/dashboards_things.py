"""People of a made-up school, and one thing of each kind that addresses name."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.test import Client
from lti_tool.models import LtiRegistration

from connect.models import LtiPlatform, Scope, WebhookEndpoint
from connect.services.tokens import make_token
from coursework.insights.page import KINDS, class_map
from coursework.models import Assignment, Rubric, Submission
from learners.models import ExerciseItem, User
from lessons.editing.drafts import copy_to_school
from lessons.models import Course, Exercise, Lesson
from operations.figures.filters import parse_filter
from operations.figures.pages import PAGES
from schools.models import (
    Announcement,
    Classroom,
    Enrolment,
    LearnerGroup,
    Membership,
    RosterImport,
    School,
    Term,
)
from sessions.models import TutoringSession

Person = tuple[str, Client, dict[str, str]]


def people() -> list[Person]:
    """Return who opens pages: a teacher of the class, a manager, an administrator, a token."""
    school, classroom = _school()
    manager = _manager(school)
    teacher = classroom.teachers.filter(is_lead=True)[0].teacher
    found: list[Person] = []
    for who, user in (("teacher", teacher), ("manager", manager), ("admin", _admin())):
        client = Client(SERVER_NAME="localhost", raise_request_exception=False)
        client.force_login(user)
        found.append((who, client, {}))
    found.append(("token", Client(SERVER_NAME="localhost"), _token(school, manager)))
    return found


def things() -> dict[str, UUID]:
    """Return what addresses may name: the class where most was done, and things in it."""
    school, classroom = _school()
    learner = Enrolment.objects.filter(classroom=classroom).order_by("pk")[0].learner
    assignment = Assignment.objects.filter(classroom=classroom).order_by("due_at")[0]
    submissions = Submission.objects.filter(assignment__classroom=classroom)
    submission = submissions.order_by("state", "pk").last()
    talk = TutoringSession.objects.filter(learner=learner).order_by("-started_at")[0]
    exercise = ExerciseItem.objects.order_by("pk").first()
    found = {
        "classroom": classroom.uuid,
        "assignment": assignment.uuid,
        "submission": submission.uuid if submission else uuid4(),
        "learner": learner.uuid,
        "person": learner.uuid,
        "session": talk.uuid,
        "school": school.uuid,
        **({"exercise": exercise.uuid} if exercise else {}),
    }
    return found | _made(school, classroom, learner) | _draft_course(school)


def keys() -> list[str]:
    """Return what addresses call columns of a class's maps, and figures."""
    _school_row, classroom = _school()
    now = datetime.now(UTC)
    found = []
    for kind in KINDS:
        columns = class_map(classroom, kind, now=now).columns
        found += [one.key for one in columns[:1]]
    shown = parse_filter(_admin(), {}, now=now)
    for page in PAGES.values():
        figures, _left_out = page.figures(shown, now)
        found += [one.key for one in figures[:1]]
    return found


def _made(school: School, classroom: Classroom, learner: User) -> dict[str, UUID]:
    """Make what a made-up school has none of."""
    now = datetime.now(UTC)
    group = LearnerGroup.objects.create(classroom=classroom, name="Blue")
    group.members.add(learner)
    registration = LtiRegistration.objects.create(
        name="Platform",
        issuer="https://platform.example.org",
        client_id="bench",
        auth_url="https://platform.example.org/auth",
        token_url="https://platform.example.org/token",  # noqa: S106
        keyset_url="https://platform.example.org/keys",
    )
    made: dict[str, Any] = {
        "group": group,
        "term": Term.objects.create(
            school=school,
            name="Bench",
            starts_on=now.date(),
            ends_on=now.date() + timedelta(days=90),
        ),
        "rubric": Rubric.objects.create(school=school, title="Own", created_at=now),
        "announcement": Announcement.objects.create(
            text="Closed on Monday",
            starts_at=now,
            ends_at=now + timedelta(days=9),
            created_at=now,
        ),
        "webhook": WebhookEndpoint.objects.create(
            school=school,
            url="https://timetable.example.org/",
            secret="whsec_bench",  # noqa: S106
            created_at=now,
        ),
        "platform": LtiPlatform.objects.create(
            registration=registration, school=school, created_at=now
        ),
        "roster": RosterImport.objects.create(
            school=school,
            classroom=classroom,
            created_by=_manager(school),
            created_at=now,
            file_name="list.csv",
        ),
    }
    return {name: thing.uuid for name, thing in made.items()}


def _draft_course(school: School) -> dict[str, UUID]:
    """Return a course with a lesson, and its copy that the school is writing."""
    course = Course.objects.filter(is_current=True, school=None).order_by("pk")[0]
    draft = copy_to_school(
        course=course,
        school_id=school.pk,
        school_key=school.key,
        editor_id=_manager(school).pk,
        now=datetime.now(UTC),
    )
    lesson = Lesson.objects.filter(course=draft).order_by("position")[0]
    exercise = Exercise.objects.filter(lesson__course=draft).order_by("pk").first()
    read = Lesson.objects.filter(course=course).order_by("position")[0]
    found = {
        "course": course.uuid,
        "lesson": read.uuid,
        "draft": draft.uuid,
        "draft_lesson": lesson.uuid,
    }
    return found | ({"draft_exercise": exercise.uuid} if exercise else {})


def _school() -> tuple[School, Classroom]:
    school = School.objects.get(key__startswith="made-up")
    return school, Classroom.objects.filter(school=school).order_by("pk")[0]


def _manager(school: School) -> User:
    return school.memberships.get(role=Membership.Role.MANAGER).user


def _admin() -> User:
    admin, _ = User.objects.get_or_create(
        email="admin@bench.invalid", defaults={"role": User.Role.ADMIN}
    )
    return admin


def _token(school: School, manager: User) -> dict[str, str]:
    _kept, secret = make_token(
        school=school,
        name="bench",
        scopes=Scope.values,
        expires_at=None,
        by=manager,
        now=datetime.now(UTC),
    )
    return {"Authorization": f"Bearer {secret}"}
