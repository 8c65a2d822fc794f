"""Home, Today, health and the pages for when something is wrong."""

import re

import pytest
from django.db import OperationalError, connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from learners.models import User
from sessions.models import Turn
from sessions.services import start_session
from tests.factories.exercises import item
from tests.factories.learners import AdminFactory, LearnerFactory
from tests.factories.lessons import CourseFactory, LessonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def learner(client: Client) -> User:
    """Return a learner who is signed in."""
    learner = LearnerFactory.create(profile__display_name="Ana")
    client.force_login(learner)
    return learner


def _today(client: Client) -> str:
    return client.get(reverse("today")).content.decode()


def test_home_says_what_this_is_and_lets_people_in(client: Client) -> None:
    page = client.get(reverse("home")).content.decode()
    assert "AI video language tutor" in page
    assert reverse("account_signup") in page


def test_home_sends_who_is_signed_in_to_today(client: Client, learner: User) -> None:
    assert client.get(reverse("home"))["Location"] == reverse("today")


def test_today_offers_a_lesson_and_free_talk(client: Client, learner: User) -> None:
    lesson = LessonFactory.create(title="At the market", level="A2")
    page = _today(client)
    assert "Welcome, Ana" in page
    assert "At the market" in page
    assert f'value="{lesson.uuid}"' in page
    assert page.count(f'action="{reverse("sessions:session-start")}"') == 2
    assert "Your voice is not kept" in page


def test_today_without_lessons_still_lets_people_talk(
    client: Client, learner: User
) -> None:
    page = _today(client)
    assert "No new lesson waits for you" in page
    assert "Talk freely" in page


def test_today_offers_the_lesson_after_those_that_were_talked_through(
    client: Client, learner: User
) -> None:
    course = CourseFactory.create()
    done = LessonFactory.create(course=course, position=1, title="At the market")
    LessonFactory.create(course=course, position=2, title="On the bus")
    session = start_session(
        learner_id=learner.pk, lesson_uuid=done.uuid, now=timezone.now()
    )
    assert "Begin the lesson" in _today(client)
    assert f'value="{done.uuid}"' in _today(client)
    for index in (0, 1):
        Turn.objects.create(session=session, index=index, started_at=timezone.now())
    page = _today(client)
    assert f'value="{done.uuid}"' not in page
    assert "On the bus" in page
    assert "Good to see you, Ana" in page
    assert "1 exchange" in page


def test_today_leads_back_into_a_talk_that_is_open(
    client: Client, learner: User
) -> None:
    session = start_session(learner_id=learner.pk, lesson_uuid=None, now=timezone.now())
    page = _today(client)
    assert reverse("sessions:session-live", args=[session.uuid]) in page
    assert "Free talk" in page


def test_today_leads_to_practice_and_counts_what_waits(
    client: Client, learner: User
) -> None:
    assert "Practise your own sentences" not in _today(client)
    item(learner)
    page = _today(client)
    assert reverse("sessions:practice") in page
    assert "1 exercise from your talks" in page


def test_only_administrators_see_the_way_to_the_admin(client: Client) -> None:
    client.force_login(AdminFactory.create())
    assert reverse("admin:index") in _today(client)
    assert client.get(reverse("admin:learners_user_changelist")).status_code == 200
    client.force_login(LearnerFactory.create(role="TEACHER"))
    assert reverse("admin:index") not in _today(client)
    assert client.get(reverse("admin:index")).status_code == 302


def test_the_page_of_components_is_for_those_who_run_the_site(client: Client) -> None:
    client.force_login(LearnerFactory.create())
    assert client.get(reverse("components")).status_code == 404
    client.force_login(AdminFactory.create())
    page = client.get(reverse("components"))
    assert page.status_code == 200
    assert "--accent-soft" in page.content.decode()


def test_an_administrator_can_add_somebody(client: Client) -> None:
    client.force_login(AdminFactory.create())
    url = reverse("admin:learners_user_add")
    assert client.get(url).status_code == 200
    answer = {
        "email": "new@example.org",
        "role": "TEACHER",
        "usable_password": "true",
        "password1": "horse-battery-9",
        "password2": "horse-battery-9",
    }
    client.post(url, answer)
    added = User.objects.get(email="new@example.org")
    assert added.role == User.Role.TEACHER
    page = client.get(reverse("admin:learners_user_change", args=[added.pk]))
    assert page.status_code == 200


def test_pages_allow_nothing_from_elsewhere_and_nothing_inline(
    client: Client, learner: User
) -> None:
    LessonFactory.create()
    for name in ("today", "lessons:course-list", "learners:profile-edit"):
        response = client.get(reverse(name))
        policy = response["Content-Security-Policy"]
        assert "script-src 'self';" in policy + ";"
        assert "unsafe" not in policy
        html = response.content.decode()
        assert not re.search(r"<style|\sstyle=|<script(?![^>]*\ssrc=)|\son\w+=", html)


def test_a_process_without_its_database_is_alive_but_not_ready(client: Client) -> None:
    def refuse(*args: object) -> None:
        raise OperationalError("gone")

    with connection.execute_wrapper(refuse):
        health, ready = client.get("/healthz"), client.get("/readyz")
    assert health.status_code == 200
    assert ready.status_code == 503
    assert ready.json()["parts"]["database"] == "OperationalError"
    assert client.get("/readyz").json()["parts"]["database"] == "ok"


def test_nobody_is_ready_while_engines_are_warmed_up(client: Client) -> None:
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["parts"]["engines"] == "warming up"


def test_an_unknown_address_has_words(client: Client) -> None:
    response = client.get("/no-such-page/")
    assert response.status_code == 404
    assert "There is nothing here" in response.content.decode()


def test_an_old_form_has_words() -> None:
    client = Client(enforce_csrf_checks=True)
    response = client.post(reverse("account_login"), {"login": "x"})
    assert response.status_code == 403
    assert "open too long" in response.content.decode()
    assert "</nav>" not in response.content.decode()
