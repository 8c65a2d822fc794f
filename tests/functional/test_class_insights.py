"""A teacher looks at who needs them, opens a cell of a map, and sets a drill from there.

``UPDATE_SCREENSHOTS=1`` writes the pictures to ``docs/screenshots``.
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
from .tutor_server import TutorServer, tutor_server

pytestmark = [pytest.mark.browser, pytest.mark.long]

TEACHER = next(one for one in DEMO_ACCOUNTS if one.role == "TEACHER")


@pytest.fixture(scope="module")
def server() -> Iterator[TutorServer]:
    """The product on scripted engines."""
    with tutor_server("tests.scripted_settings") as running:
        yield running


@pytest.fixture(scope="module")
def browser(server: TutorServer) -> Iterator[Browser]:
    """A browser."""
    with chromium() as running:
        yield running


def looked_over(page: Page, name: str, folder: Path) -> None:
    """Try the page with axe and take its pictures."""
    page.set_viewport_size(VIEWPORTS["desktop"])
    assert accessibility_faults(page) == []
    photograph(page, name, folder)
    page.set_viewport_size(VIEWPORTS["desktop"])


def test_from_who_needs_help_to_a_drill_in_two_clicks(
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
    page.goto("/accounts/login/")
    page.get_by_label("E-mail address").fill(TEACHER.email)
    page.get_by_label("Password").fill(TEACHER.password)
    page.get_by_role("main").get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/*")
    page.goto("/classes/")
    page.get_by_role("link", name="Evening English").first.click()
    page.get_by_role("link", name="Insights").click()
    expect(page.get_by_text("Linh has not spoken for 16 days.")).to_be_visible()
    looked_over(page, "class-insights", folder)

    page.get_by_role("link", name="Mistakes", exact=True).click()
    looked_over(page, "class-mistakes", folder)
    page.get_by_role("link", name="Can-dos", exact=True).click()
    assert accessibility_faults(page) == []
    page.get_by_role("link", name="Sounds", exact=True).click()
    looked_over(page, "class-sounds", folder)

    # By keyboard: the first weak cell, then its first button.
    weak = page.locator("a.heat--weak").first
    weak.focus()
    weak.press("Enter")
    expect(page.get_by_role("heading", name="In their own words")).to_be_visible()
    looked_over(page, "class-cell", folder)
    page.get_by_role("button", name=re.compile("^For ")).first.click()
    page.wait_for_url(re.compile(r"/assignments/[0-9a-f-]{36}/"))
    expect(page.get_by_text("Saved. Learners see it now.")).to_be_visible()
    assert complaints == []
