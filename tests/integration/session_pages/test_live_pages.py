"""Starting a session, its live page, and the device check."""

from __future__ import annotations

import re
from uuid import uuid4

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from learners.models import User
from sessions.models import TutoringSession
from sessions.services import start_session
from tests.factories.learners import UserFactory
from tests.factories.lessons import LessonFactory

START = reverse("sessions:session-start")


def _begun(learner: User) -> TutoringSession:
    return start_session(learner_id=learner.pk, lesson_uuid=None, now=timezone.now())


def test_a_lesson_starts_a_session_on_it(learner_client: Client, learner: User) -> None:
    lesson = LessonFactory.create(title="At the market")
    response = learner_client.post(START, {"lesson": str(lesson.uuid)}, follow=True)
    assert "At the market" in response.content.decode()
    session = TutoringSession.objects.get()
    assert (session.lesson_id, session.learner_id) == (lesson.pk, learner.pk)


def test_no_lesson_starts_a_free_talk(learner_client: Client) -> None:
    response = learner_client.post(START)
    assert response.status_code == 302
    assert TutoringSession.objects.get().lesson is None


def test_an_unknown_or_broken_lesson_is_not_found(learner_client: Client) -> None:
    for lesson in (str(uuid4()), "x"):
        assert learner_client.post(START, {"lesson": lesson}).status_code == 404
    assert not TutoringSession.objects.exists()


def test_starting_needs_a_post(learner_client: Client) -> None:
    assert learner_client.get(START).status_code == 405


def test_without_a_profile_one_is_asked_for_it(client: Client, db: None) -> None:
    client.force_login(UserFactory.create())
    response = client.post(START)
    assert response["Location"] == reverse("learners:profile-edit")


def test_the_live_page_knows_its_socket_and_holds_no_inline_code(
    learner_client: Client, learner: User
) -> None:
    session = _begun(learner)
    page = learner_client.get(reverse("sessions:session-live", args=[session.uuid]))
    text = page.content.decode()
    assert f"/ws/sessions/{session.uuid}/" in text
    assert "<script>" not in text
    assert "style=" not in text
    assert page["Cache-Control"].startswith("max-age=0")


def test_debug_hooks_are_for_development_only(
    learner_client: Client, learner: User, settings: object
) -> None:
    address = reverse("sessions:session-live", args=[_begun(learner).uuid])
    for debug in (True, False):
        settings.DEBUG = debug  # type: ignore[attr-defined]
        text = learner_client.get(address).content.decode()
        assert ('data-debug="1"' in text) is debug


def test_somebody_elses_session_is_as_unknown_as_none(
    other_client: Client, learner: User
) -> None:
    session = _begun(learner)
    for name in ("session-live", "session-review"):
        for uuid in (session.uuid, uuid4()):
            address = reverse(f"sessions:{name}", args=[uuid])
            assert other_client.get(address).status_code == 404
    ending = reverse("sessions:session-end", args=[session.uuid])
    assert other_client.post(ending).status_code == 404
    session.refresh_from_db()
    assert session.status == TutoringSession.Status.ACTIVE


def test_ending_without_a_socket_leads_to_the_review(
    learner_client: Client, learner: User
) -> None:
    session = _begun(learner)
    response = learner_client.post(reverse("sessions:session-end", args=[session.uuid]))
    assert response["Location"] == reverse(
        "sessions:session-review", args=[session.uuid]
    )
    session.refresh_from_db()
    assert session.end_reason == TutoringSession.EndReason.LEARNER
    live = learner_client.get(reverse("sessions:session-live", args=[session.uuid]))
    assert live.status_code == 302


def test_the_device_check_leads_on_only_within_the_site(learner_client: Client) -> None:
    address = reverse("sessions:device-check")
    inside = learner_client.get(address, {"next": "/sessions/"}).content.decode()
    assert 'href="/sessions/"' in inside
    assert "Continue to the talk" in inside
    outside = learner_client.get(address, {"next": "https://evil.example/"})
    assert not re.search(r'(href|action)="[^"]*evil', outside.content.decode())
