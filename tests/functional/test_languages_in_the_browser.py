"""Pages in other languages: long words fit a phone, scripts speak along, both directions.

``LANGUAGE_PICTURES=folder`` keeps pictures of them, to be looked at.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from playwright.sync_api import Browser, Page, ViewportSize, expect
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from lessons.models import Lesson
from tutorplatform.demo import DEMO_ACCOUNTS

from .chromium import chromium

pytestmark = [
    pytest.mark.browser,
    pytest.mark.long,
    pytest.mark.django_db(transaction=True),
]

PHONE: ViewportSize = {"width": 360, "height": 760}
LEARNER = DEMO_ACCOUNTS[1]
OVERFLOW = "() => document.documentElement.scrollWidth - window.innerWidth"
# Whose text sticks out of them, or that stick out of the page: too long a word.
CUT = """() => [...document.querySelectorAll('h1, h2, h3, p, a, button, label, summary')]
  .filter(e => e.offsetParent && !e.closest('.visually-hidden, .skip-link')
    && !e.querySelector('.visually-hidden')
    && getComputedStyle(e).overflowX !== 'auto'
    && (e.scrollWidth > e.clientWidth + 1 && getComputedStyle(e).display !== 'inline'
      || e.getBoundingClientRect().right > innerWidth + 1
      || e.getBoundingClientRect().left < -1))
  .map(e => e.outerHTML.slice(0, 200))"""


@pytest.fixture
def site(live_server: LiveServer) -> str:
    """Serve the demo; return its address."""
    call_command("seed_demo", "--force", stdout=StringIO())
    return live_server.url


@pytest.fixture
def lesson(site: str) -> str:
    """Return the address of a lesson, before a browser forbids asking the database."""
    lesson = Lesson.objects.get(key="something-is-wrong", course__school=None)
    return f"/lessons/{lesson.uuid}/"


@pytest.fixture
def browser(lesson: str) -> Iterator[Browser]:
    """Start Chromium after the data is there."""
    with chromium() as browser:
        yield browser


def _signed_in(browser: Browser, site: str, locale: str) -> Page:
    context = browser.new_context(base_url=site, viewport=PHONE, locale=locale)
    page = context.new_page()
    page.goto("/accounts/login/")
    page.locator("[name=login]").fill(LEARNER.email)
    page.locator("[name=password]").fill(LEARNER.password)
    page.locator("[name=password]").press("Enter")
    page.wait_for_url("**/today/")
    return page


def _look(page: Page, name: str) -> None:
    assert page.evaluate(OVERFLOW) <= 0, f"{name} is wider than a phone"
    assert page.evaluate(CUT) == [], f"words of {name} are cut"
    if folder := os.environ.get("LANGUAGE_PICTURES"):
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


@pytest.mark.parametrize("locale", ["de", "ja"])
def test_pages_and_their_scripts_speak_the_readers_language(
    site: str, lesson: str, browser: Browser, locale: str
) -> None:
    page = _signed_in(browser, site, locale)
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    for address in (
        "/today/", "/lessons/", lesson, "/profile/", "/sessions/read-aloud/",
        "/sessions/device-check/", "/sessions/reviews/", "/progress/",
    ):  # fmt: skip
        answer = page.goto(address)
        assert answer is not None
        assert answer.status == 200, address
        lang = page.locator("html").get_attribute("lang")
        assert lang == locale
        _look(page, f"{locale}{address.replace('/', '-')[:20]}")
    page.goto("/sessions/read-aloud/")
    # A text that only the script writes.
    expect(page.locator("#record-label")).not_to_have_text("Record")
    assert complaints == []
    page.context.close()


def test_pages_read_from_right_to_left(
    site: str, lesson: str, browser: Browser, settings: Settings
) -> None:
    settings.LANGUAGES = [*settings.LANGUAGES, ("ar", "العربية")]
    page = _signed_in(browser, site, "ar")
    for address in ("/today/", lesson, "/profile/", "/sessions/read-aloud/"):
        page.goto(address)
        assert page.locator("html").get_attribute("dir") == "rtl"
        box = page.locator("h1").bounding_box()
        assert box is not None
        assert box["x"] + box["width"] > PHONE["width"] / 2
        _look(page, f"rtl{address.replace('/', '-')[:20]}")
    page.context.close()
