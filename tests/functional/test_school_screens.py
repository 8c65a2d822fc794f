"""Schools and classes in a real browser: made, filled by code and by list, looked after.

On scripted engines. ``UPDATE_SCREENSHOTS=1`` writes the pictures to ``docs/screenshots``.
"""

from __future__ import annotations

import os
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

PEOPLE = {account.role: account for account in DEMO_ACCOUNTS}
LEARNER = DEMO_ACCOUNTS[1]
LIST = (
    "E-Mail;Name;Muttersprache;Niveau;Klasse\n"
    "ana@example.org;Ana Silva;Portugiesisch;A2;\n"
    "bo@example.org;Bo Lind;Schwedisch;B1;\n"
    "chen@example.org;Chen Yu;zh;A1;\n"
    "sofia@example.org;Sofía;es;B1;\n"
    "dana@example;Dana;;;\n"
    "=1+1;Eve;;Z9;\n"
)


@pytest.fixture(scope="module")
def server() -> Iterator[TutorServer]:
    """The product on scripted engines, with the demo's school."""
    with tutor_server("tests.scripted_settings") as running:
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


def _signed_in(browser: Browser, server: TutorServer, role: str) -> Page:
    account = LEARNER if role == "LEARNER" else PEOPLE[role]
    page = browser.new_context(base_url=server.url).new_page()
    page.set_viewport_size(VIEWPORTS["desktop"])
    page.goto("/accounts/login/")
    page.get_by_label("E-mail address").fill(account.email)
    page.get_by_label("Password").fill(account.password)
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


def test_a_teacher_makes_a_class_and_fills_it(
    server: TutorServer, browser: Browser, folder: Path, tmp_path: Path
) -> None:
    page = _signed_in(browser, server, "TEACHER")
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.get_by_role("link", name="Classes", exact=True).click()
    _looked_over(page, "class-list", folder)

    page.get_by_role("link", name="Make a class").click()
    page.get_by_label("Name of the class").fill("Morning English")
    page.get_by_role("button", name="Make the class").click()
    expect(page.get_by_role("heading", name="Nobody is here yet")).to_be_visible()
    page.get_by_role("button", name="Make a code").click()
    code = page.locator(".invite__code").inner_text()
    expect(page.get_by_role("button", name="Copy the link")).to_be_visible()
    _looked_over(page, "class-empty", tmp_path)

    learner = _signed_in(browser, server, "LEARNER")
    learner.goto("/join/")
    _looked_over(learner, "class-join", folder)
    learner.get_by_label("Code of your class").fill(code.lower().replace("-", " "))
    learner.get_by_role("button", name="Go on").click()
    _looked_over(learner, "class-join-who", folder)
    learner.get_by_role("button", name="Join the class").click()
    expect(learner.get_by_text("Welcome to Morning English.")).to_be_visible()

    page.get_by_role("link", name="Bring a list").first.click()
    _looked_over(page, "roster-upload", tmp_path)
    page.get_by_label("Your list").set_input_files(
        {"name": "8b.csv", "mimeType": "text/csv", "buffer": LIST.encode("cp1252")}
    )
    page.get_by_role("button", name="Look at it").click()
    expect(page.get_by_role("heading", name="6 rows in your list")).to_be_visible()
    _looked_over(page, "roster-preview", folder)
    page.get_by_label("Leave the faulty rows out").check()
    page.get_by_role("button", name="Take 4 rows in").click()
    expect(page.get_by_role("heading", name="Your list is taken in")).to_be_visible()
    _looked_over(page, "roster-done", tmp_path)
    page.get_by_role("link", name="Show the learners").click()
    expect(page.get_by_role("row")).to_have_count(5)
    _looked_over(page, "class-learners", folder)
    page.get_by_role("link", name="Sofía").click()
    _looked_over(page, "class-learner", folder)
    page.get_by_role("link", name="Settings", exact=True).click()
    _looked_over(page, "class-settings", folder)
    assert complaints == []


def test_a_school_is_looked_after(
    server: TutorServer, browser: Browser, folder: Path, tmp_path: Path
) -> None:
    page = _signed_in(browser, server, "ADMIN")
    page.goto("/schools/")
    _looked_over(page, "school-list", tmp_path)
    page.get_by_role("link", name="Riverside School").click()
    _looked_over(page, "school-people", folder)
    page.get_by_role("link", name="Amara").click()
    _looked_over(page, "school-member", tmp_path)
    for tab in ("Classes", "Terms", "Rules"):
        page.locator(".tabs").get_by_role("link", name=tab).click()
        _looked_over(
            page, f"school-{tab.lower()}", folder if tab == "Rules" else tmp_path
        )
