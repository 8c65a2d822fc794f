"""Every page of the site in a real browser: usable, and photographed.

``UPDATE_SCREENSHOTS=1`` writes the pictures to ``docs/screenshots``.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from playwright.sync_api import Browser, Page, sync_playwright
from pytest_django.live_server_helper import LiveServer

from lessons.models import Lesson
from tutorplatform.demo import DEMO_ACCOUNTS

from .accessibility import accessibility_faults
from .test_live_screenshots import VIEWPORTS, looks

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

DOCS = Path(__file__).parents[2] / "docs/screenshots"
MAX_BYTES = 150_000
VISITOR = next(account for account in DEMO_ACCOUNTS if account.l1 == "es")

# Elements that can be filled in but that nothing names.
UNLABELLED = """() => [...document.querySelectorAll(
  'input:not([type=hidden]), select, textarea, button, a, summary')].filter(e =>
    !(e.labels && e.labels.length) && !e.getAttribute('aria-label')
    && !e.textContent.trim()).map(e => e.outerHTML)"""
# Whether the element with the focus shows it, itself or through what holds it.
FOCUS_SHOWN = """() => { for (let e = document.activeElement; e; e = e.parentElement)
  if (getComputedStyle(e).outlineStyle !== 'none') return true; return false; }"""
OVERFLOW = "() => document.documentElement.scrollWidth - window.innerWidth"


@dataclass(frozen=True)
class Site:
    """A served demo and the addresses of its pages."""

    url: str
    open_pages: dict[str, str]
    learner_pages: dict[str, str]


@pytest.fixture
def site(live_server: LiveServer) -> Site:
    """Serve the demo."""
    call_command("seed_demo", "--force", stdout=StringIO())
    lesson = Lesson.objects.select_related("course").get(
        key="something-is-wrong", course__school=None
    )
    return Site(
        url=live_server.url,
        open_pages={
            "home": "/",
            "sign-in": "/accounts/login/",
            "sign-up": "/accounts/signup/",
        },
        learner_pages={
            "today": "/today/",
            "courses-before": "/lessons/",
            "phrasebook-empty": "/phrasebook/",
            "course": f"/lessons/courses/{lesson.course.uuid}/",
            "lesson": f"/lessons/{lesson.uuid}/",
            "profile": "/profile/",
        },
    )


@pytest.fixture
def browser(site: Site) -> Iterator[Browser]:
    """Start Chromium after the data is there: its event loop forbids database calls."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"),
            args=[
                "--no-sandbox",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
            ],
        )
        yield browser
        browser.close()


def _check(page: Page) -> None:
    """Assert what every page owes to everybody."""
    assert page.locator("h1").count() == 1
    assert page.evaluate(UNLABELLED) == []
    assert page.evaluate(OVERFLOW) <= 0
    assert page.locator("html").get_attribute("lang") == "en"
    assert accessibility_faults(page) == []
    for _ in range(6):
        page.keyboard.press("Tab")
        assert page.evaluate(FOCUS_SHOWN), page.evaluate(
            "document.activeElement.outerHTML"
        )


def _photograph(page: Page, path: Path) -> None:
    page.evaluate("document.activeElement.blur(); window.scrollTo(0, 0)")
    page.evaluate("document.fonts.ready")
    path.parent.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=path)
    assert path.stat().st_size < MAX_BYTES


@pytest.mark.parametrize(("device", "theme"), looks())
def test_every_page_is_usable(
    site: Site, browser: Browser, tmp_path: Path, device: str, theme: str
) -> None:
    folder = DOCS if os.environ.get("UPDATE_SCREENSHOTS") == "1" else tmp_path
    context = browser.new_context(
        base_url=site.url,
        viewport=VIEWPORTS[device],
        color_scheme="dark" if theme == "dark" else "light",
        reduced_motion="reduce",
    )
    page = context.new_page()
    complaints: list[str] = []
    page.on(
        "console",
        lambda line: complaints.append(line.text) if line.type == "error" else None,
    )

    def visit(pages: dict[str, str]) -> None:
        for name, address in pages.items():
            page.goto(address)
            _check(page)
            _photograph(page, folder / f"{name}-{device}-{theme}.png")

    visit(site.open_pages)
    page.goto("/accounts/login/")
    page.get_by_label("E-mail address").fill(VISITOR.email)
    page.get_by_label("Password").fill(VISITOR.password)
    page.get_by_role("main").get_by_role("button", name="Sign in").click()
    page.get_by_role("heading", name=VISITOR.display_name, level=1).wait_for()
    visit(site.learner_pages)
    assert complaints == []
    context.close()


def test_the_menu_opens_by_keyboard_and_signs_out(site: Site, browser: Browser) -> None:
    page = browser.new_page(base_url=site.url)
    page.goto("/accounts/login/")
    page.get_by_label("E-mail address").fill(VISITOR.email)
    page.get_by_label("Password").fill(VISITOR.password)
    page.keyboard.press("Enter")
    page.wait_for_url("**/today/")
    page.locator("summary.menu__toggle").focus()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Sign out").click()
    page.get_by_text("You are signed out").wait_for()
    assert page.url.rstrip("/") == site.url
    page.close()
