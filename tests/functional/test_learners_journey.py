"""Somebody new, from the first page to their own progress, on the embedded default.

``UPDATE_SCREENSHOTS=1`` writes pictures of the way to ``docs/screenshots``.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, ViewportSize

from .accessibility import accessibility_faults
from .chromium import chromium
from .test_live_screenshots import DOCS, photograph
from .test_live_talk import turn, wait_for
from .tutor_server import TutorServer, tutor_server

pytestmark = pytest.mark.browser

EMAIL = "ana@example.org"
MOST_QUESTIONS = 15
PATIENCE_S = 60.0
PHONE: ViewportSize = {"width": 390, "height": 844}
_OTHER_QUESTION = """asked =>
  document.querySelector(".item__prompt")?.innerText !== asked"""


@pytest.fixture(scope="module")
def server() -> Iterator[TutorServer]:
    """The product as it is served, with its courses."""
    with tutor_server(courses=True) as running:
        yield running


@pytest.fixture(scope="module")
def browser(server: TutorServer) -> Iterator[Browser]:
    """A browser whose microphone nobody speaks into."""
    with chromium() as running:
        yield running


def test_from_sign_up_to_progress(server: TutorServer, browser: Browser) -> None:
    context = browser.new_context(
        base_url=server.url, viewport=PHONE, timezone_id="America/Lima"
    )
    page = context.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    _sign_up(page)
    _is_welcomed(page)
    _is_placed(page)
    _takes_the_lesson(page)
    _talks(page)
    _reviews(page)
    _sees_progress(page)
    page.goto("/today/")
    context.close()
    assert complaints == []
    _is_counted(server)


def _document(page: Page, name: str) -> None:
    if os.environ.get("UPDATE_SCREENSHOTS") == "1":
        photograph(page, name, DOCS)
        page.set_viewport_size(PHONE)


def _sign_up(page: Page) -> None:
    page.goto("/accounts/signup/")
    page.get_by_label("E-mail address").fill(EMAIL)
    page.get_by_label("Password").fill("a-long-test-password-9")
    page.get_by_role("button", name="Make my account").click()
    page.wait_for_url("**/welcome/")


def _is_welcomed(page: Page) -> None:
    _document(page, "welcome")
    page.get_by_label("What shall the tutor call you?").fill("Ana")
    page.get_by_label("Which language do you speak best?").select_option("es")
    page.get_by_role("button", name="Next").click()
    page.wait_for_url("**/welcome/aim/")
    _document(page, "welcome-aim")
    page.get_by_text("Travel", exact=True).click()
    page.get_by_role("button", name="Next").click()
    page.wait_for_url("**/welcome/sound/")
    page.get_by_role("link", name="Not now").click()
    page.wait_for_url("**/placement/")


def _is_placed(page: Page) -> None:
    """Answer as a beginner: mostly not."""
    _document(page, "placement")
    page.get_by_role("button", name="Start the questions").click()
    item = page.locator(".item__prompt")
    item.wait_for()
    _document(page, "placement-question")
    for number in range(MOST_QUESTIONS):
        if not item.count():
            break
        asked = item.inner_text()
        if number % 3:
            page.get_by_role("button", name="I don't know").click()
        else:
            page.locator(".item__choice").first.click()
        page.wait_for_function(_OTHER_QUESTION, arg=asked)
    page.get_by_role("heading", name="Read this sentence aloud").wait_for()
    _document(page, "placement-reading")
    page.get_by_role("link", name="Skip this").click()
    page.get_by_role("heading", name="Talk for a minute").wait_for()
    _document(page, "placement-talk")
    page.get_by_role("link", name="Skip this").click()
    page.get_by_role("heading", name="You are about A1").wait_for()
    _document(page, "placement-result")
    assert accessibility_faults(page) == []


def _takes_the_lesson(page: Page) -> None:
    page.get_by_role("link", name="Begin my first lesson").click()
    page.get_by_role("heading", name="Nice to meet you", level=1).wait_for()
    assert accessibility_faults(page) == []
    page.get_by_role("button", name="Start the exercises").click()
    page.locator("main input[type=text]").fill("am")
    page.get_by_role("button", name="Check").click()
    page.get_by_role("button", name="Next").wait_for()
    assert accessibility_faults(page) == []
    page.get_by_role("link", name="Nice to meet you").click()


def _talks(page: Page) -> None:
    page.get_by_role("button", name="Start talking").click()
    page.get_by_role("button", name="Join and type").click()
    box = page.get_by_label("Type to the tutor")
    box.fill("Hello, my name is Ana and I am from Peru.")
    page.get_by_role("button", name="Send").click()
    wait_for(
        lambda: turn(page, 1).get("outcome") == "completed",
        "the tutor's answer",
        PATIENCE_S,
    )
    page.get_by_role("button", name="End", exact=True).click()
    page.get_by_role("button", name="End the talk").click()
    page.get_by_role("heading", name="Well talked.").wait_for()


def _reviews(page: Page) -> None:
    page.goto("/today/")
    page.get_by_role("link", name="Review", exact=True).last.click()
    page.get_by_role("button", name="Show the answer").click()
    assert accessibility_faults(page) == []
    page.get_by_role("button", name=re.compile("^Good")).click()
    page.get_by_text("1 done").wait_for()


def _sees_progress(page: Page) -> None:
    page.get_by_role("link", name="Progress").click()
    page.get_by_text(re.compile("^You are at (about )?A1")).wait_for()
    page.get_by_text("are yours").first.wait_for()
    assert accessibility_faults(page) == []


def _is_counted(server: TutorServer) -> None:
    """What was done stands in the database, on the day it was in Lima."""
    # Nobody signed up after her.
    newest = server.rows(
        "select d.answers, d.reviews, d.talks from learners_activityday d "
        "where d.learner_id = (select max(id) from learners_user)"
    )
    assert newest == [(1, 1, 1)]
    profile = server.rows(
        "select time_zone, level from learners_learnerprofile order by id desc limit 1"
    )
    assert profile == [("America/Lima", "A1")]
