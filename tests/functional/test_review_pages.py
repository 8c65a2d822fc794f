"""Reviews and the phrasebook in a real browser: by keyboard, through a lost connection.

On scripted engines. ``UPDATE_SCREENSHOTS=1`` writes the pictures to ``docs/screenshots``.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tutorplatform.demo import DEMO_ACCOUNTS

from .accessibility import accessibility_faults
from .chromium import chromium
from .test_live_screenshots import DOCS, VIEWPORTS, photograph
from .test_live_talk import wait_for
from .test_site_screenshots import UNLABELLED
from .tutor_server import TutorServer, tutor_server

pytestmark = [pytest.mark.browser, pytest.mark.long]

LEARNER = DEMO_ACCOUNTS[0]
LOGS = "SELECT rating, undone_at FROM learners_reviewlog ORDER BY id"


@pytest.fixture(scope="module")
def server() -> Iterator[TutorServer]:
    """The product on scripted engines."""
    with tutor_server("tests.sounds_settings") as running:
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


def _page(browser: Browser, server: TutorServer, complaints: list[str]) -> Page:
    page = browser.new_context(base_url=server.url).new_page()
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.set_viewport_size(VIEWPORTS["desktop"])
    page.goto("/accounts/login/")
    page.get_by_label("E-mail address").fill(LEARNER.email)
    page.get_by_label("Password").fill(LEARNER.password)
    page.get_by_role("main").get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/today/")
    return page


def _until_sentence(page: Page) -> None:
    """Answer what comes before until a sentence is asked."""
    for _ in range(8):
        if page.locator(".practice__said").count():
            return
        _answer(page, "4")
    raise AssertionError("no sentence is asked")


def test_a_learner_reviews_and_looks_up(
    server: TutorServer, browser: Browser, folder: Path
) -> None:
    complaints: list[str] = []
    page = _page(browser, server, complaints)
    page.goto("/sessions/reviews/")
    left = page.locator("#progress-words")
    expect(left).to_have_text(re.compile(r"^0 done"))
    _until_sentence(page)
    n_before = len(server.rows(LOGS))
    photograph(page, "cards", folder)
    page.set_viewport_size(VIEWPORTS["desktop"])
    assert page.evaluate(UNLABELLED) == []
    assert accessibility_faults(page) == []

    # By keyboard alone: look, say how well, take it back, say it again.
    question = page.locator(".practice__said").inner_text()
    page.keyboard.press("Space")
    expect(page.locator("#card-answer")).to_be_focused()
    expect(page.get_by_role("button", name=re.compile("Good"))).to_contain_text(
        "10 min"
    )
    photograph(page, "cards-answer", folder)
    page.set_viewport_size(VIEWPORTS["desktop"])
    assert accessibility_faults(page) == []
    page.keyboard.press("4")
    expect(page.locator("#card-title")).to_be_focused()
    page.keyboard.press("u")
    expect(page.locator(".practice__said")).to_have_text(question)
    page.keyboard.press("Space")
    page.keyboard.press("4")
    # Answers are sent behind the page.
    wait_for(
        lambda: (
            [rating for rating, undone in server.rows(LOGS)[n_before:] if not undone][
                -1:
            ]
            == [4]
        ),
        "the answer that stays",
    )

    # The connection goes in the middle: nothing is lost, nothing counts twice.
    def away(route: Route) -> None:
        route.abort()

    page.route("**/reviews/answer/", away)
    _answer(page, "1")
    expect(page.locator("#network")).to_be_visible()
    _answer(page, "3")
    n_kept = len(server.rows(LOGS))
    page.reload()
    expect(page.locator("#network")).to_be_visible()
    assert len(server.rows(LOGS)) == n_kept
    page.unroute("**/reviews/answer/", away)
    page.evaluate("window.dispatchEvent(new Event('online'))")
    expect(page.locator("#network")).to_be_hidden(timeout=15_000)
    assert len(server.rows(LOGS)) == n_kept + 2

    # To the end.
    sounds_seen = False
    for _ in range(60):
        if page.locator("#end").is_visible():
            break
        pair = page.locator(".cards__pair button")
        if pair.count() and not sounds_seen:
            sounds_seen = True
            pair.first.click()
            photograph(page, "cards-sounds", folder)
            page.set_viewport_size(VIEWPORTS["desktop"])
            page.keyboard.press("4")
            continue
        _answer(page, "4")
    assert sounds_seen
    expect(page.get_by_role("heading", name="Done for now")).to_be_focused()
    expect(page.locator("#end-waiting")).to_be_empty()
    photograph(page, "cards-end", folder)
    page.set_viewport_size(VIEWPORTS["desktop"])

    page.goto("/sessions/reviews/settings/")
    page.get_by_label("New ones among them").fill("5")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved.")).to_be_visible()
    page.get_by_role("button", name="Make the file").click()
    link = page.get_by_role("link", name="Download the file")
    expect(link).to_be_visible(timeout=30_000)
    photograph(page, "cards-settings", folder)
    page.set_viewport_size(VIEWPORTS["desktop"])
    assert accessibility_faults(page) == []
    with page.expect_download() as download:
        link.click()
    assert download.value.suggested_filename == "tutor-en.apkg"

    page.goto("/phrasebook/")
    photograph(page, "phrasebook", folder)
    page.set_viewport_size(VIEWPORTS["desktop"])
    assert accessibility_faults(page) == []
    page.get_by_role("searchbox").fill("UMBRELLA")
    page.keyboard.press("Enter")
    expect(page.locator(".phrase").first).to_contain_text("umbrella")
    listen = page.get_by_role("button", name=re.compile("Listen")).first
    listen.click()
    expect(page.locator("[aria-busy]")).to_have_count(0)
    expect(page.locator("#phrase-problem")).to_be_hidden()
    assert complaints == []


def _answer(page: Page, key: str) -> None:
    """Open the card at hand and press a button."""
    pair = page.locator(".cards__pair button")
    if pair.count():
        pair.first.click()
    else:
        page.keyboard.press("Space")
    page.keyboard.press(key)
