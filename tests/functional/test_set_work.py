"""A teacher sets work by voice, a learner finds it and begins; pages of set work in a real browser.

On scripted engines. ``UPDATE_SCREENSHOTS=1`` writes the pictures to ``docs/screenshots``.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import soundfile
from playwright.sync_api import Browser, Page, expect

from tutorplatform.demo import DEMO_ACCOUNTS

from .accessibility import accessibility_faults
from .chromium import chromium
from .test_live_screenshots import DOCS, VIEWPORTS, photograph
from .test_site_screenshots import OVERFLOW, UNLABELLED
from .tutor_server import TutorServer, tutor_server

pytestmark = [pytest.mark.browser, pytest.mark.long]

TEACHER = next(account for account in DEMO_ACCOUNTS if account.role == "TEACHER")
LEARNER = next(account for account in DEMO_ACCOUNTS if account.l1 == "ja")
TITLE = "Lost in the city"


@pytest.fixture(scope="module")
def server() -> Iterator[TutorServer]:
    """The product on scripted engines, with its courses."""
    with tutor_server("tests.sounds_settings", courses=True) as running:
        yield running


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """A browser whose microphone hums."""
    sound = tmp_path_factory.mktemp("sound") / "hum.wav"
    hum = [0.3 * (1 if n // 40 % 2 else -1) for n in range(16_000 * 6)]
    soundfile.write(sound, hum, 16_000, subtype="PCM_16")
    with chromium(microphone=sound) as running:
        yield running


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where pictures go."""
    return DOCS if os.environ.get("UPDATE_SCREENSHOTS") == "1" else tmp_path


def _signed_in(browser: Browser, server: TutorServer, email: str) -> Page:
    context = browser.new_context(base_url=server.url, permissions=["microphone"])
    page = context.new_page()
    page.set_viewport_size(VIEWPORTS["desktop"])
    page.goto("/accounts/login/")
    page.get_by_label("E-mail address").fill(email)
    page.get_by_label("Password").fill(TEACHER.password)
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


def test_work_from_the_teachers_voice_to_the_learners_talk(
    server: TutorServer, browser: Browser, folder: Path
) -> None:
    page = _signed_in(browser, server, TEACHER.email)
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto("/classes/")
    page.get_by_role("link", name="Evening English").first.click()
    page.get_by_role("link", name="Assignments").click()
    _looked_over(page, "assignments", folder)
    page.get_by_role("link", name="At the café: order for two").click()
    _looked_over(page, "assignment", folder)
    page.get_by_role("link", name="Role play", exact=True).or_(
        page.get_by_role("link", name="Conversation", exact=True)
    ).click()
    _looked_over(page, "rubric", folder)
    page.go_back()
    page.get_by_role("link", name="Assignments").click()
    page.get_by_role("link", name="Set work").click()
    page.get_by_role("link", name="A lesson: its exercises and its talk").click()
    page.get_by_label("About").fill("sea")
    page.get_by_role("button", name="Search").click()
    expect(page.get_by_role("link", name="Is that the sea?")).to_be_visible()
    _looked_over(page, "assignment-lesson", folder)
    page.go_back()
    page.go_back()
    page.get_by_role("link", name="A role play of your own").click()
    page.get_by_label("Title").fill(TITLE)
    page.get_by_label("The situation").fill("You do not find your hotel.")
    page.get_by_label("The tutor plays").fill("Somebody at a bus stop")
    page.get_by_label("Goals").fill("I can ask for the way.")
    page.get_by_role("button", name="Say it instead").click()
    page.get_by_role("button", name="Stop").click(delay=1500)
    expect(page.locator("#voice-status")).to_contain_text("Recorded")
    _looked_over(page, "assignment-form", folder)
    page.get_by_role("button", name="Publish").click()
    expect(page.get_by_text("Learners see it now")).to_be_visible()
    assert complaints == []

    learner = _signed_in(browser, server, LEARNER.email)
    expect(learner.get_by_role("heading", name="From your teacher")).to_be_visible()
    learner.get_by_role("link", name=re.compile("All your work|more")).click()
    _looked_over(learner, "work", folder)
    learner.get_by_role("link", name=TITLE).click()
    expect(learner.locator("audio")).to_be_visible()
    _looked_over(learner, "work-one", folder)
    learner.get_by_role("button", name="Start talking").click()
    learner.wait_for_url("**/sessions/**")
    expect(learner.get_by_role("heading", name=TITLE)).to_be_visible()
    rows = server.rows("select state, session from coursework_submission")
    assert ("STARTED", None) not in rows
