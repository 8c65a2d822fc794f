"""Learning platforms and other systems in a real browser, and their pages photographed.

``UPDATE_SCREENSHOTS=1`` writes the pictures to ``docs/screenshots``.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from connect.models import LtiPlatform, WebhookDelivery, WebhookEvent
from connect.post import post_queue
from connect.services.platforms import PlatformFields, register_platform
from connect.services.tokens import make_token
from connect.services.webhooks import make_endpoint
from connect.webhooks.events import queue_message
from coursework.models import Assignment
from learners.models import User
from schools.models import Classroom, School
from tests.factories.learners import PASSWORD
from tests.factories.schools import ClassroomFactory, learner_of, teacher_of
from tests.fakes.lti_platform import INSTRUCTOR, Person, Platform, lti_platform

from .accessibility import accessibility_faults
from .chromium import chromium
from .test_live_screenshots import DOCS, VIEWPORTS, looks
from .test_site_screenshots import OVERFLOW, UNLABELLED

pytestmark = [
    pytest.mark.browser,
    pytest.mark.long,
    pytest.mark.django_db(transaction=True),
]
MAX_BYTES = 200_000


class Site:
    """A served school with a platform, a token, a webhook and work."""

    def __init__(self, url: str, lms: Platform) -> None:
        now = timezone.now()
        self.url = url
        self.lms = lms
        self.school = School.objects.create(
            key="riverside", name="Riverside School", created_at=now
        )
        self.classroom: Classroom = ClassroomFactory.create(
            school=self.school, name="Evening English"
        )
        self.manager: User = teacher_of(self.classroom, role="MANAGER")
        learner_of(self.classroom)
        self.assignment = Assignment.objects.create(
            classroom=self.classroom, title="Talk about your street", kind="TALK",
            scenario="Your street.", opens_at=now - timedelta(days=1),
            due_at=now + timedelta(days=6), published_at=now, points=20, created_at=now,
            edited_at=now,
        )  # fmt: skip
        self.platform: LtiPlatform = register_platform(
            school=self.school,
            fields=PlatformFields(**lms.fields(name="Riverside Moodle")),
            by=self.manager,
            now=now,
        )
        self._connect(now)

    def _connect(self, now: Any) -> None:
        """Have a token and a webhook with messages of each kind."""
        make_token(
            school=self.school, name="Timetable", by=self.manager, now=now,
            scopes=["rosters:read", "rosters:write"], expires_at=now + timedelta(days=90),
        )  # fmt: skip
        self.endpoint = make_endpoint(
            school=self.school, url="http://127.0.0.1:9/hooks/tutor", by=self.manager,
            events=["submission.handed_in", "submission.returned"], now=now,
        )  # fmt: skip
        for state in WebhookDelivery.State:
            message = queue_message(
                endpoint=self.endpoint,
                event=WebhookEvent.SUBMISSION_HANDED_IN,
                data={},
                now=now,
            )
            message.state, message.attempts = state, 1
            message.last_status = 204 if state == "DELIVERED" else 503
            message.save()


@pytest.fixture
def site(
    live_server: LiveServer, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Site]:
    """Serve it beside a platform on the same site, as far as browsers are concerned."""
    settings.CONNECT = {**settings.CONNECT, "PRIVATE_ADDRESSES": True}
    monkeypatch.setattr(post_queue, "put", lambda why: None)
    with lti_platform("localhost") as lms:
        lms.tool = live_server.url
        yield Site(live_server.url, lms)


@pytest.fixture
def browser(site: Site) -> Iterator[Browser]:
    """Start Chromium after the data is there: its event loop forbids database calls."""
    with chromium() as running:
        yield running


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where pictures go."""
    return DOCS if os.environ.get("UPDATE_SCREENSHOTS") == "1" else tmp_path


def _check(page: Page) -> None:
    """Assert what every page owes to everybody."""
    assert page.locator("h1").count() == 1
    assert page.evaluate(UNLABELLED) == []
    assert accessibility_faults(page) == []


