"""An administrator's morning in a real browser: figures, log, limits, somebody else's pages.

``UPDATE_SCREENSHOTS=1`` writes the pictures to ``docs/screenshots``.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tutorplatform.demo import DEMO_ACCOUNTS, DemoAccount

from .accessibility import accessibility_faults
from .chromium import chromium
from .test_live_screenshots import DOCS, VIEWPORTS, photograph
from .tutor_server import TutorServer, tutor_server

pytestmark = [pytest.mark.browser, pytest.mark.long]

ADMIN = next(one for one in DEMO_ACCOUNTS if one.role == "ADMIN")
LEARNER = DEMO_ACCOUNTS[0]
PAGES = {
    "figures-learning": "/operations/figures/learning/?range=90",
    "figures-outcomes": "/operations/figures/outcomes/?range=90",
    "figures-speed": "/operations/figures/speed/?range=90",
    "figures-machines": "/operations/figures/machines/?range=90",
    "limits": "/operations/limits/",
    "audit-log": "/operations/audit/?action=account",
    "switches": "/operations/switches/",
    "announcements": "/operations/announcements/",
    "site-settings": "/operations/settings/",
}


@pytest.fixture(scope="module")
def server() -> Iterator[TutorServer]:
    """The product on scripted engines."""
    with tutor_server(
        "tests.scripted_settings", TUTOR_CONCURRENT_SESSIONS="1"
    ) as running:
        yield running


@pytest.fixture(scope="module")
def browser(server: TutorServer) -> Iterator[Browser]:
    """A browser."""
    with chromium() as running:
        yield running


def signed_in(server: TutorServer, browser: Browser, who: DemoAccount) -> Page:
    """Return a page of somebody."""
    page = browser.new_context(base_url=server.url).new_page()
    page.set_viewport_size(VIEWPORTS["desktop"])
    page.goto("/accounts/login/")
    page.get_by_label("E-mail address").fill(who.email)
    page.get_by_label("Password").fill(who.password)
    page.get_by_role("main").get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/today/")
    return page


def test_an_administrators_morning(
    server: TutorServer, browser: Browser, tmp_path: Path
) -> None:
    folder = DOCS if os.environ.get("UPDATE_SCREENSHOTS") == "1" else tmp_path
    page = signed_in(server, browser, ADMIN)
    for name, address in PAGES.items():
        page.goto(address)
        assert accessibility_faults(page) == [], name
        photograph(page, name, folder)
    # On a phone the menu is a row that scrolls: the open page is in sight.
    place = page.locator(".ops__link[aria-current]").bounding_box()
    assert place is not None
    assert 0 <= place["x"] <= VIEWPORTS["phone"]["width"] - place["width"]
    page.set_viewport_size(VIEWPORTS["desktop"])

    # Somebody asks for help: look at their pages, for a reason.
    page.goto("/operations/see-as/")
    page.get_by_role("searchbox").fill(LEARNER.email)
    page.get_by_role("button", name="Search").click()
    page.get_by_role("link", name="See as").click()
    page.get_by_label("Why do you need to see their pages?").fill(
        "Asked by mail why a lesson is missing."
    )
    photograph(page, "see-as", folder)
    page.set_viewport_size(VIEWPORTS["desktop"])
    page.get_by_role("button", name="Begin").click()
    banner = page.get_by_role("region", name="You see the site as somebody else")
    expect(banner).to_contain_text(LEARNER.display_name)
    photograph(page, "see-as-banner", folder)
    page.set_viewport_size(VIEWPORTS["desktop"])
    page.goto("/memory/")
    expect(page.get_by_role("heading", level=1)).to_have_text("This page stays theirs")
    banner.get_by_role("button", name="Be yourself again").click()
    expect(banner).to_have_count(0)
    page.goto("/operations/audit/?action=impersonation")
    expect(page.get_by_text("Asked by mail why a lesson is missing.")).to_be_visible()

    page.goto("/operations/settings/")
    page.get_by_label("Address for help").fill("help@example.org")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("1 setting is changed.")).to_be_visible()
    expect(page.get_by_role("contentinfo")).to_contain_text("help@example.org")


def test_who_finds_all_places_taken_waits_and_goes_on(
    server: TutorServer, browser: Browser, tmp_path: Path
) -> None:
    folder = DOCS if os.environ.get("UPDATE_SCREENSHOTS") == "1" else tmp_path
    first = signed_in(server, browser, DEMO_ACCOUNTS[1])
    _begin(first)
    expect(first.locator("#live")).to_be_visible()
    second = signed_in(server, browser, LEARNER)
    _begin(second)
    waits = second.get_by_role("heading", name="All places are taken")
    expect(waits).to_be_visible()
    assert accessibility_faults(second) == []
    photograph(second, "talk-queue", folder)
    # The first one was only called, and leaves without having talked: a minute later the
    # place is given on.
    first.close()
    expect(second.locator("#live")).to_be_visible(timeout=90_000)


def _begin(page: Page) -> None:
    page.goto("/lessons/")
    page.evaluate(
        """() => {
            const form = document.createElement("form");
            form.method = "post";
            form.action = "/sessions/start/";
            form.append(document.querySelector("[name=csrfmiddlewaretoken]").cloneNode());
            document.body.append(form);
            form.submit();
        }"""
    )
    page.wait_for_url("**/sessions/*/")
