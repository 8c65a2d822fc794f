"""A teacher's week on the embedded default: a class, its list, work done by voice, marks.

Real recognition, scores, voice and language model; the learner's microphone plays what the
project's own voice said. ``UPDATE_SCREENSHOTS=1`` writes pictures to ``docs/screenshots``.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tutorplatform.demo import DEMO_ACCOUNTS

from .accessibility import accessibility_faults
from .chromium import chromium
from .test_live_screenshots import DOCS, photograph
from .test_live_talk import debug, turn, wait_for
from .test_live_talk import microphone as microphone  # noqa: PLC0414 its fixture
from .tutor_server import TutorServer, tutor_server

pytestmark = pytest.mark.browser

PATIENCE_S = 60.0
CLASS, WORK = "Monday group", "Something is wrong with my room"
ACCOUNTS = {account.display_name: account for account in DEMO_ACCOUNTS}
# As Excel saves it in western Europe, with one row that cannot be right.
ROSTER = (
    "Name;E-mail;First language\n"
    "Sofía;sofia@example.org;Spanish\n"
    "Inês Prado;ines@example.org;pt\n"
    "Broken;not-an-address;es\n"
).encode("cp1252")


@pytest.fixture(scope="module")
def server() -> Iterator[TutorServer]:
    """The product as it is served."""
    with tutor_server() as running:
        yield running


@pytest.fixture(scope="module")
def browser(
    server: TutorServer,
    microphone: Path,
) -> Iterator[Browser]:
    """A browser whose microphone says one sentence."""
    with chromium(microphone=microphone) as running:
        yield running


def test_from_the_class_to_the_gradebook(server: TutorServer, browser: Browser) -> None:
    complaints: list[str] = []
    teachers, teacher = _enters(browser, server, "Amara", complaints)
    _makes_a_class(teacher)
    _brings_a_list(teacher)
    _sets_work(teacher)

    learners, learner = _enters(browser, server, "Sofía", complaints)
    _lets_recordings_be_kept(learner)
    _does_the_work(learner)

    _hears_and_marks(teacher)
    _sees_the_mark(learner)
    _answers_the_comment(learner)
    _keeps_the_book(teacher)
    teachers.close()
    learners.close()
    assert complaints == []
    _is_written_down(server)


def _enters(
    browser: Browser, server: TutorServer, who: str, complaints: list[str]
) -> tuple[BrowserContext, Page]:
    account = ACCOUNTS[who]
    context = browser.new_context(base_url=server.url, permissions=["microphone"])
    page = context.new_page()
    page.on("pageerror", lambda error: complaints.append(f"{who}: {error}"))
    page.goto("/accounts/login/")
    page.get_by_label("E-mail address").fill(account.email)
    page.get_by_label("Password").fill(account.password)
    page.get_by_role("main").get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/today/")
    return context, page


def _document(page: Page, name: str) -> None:
    assert accessibility_faults(page) == []
    if os.environ.get("UPDATE_SCREENSHOTS") == "1":
        size = page.viewport_size
        photograph(page, name, DOCS)
        if size is not None:
            page.set_viewport_size(size)


def _makes_a_class(page: Page) -> None:
    page.get_by_role("link", name="Classes").click()
    page.get_by_role("link", name="Make a class").click()
    page.get_by_label("Name of the class").fill(CLASS)
    page.get_by_role("button", name="Make the class").click()
    page.get_by_role("heading", name=CLASS, level=1).wait_for()
    page.get_by_text("Nobody is here yet").wait_for()
    _document(page, "week-class")


def _brings_a_list(page: Page) -> None:
    """Two rows are right and one is not: nothing happens before that was seen."""
    page.get_by_role("link", name="Bring a list").first.click()
    roster = {"name": "class.csv", "mimeType": "text/csv", "buffer": ROSTER}
    page.get_by_label("Your list").set_input_files(roster)  # type: ignore[arg-type]
    page.get_by_role("button", name="Look at it").click()
    page.get_by_text("This is no e-mail address.").wait_for()
    _document(page, "week-list")
    page.get_by_label("Leave the faulty rows out").check()
    page.get_by_role("button", name="Take 2 rows in").click()
    page.get_by_role("link", name="Show the learners").click()
    expect(page.get_by_role("row", name=re.compile("Inês Prado"))).to_be_visible()
    expect(page.get_by_role("row", name=re.compile("Sofía"))).to_be_visible()


def _sets_work(page: Page) -> None:
    page.get_by_role("link", name="Assignments").click()
    page.get_by_role("link", name="Set work").first.click()
    page.get_by_role("link", name="The talk of a lesson").click()
    page.get_by_text(WORK).first.click()
    page.get_by_label("Minutes to speak").fill("")
    page.get_by_label("Rubric").select_option(label="Conversation")
    _document(page, "week-work")
    page.get_by_role("button", name="Publish").click()
    page.get_by_text("Learners see it now").wait_for()


def _lets_recordings_be_kept(page: Page) -> None:
    page.goto("/profile/")
    page.get_by_label("Keep recordings").check()
    page.get_by_role("button", name="Save my choice").first.click()
    page.get_by_text("From now on your recordings are kept.").wait_for()


def _does_the_work(page: Page) -> None:
    page.goto("/today/")
    page.get_by_role("link", name=WORK).first.click()
    page.get_by_role("heading", name=WORK, level=1).wait_for()
    page.get_by_role("button", name="Start talking").click()
    page.get_by_role("button", name="Join with microphone").click()
    wait_for(
        lambda: turn(page, 1).get("outcome") == "completed",
        "the tutor's answer",
        PATIENCE_S,
    )
    wait_for(lambda: not debug(page, "audio")["playing"], "the end of the answer")
    page.get_by_role("button", name="End", exact=True).click()
    page.get_by_role("button", name="End the talk").click()
    page.get_by_role("heading", name="Well talked.").wait_for()
    page.get_by_role("link", name="Hand in").click()
    page.get_by_role("button", name="Hand in").click()
    page.get_by_text("Your teacher will look at it.").first.wait_for()


def _hears_and_marks(page: Page) -> None:
    page.get_by_role("link", name="Review").last.click()
    page.get_by_role("link", name="Sofía").first.click()
    page.get_by_role("heading", name="Sofía", level=1).wait_for()
    page.get_by_role("button", name="Play", exact=True).click()
    page.wait_for_function(
        "[...document.querySelectorAll('audio')].some(a => a.currentTime > 0.2)"
        " || /0:0[1-9]/.test(document.querySelector('.player')?.innerText ?? '')"
    )
    page.get_by_role("button", name="Pause", exact=True).click()
    _document(page, "week-review")
    page.get_by_role("button", name="Comment").first.click()
    box = page.locator("[data-comment-form] textarea").first
    box.fill("Well said: bought, not buyed.")
    page.locator("[data-comment-form] button[type=submit]").first.click()
    page.get_by_text("Well said: bought, not buyed.").first.wait_for()
    page.get_by_label("Points").fill("88")
    page.get_by_label("Why").fill("She told a whole story.")
    page.get_by_role("button", name=re.compile("^Give back")).click()
    page.get_by_text("Given back").first.wait_for()


def _sees_the_mark(page: Page) -> None:
    page.goto("/work/")
    page.get_by_role("link", name=WORK).first.click()
    page.get_by_role("link", name="See mark and comments").click()
    expect(page.get_by_role("main")).to_contain_text(re.compile(r"88\s*(/|of)\s*100"))
    expect(page.get_by_role("main")).to_contain_text("Well said: bought, not buyed.")
    _document(page, "week-mark")


def _answers_the_comment(page: Page) -> None:
    page.locator("summary", has_text="Answer").first.click()
    page.get_by_label("Your answer").first.fill("Thank you!")
    page.get_by_role("button", name="Answer").first.click()
    page.get_by_text("Thank you!").first.wait_for()


def _keeps_the_book(page: Page) -> None:
    page.get_by_role("link", name="Classes").first.click()
    page.get_by_role("link", name=CLASS).click()
    page.get_by_role("link", name="Gradebook").click()
    row = page.get_by_role("row", name=re.compile("^Sofía"))
    expect(row).to_contain_text("88")
    expect(page.get_by_role("row", name=re.compile("^Inês"))).not_to_contain_text("88")
    _document(page, "week-gradebook")
    with page.expect_download() as download:
        page.get_by_role("link", name="CSV").click()
    table = download.value.path().read_text(encoding="utf-8-sig")
    assert re.search(r"Sof[ií]a.*\b88\b", table)


def _is_written_down(server: TutorServer) -> None:
    """Draft and mark are both kept, and who listened can be told afterwards."""
    kept = server.rows(
        "select s.state, s.points, s.draft_points is not null, m.way "
        "from coursework_submission s join coursework_markchange m "
        "on m.submission_id = s.id order by s.id desc limit 1"
    )
    assert kept[0][:2] == ("RETURNED", 88.0)
    actions = {row[0] for row in server.rows("select action from schools_auditentry")}
    assert {"submission.heard", "submission.returned"} <= actions, sorted(actions)