def _photograph(page: Page, folder: Path, name: str) -> None:
    for device, theme in looks():
        page.set_viewport_size(VIEWPORTS[device])
        page.emulate_media(color_scheme="dark" if theme == "dark" else "light")
        page.wait_for_timeout(150)
        assert page.evaluate(OVERFLOW) <= 0, name
        path = folder / f"{name}-{device}-{theme}.png"
        page.screenshot(path=path)
        assert path.stat().st_size < MAX_BYTES


def _signed_in(browser: Browser, site: Site, email: str) -> Page:
    page = browser.new_context(base_url=site.url).new_page()
    page.goto("/accounts/login/")
    page.get_by_label("E-mail address").fill(email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Sign in").click()
    page.wait_for_load_state("networkidle")
    return page


def test_the_pages_of_a_manager(site: Site, browser: Browser, folder: Path) -> None:
    page = _signed_in(browser, site, site.manager.email)
    pages = {
        "connect-platforms": "/connect/platforms/",
        "connect-platform": f"/connect/platforms/{site.platform.uuid}/",
        "connect-tokens": "/connect/tokens/",
        "connect-webhooks": "/connect/webhooks/",
        "connect-webhook": f"/connect/webhooks/{site.endpoint.uuid}/",
        "connect-records": "/connect/records/",
        "connect-api": "/api/",
    }
    for name, address in pages.items():
        page.goto(address)
        _check(page)
        _photograph(page, folder, name)
    page.goto("/connect/tokens/")
    page.get_by_label("What is it for?").fill("Student records")
    page.get_by_label("See classes and who is in them").check()
    page.get_by_role("button", name="Make the token").click()
    secret = page.get_by_label("Token", exact=True)
    assert secret.input_value().startswith("tutor_")
    _check(page)


def test_a_teacher_and_a_learner_come_from_a_course(
    site: Site, browser: Browser, folder: Path
) -> None:
    site.lms.visitor = Person("mo", "Mo Teacher", "mo@example.org", (INSTRUCTOR,))
    site.lms.visit = {"deep_linking": True}
    teacher = browser.new_context().new_page()
    teacher.goto(f"{site.lms.url}/course")
    frame = teacher.frame_locator("iframe")
    frame.get_by_role("button", name="Connect").wait_for()
    _framed(teacher, folder, "lti-course")
    frame.get_by_role("button", name="Connect").click()
    expect(frame.get_by_text("No work is set in this class yet")).to_be_visible()
    frame.get_by_role("button", name="Only a link to the class").click()
    expect(frame.get_by_role("heading", name="Placed")).to_be_visible()

    site.lms.visitor = Person("ana", "Ana", "ana@example.org")
    site.lms.visit = {}
    context = browser.new_context()
    learner = context.new_page()
    learner.goto(f"{site.lms.url}/course")
    frame = learner.frame_locator("iframe")
    button = frame.get_by_role("button", name="Open in a new window")
    button.wait_for()
    _framed(learner, folder, "lti-window")
    with context.expect_page() as opened:
        button.click()
    window = opened.value
    window.wait_for_load_state()
    assert window.url.startswith(site.url)
    assert "/accounts/login" not in window.url


def test_a_browser_that_keeps_cookies_back_opens_a_window(
    site: Site, browser: Browser
) -> None:
    """Below another site's page this one's cookie is not kept without https."""
    site.lms.tool = site.url.replace("localhost", "127.0.0.1")
    site.lms.visitor = Person("mo", "Mo", None, (INSTRUCTOR,))
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{site.lms.url}/course")
    again = page.frame_locator("iframe").get_by_role(
        "link", name="Open in a new window"
    )
    with context.expect_page() as opened:
        again.click()
    window = opened.value
    window.wait_for_url("**/lti/course/")
    assert (
        window.get_by_role("heading", name="Which class is this course?").count() == 1
    )


def _framed(page: Page, folder: Path, name: str) -> None:
    page.set_viewport_size(VIEWPORTS["desktop"])
    page.wait_for_timeout(200)
    page.screenshot(path=folder / f"{name}-desktop-light.png")
