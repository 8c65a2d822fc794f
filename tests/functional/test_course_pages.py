"""Courses in a real browser: found, listened to line by line; and edited beside a preview.

On scripted engines. ``UPDATE_SCREENSHOTS=1`` writes the pictures to ``docs/screenshots``.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tutorplatform.demo import DEMO_ACCOUNTS

from .accessibility import accessibility_faults
from .chromium import chromium
from .test_live_screenshots import DOCS, VIEWPORTS, photograph
from .test_site_screenshots import OVERFLOW, UNLABELLED
from .tutor_server import TutorServer, tutor_server

pytestmark = [pytest.mark.browser, pytest.mark.long]

LEARNER = DEMO_ACCOUNTS[0]
TEACHER = next(account for account in DEMO_ACCOUNTS if account.role == "TEACHER")


@pytest.fixture(scope="module")
def server() -> Iterator[TutorServer]:
    """The product on scripted engines, with its courses."""
    with tutor_server("tests.sounds_settings", courses=True) as running:
        yield running


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A browser without a microphone."""
    with chromium() as running:
        yield running


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where pictures go."""
    return DOCS if os.environ.get("UPDATE_SCREENSHOTS") == "1" else tmp_path


def _signed_in(
    browser: Browser, server: TutorServer, email: str, password: str
) -> Page:
    page = browser.new_context(base_url=server.url).new_page()
    page.set_viewport_size(VIEWPORTS["desktop"])
    page.goto("/accounts/login/")
    page.get_by_label("E-mail address").fill(email)
    page.get_by_label("Password").fill(password)
    page.get_by_role("main").get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/today/")
    return page


def _looked_over(page: Page, name: str, folder: Path) -> None:
    """Photograph a page in all its looks; it is usable by everybody in each."""
    photograph(page, name, folder)
    for viewport in VIEWPORTS.values():
        page.set_viewport_size(viewport)
        assert page.evaluate(OVERFLOW) <= 0
        assert page.evaluate(UNLABELLED) == []
        assert accessibility_faults(page) == []
    page.set_viewport_size(VIEWPORTS["desktop"])


def test_a_learner_finds_a_lesson_and_listens(
    server: TutorServer, browser: Browser, folder: Path
) -> None:
    page = _signed_in(browser, server, LEARNER.email, LEARNER.password)
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto("/lessons/")
    _looked_over(page, "courses", folder)
    page.get_by_role("link", name="English A2").click()
    _looked_over(page, "course-units", folder)
    page.get_by_role("link", name="Is that the sea?").click()
    _looked_over(page, "lesson-conversation", folder)

    page.get_by_role("button", name="Play the conversation").click()
    line = page.locator(".line[data-now]")
    expect(line).to_have_count(1)
    first = line.inner_text()
    expect(line).not_to_have_text(first, timeout=20_000)
    page.get_by_role("button", name="Stop").click()
    expect(line).to_have_count(0)
    page.get_by_label("Who do you play?").select_option(index=1)
    page.get_by_role("button", name="Play the conversation").click()
    expect(page.get_by_text("Your turn: say it now.")).to_be_visible()
    page.get_by_role("button", name="Stop").click()
    page.get_by_role("button", name="Start the exercises").click()
    page.wait_for_url(re.compile("/exercises/"))
    assert complaints == []


def test_a_teacher_edits_beside_the_preview(
    server: TutorServer, browser: Browser, folder: Path
) -> None:
    page = _signed_in(browser, server, TEACHER.email, TEACHER.password)
    page.goto("/lessons/edit/")
    _looked_over(page, "course-versions", folder)
    row = page.get_by_role("listitem").filter(has_text="English A2")
    row.get_by_role("button", name="Make it ours").click()
    page.get_by_role("link", name="Is that the sea?").click()
    preview = page.locator("#preview")
    page.get_by_label("Conversation").fill("Noor: Is it live?\nDiego: It is.")
    expect(preview.get_by_text("Is it live?", exact=True)).to_be_visible()
    page.get_by_label("Conversation").fill("Noor")
    expect(page.get_by_text("is not right yet")).to_be_visible()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Line 1 needs 2 parts")).to_be_visible()
    _looked_over(page, "lesson-editing", folder)
    page.get_by_role("link", name="Fill the gap").first.click()
    page.get_by_label("Try an answer").fill("xyz")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").filter(has_text="Not yet")).to_be_visible()
    _looked_over(page, "exercise-editing", folder)
