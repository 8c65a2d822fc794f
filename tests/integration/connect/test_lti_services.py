"""Between the site and a platform: work is placed, marks go back, rosters are read."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from lti_tool.models import LtiContext

from connect.grades.noting import note_submission, visible_points
from connect.grades.sending import send_due
from connect.lti.roster import RosterUnreadable, read_roster
from connect.lti.roster_orders import ask_for_roster, read_due_rosters
from connect.models import GradeMessage, LtiIdentity, LtiPlacement
from connect.post import send_waiting
from connect.roster_shown import course_rows
from coursework.models import Submission
from coursework.services.marks import GivenMark, mark_submission
from coursework.services.return_mails import note_returned, send_return_mails
from coursework.services.returning import return_submission
from learners.models import User
from schools.models import Enrolment
from tests.factories.learners import LearnerProfileFactory
from tests.factories.schools import learner_of
from tests.fakes.lti_platform import INSTRUCTOR, LEARNER, Person

from .conftest import Campus
from .test_lti_launch import code

pytestmark = pytest.mark.django_db
TEACHER = Person("t-1", "Mo", "mo@example.org", (INSTRUCTOR,))


def ticket_in(response: Any) -> str:
    found = re.search(r'name="ticket" value="([^"]+)"', response.content.decode())
    assert found, response.content.decode()[:2000]
    return found[1]


def test_a_teacher_places_work_in_the_course(campus: Campus, client: Client) -> None:
    campus.connect()
    page = campus.lms.launch(client, TEACHER, deep_linking=True)
    assert campus.assignment.title in page.content.decode()
    assert f"frame-ancestors {campus.lms.url}" in page["Content-Security-Policy"]
    # No cookie of this site comes along where the platform shows it inside of its page.
    choice = {"ticket": ticket_in(page), "choice": str(campus.assignment.uuid)}
    sent = Client().post("/lti/choose/", choice)
    text = sent.content.decode()
    assert f'action="{campus.lms.url}/deep"' in text
    assert f"form-action 'self' {campus.lms.url}" in sent["Content-Security-Policy"]
    token = re.search(r'name="JWT" value="([^"]+)"', text)
    assert token
    (item,) = campus.lms.read_links(client, token[1])
    assert item["type"] == "ltiResourceLink"
    assert item["custom"] == {"assignment": str(campus.assignment.uuid)}
    assert item["lineItem"]["scoreMaximum"] == 20
    assert code(Client().post("/lti/choose/", choice)) == "lti.ticket_used"
    landed = campus.lms.launch(Client(), Person("ana-1"), custom=item["custom"])
    assert landed["Location"] == f"/work/{campus.assignment.uuid}/"


def test_a_course_gets_its_class_while_work_is_chosen(
    campus: Campus, client: Client
) -> None:
    page = campus.lms.launch(client, TEACHER, deep_linking=True)
    given = {"ticket": ticket_in(page), "classroom": "new", "l2": "en"}
    page = Client().post("/lti/choose/", given)
    assert "No work is set" in page.content.decode()
    sent = Client().post("/lti/choose/", {"ticket": ticket_in(page), "choice": "class"})
    assert "JWT" in sent.content.decode()


def test_learners_choose_no_work(campus: Campus, client: Client) -> None:
    response = campus.lms.launch(client, Person("ana-1"), deep_linking=True)
    assert code(response) == "lti.teachers_only"


def test_a_teacher_with_an_account_connects_it_before_choosing(
    campus: Campus, client: Client
) -> None:
    owner = User.objects.create_user("mo@example.org", "a-long-test-password")
    page = campus.lms.launch(client, TEACHER, deep_linking=True)
    assert "Connect your account first" in page.content.decode()
    window = Client()
    response = window.post("/lti/enter/", {"ticket": ticket_in(page)})
    assert response["Location"].startswith("/accounts/login/")
    window.post(
        "/accounts/login/", {"login": owner.email, "password": "a-long-test-password"}
    )
    done = window.post("/lti/account/")
    assert "go back to your course" in done.content.decode()
    again = campus.lms.launch(Client(), TEACHER, deep_linking=True)
    assert "Which class is this course?" in again.content.decode()


def learner_with_work(campus: Campus, **how: Any) -> Submission:
    """Have a learner arrive at the work and hand it in."""
    campus.connect()
    custom = {"assignment": str(campus.assignment.uuid)}
    campus.lms.launch(Client(), Person("ana-1", "Ana"), custom=custom, **how)
    now = timezone.now()
    return Submission.objects.create(
        assignment=campus.assignment,
        learner=LtiIdentity.objects.get().user,
        state="SUBMITTED",
        started_at=now,
        submitted_at=now,
        late_s=3600,
    )


def test_a_mark_goes_back_once_the_learner_can_see_it(
    campus: Campus, django_capture_on_commit_callbacks: Any
) -> None:
    campus.classroom.late_percent_a_day = 10
    campus.classroom.save()
    submission = learner_with_work(campus)
    note_submission(submission=submission, now=timezone.now())
    assert send_due(now=timezone.now()).delivered == 1
    handed_in = campus.lms.scores[-1]
    assert "scoreGiven" not in handed_in
    assert handed_in["gradingProgress"] == "PendingManual"
    with django_capture_on_commit_callbacks(execute=True):
        mark_submission(
            submission_id=submission.pk,
            given=GivenMark(version=0, points=15.0, reason="Clear."),
            teacher=campus.manager,
            now=timezone.now(),
        )
    send_due(now=timezone.now())
    assert "scoreGiven" not in campus.lms.scores[-1], "learners cannot see it yet"
    with django_capture_on_commit_callbacks(execute=True):
        return_submission(
            submission_id=submission.pk, teacher=campus.manager, now=timezone.now()
        )
    assert send_due(now=timezone.now()).delivered == 1
    score = campus.lms.scores[-1]
    assert (score["scoreGiven"], score["scoreMaximum"]) == (13.5, 20)
    assert (score["userId"], score["at"]) == ("ana-1", "/lineitems/1/scores")
    assert score["gradingProgress"] == "FullyGraded"
    assert score["activityProgress"] == "Completed"
    assert score["timestamp"] > handed_in["timestamp"]
    assert send_due(now=timezone.now()).delivered == 0


def test_a_mark_that_does_not_arrive_is_sent_again(campus: Campus) -> None:
    note_submission(submission=learner_with_work(campus), now=timezone.now())
    campus.lms.refuses_scores = 1
    now = timezone.now()
    assert send_due(now=now).failed == 1
    message = GradeMessage.objects.get()
    assert (message.state, message.last_status) == ("WAITING", 503)
    assert send_due(now=now).failed == 0, "not before its time"
    assert send_due(now=now + timedelta(minutes=2)).delivered == 1
    assert len(campus.lms.scores) == 1


def test_a_mark_is_given_up_at_last(campus: Campus) -> None:
    note_submission(submission=learner_with_work(campus), now=timezone.now())
    campus.lms.refuses_scores = 100
    now = timezone.now()
    for _try in range(8):
        send_due(now=now)
        now += timedelta(days=2)
    assert GradeMessage.objects.get().state == "DEAD"


def test_a_column_is_made_where_the_platform_has_none(campus: Campus) -> None:
    submission = learner_with_work(campus, line_item=False)
    note_submission(submission=submission, now=timezone.now())
    assert send_due(now=timezone.now()).delivered == 1
    (item,) = campus.lms.line_items
    assert (item["label"], item["scoreMaximum"]) == (campus.assignment.title, 20)
    assert LtiPlacement.objects.get().line_item_url.endswith("/lineitems/2")


def test_the_mark_is_that_of_the_gradebook(campus: Campus) -> None:
    submission = learner_with_work(campus)
    assert visible_points(campus.assignment, submission.learner_id) is None
    submission.state, submission.points = "RETURNED", 12.0
    submission.save()
    assert visible_points(campus.assignment, submission.learner_id) == 12.0
    campus.assignment.overrides.create(
        learner=submission.learner, points=18.0, reason="x", at=timezone.now()
    )
    assert visible_points(campus.assignment, submission.learner_id) == 18.0


def member(sub: str, *roles: str, **more: Any) -> dict[str, Any]:
    return {
        "user_id": sub,
        "roles": list(roles or (LEARNER,)),
        "status": "Active",
        **more,
    }


def test_a_roster_is_read_over_its_pages(campus: Campus) -> None:
    course = campus.connect()
    here_before = learner_of(campus.classroom)
    User.objects.create_user("known@example.org")
    campus.lms.members = [
        member("a", name="Ana", email="ana@example.org"),
        member("b"),
        member("c", status="Inactive"),
        member("t", INSTRUCTOR),
        member("k", email="known@example.org"),
        {"roles": [LEARNER]},
    ]
    done = read_roster(course, by=campus.manager, now=timezone.now())
    assert (done.enrolled, done.teachers, done.to_sign_in, done.refused) == (2, 1, 1, 1)
    assert User.objects.filter(email="ana@example.org").exists()
    campus.lms.members = [member("b")]
    done = read_roster(course, by=campus.manager, now=timezone.now())
    assert (done.enrolled, done.unchanged, done.ended) == (0, 1, 1)
    now_there = Enrolment.objects.filter(classroom=campus.classroom, left_at=None)
    assert {e.learner for e in now_there} >= {here_before}
    assert now_there.count() == 2


def test_a_roster_that_cannot_be_read_changes_nothing(campus: Campus) -> None:
    course = campus.connect()
    course.context.memberships_url = f"{campus.lms.url}/nothing"
    with pytest.raises(RosterUnreadable) as problem:
        read_roster(course, by=campus.manager, now=timezone.now())
    assert problem.value.code == "platform.answer"
    course.context.memberships_url = ""
    with pytest.raises(RosterUnreadable):
        read_roster(course, by=campus.manager, now=timezone.now())


def test_a_roster_that_does_not_come_is_asked_for_again_and_told(
    campus: Campus,
) -> None:
    course = campus.connect()
    LtiContext.objects.update(memberships_url=f"{campus.lms.url}/nothing")
    now = timezone.now()
    ask_for_roster(course=course, by=campus.manager, now=now)
    read_due_rosters(now=now)
    course.refresh_from_db()
    assert (course.roster_state, course.roster_error) == ("WAITING", "platform.answer")
    assert "tried again" in " ".join(course_rows([course])[0].words)
    read_due_rosters(now=now)
    course.refresh_from_db()
    assert course.roster_attempts == 1, "not before its time"
    LtiContext.objects.update(memberships_url=f"{campus.lms.url}/members")
    campus.lms.members = [member("a")]
    # The round that sends marks comes by and reads it.
    send_waiting(now=now + timedelta(minutes=2))
    course.refresh_from_db()
    assert (course.roster_state, course.roster_counts["enrolled"]) == ("DONE", 1)
    LtiContext.objects.update(memberships_url=f"{campus.lms.url}/nothing")
    ask_for_roster(course=course, by=campus.manager, now=now)
    for minutes in (0, 2, 10):
        read_due_rosters(now=now + timedelta(minutes=minutes))
    course.refresh_from_db()
    assert course.roster_state == "FAILED"
    assert course_rows([course])[0].has_failed


def test_a_mark_that_nobody_noted_is_found_by_the_next_round(campus: Campus) -> None:
    submission = learner_with_work(campus)
    now = timezone.now()
    # Given back, and the process ended before any platform was thought of.
    Submission.objects.update(
        state="RETURNED", points=12.0, returned_at=now - timedelta(minutes=5)
    )
    assert send_waiting(now=now).arrived == 1
    assert campus.lms.scores[-1]["scoreGiven"] < 12.01
    assert GradeMessage.objects.get().submission == submission
    assert send_waiting(now=now).arrived == 0


def test_no_mail_goes_to_who_has_no_address(
    campus: Campus, settings: Any, mailoutbox: list[Any]
) -> None:
    settings.CARE = {**settings.CARE, "SITE_URL": "https://tutor.example.org"}
    user = learner_with_work(campus).learner
    LearnerProfileFactory.create(user=user)
    submission = Submission.objects.get()
    submission.state, submission.returned_at = "RETURNED", timezone.now()
    submission.points = 5.0
    submission.save()
    assert not note_returned(submission=submission, now=timezone.now())
    submission.learner.email = "ana@example.org"
    submission.learner.save()
    assert note_returned(submission=submission, now=timezone.now())
    assert send_return_mails(now=timezone.now()).sent == len(mailoutbox) == 1
