"""A drill of two sounds and the progress page in a real browser.

On scripted engines whose scorer knows real phonemes. ``UPDATE_SCREENSHOTS=1`` writes the
pictures to ``docs/screenshots``.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tutorplatform.demo import DEMO_ACCOUNTS

from .accessibility import accessibility_faults
from .chromium import chromium
from .test_live_screenshots import DOCS, VIEWPORTS, photograph
from .tutor_server import TutorServer, tutor_server

pytestmark = [pytest.mark.browser, pytest.mark.long]

LEARNER = DEMO_ACCOUNTS[0]


@pytest.fixture(scope="module")
def server() -> Iterator[TutorServer]:
    """The product on scripted engines."""
    with tutor_server("tests.sounds_settings") as running:
        yield running


@pytest.fixture(scope="module")
def browser(server: TutorServer) -> Iterator[Browser]:
    """A browser."""
    with chromium() as running:
        yield running


def test_sounds_are_drilled_and_progress_is_looked_at(
    server: TutorServer, browser: Browser, tmp_path: Path
) -> None:
    folder = DOCS if os.environ.get("UPDATE_SCREENSHOTS") == "1" else tmp_path
    complaints: list[str] = []
    page = browser.new_context(base_url=server.url).new_page()
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on(
        "console",
        lambda one: complaints.append(one.text) if one.type == "error" else None,
    )
    page.set_viewport_size(VIEWPORTS["desktop"])
    page.goto("/accounts/login/")
    page.get_by_label("E-mail address").fill(LEARNER.email)
    page.get_by_label("Password").fill(LEARNER.password)
    page.get_by_role("main").get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/today/")

    page.goto("/sessions/sounds/θ-s/")
    assert accessibility_faults(page) == []
    photograph(page, "sounds", folder)
    page.set_viewport_size(VIEWPORTS["desktop"])
    page.get_by_role("button", name="Listen").click()
    # By keyboard: choose, check, go on.
    page.get_by_role("radio", name="think").press("Space")
    page.get_by_role("button", name="Check").press("Enter")
    expect(page.locator(".verdict")).to_be_visible()
    page.get_by_role("button", name="Next").press("Enter")
    expect(page.locator("#progress-words")).to_contain_text("2 of")
    page.get_by_text("How it is made").click()
    expect(page.get_by_role("link", name="See the mouth").first).to_be_visible()

    page.goto("/progress/?period=3m")
    assert accessibility_faults(page) == []
    photograph(page, "progress", folder)
    page.set_viewport_size(VIEWPORTS["desktop"])
    minutes = page.get_by_role("region", name="Minutes spoken")
    minutes.get_by_text("The numbers").click()
    minutes.get_by_role("row").last.scroll_into_view_if_needed()
    minutes.get_by_role("link", name="min").last.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("What you spoke")
    assert accessibility_faults(page) == []
    page.get_by_role("link", name="Progress", exact=True).last.click()
    page.get_by_role("link", name="Everything").click()
    expect(page.get_by_role("link", name="Everything")).to_have_attribute(
        "aria-current", "true"
    )
    assert complaints == []
