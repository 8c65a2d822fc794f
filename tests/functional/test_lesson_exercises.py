"""The exercises of one lesson in a real browser, by keyboard, on scripted engines.

``UPDATE_SCREENSHOTS=1`` writes the pictures to ``docs/screenshots``.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import numpy as np
import pytest
import soundfile
from playwright.sync_api import Browser, Locator, Page, expect

from tutorplatform.demo import DEMO_ACCOUNTS

from .accessibility import accessibility_faults
from .chromium import chromium
from .test_live_screenshots import DOCS, VIEWPORTS, photograph
from .tutor_server import TutorServer, tutor_server

pytestmark = [pytest.mark.browser, pytest.mark.long]

LEARNER = DEMO_ACCOUNTS[0]
COURSE = "lessons/content/english-a1"
SHOWN = {"match", "minimal_pair"}


@pytest.fixture(scope="module")
def server() -> Iterator[TutorServer]:
    """The product on scripted engines, with a course of English."""
    with tutor_server("tests.sounds_settings") as running:
        running.manage("import_lessons", COURSE)
        yield running


@pytest.fixture(scope="module")
def browser(
    server: TutorServer, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Browser]:
    """A browser whose microphone hums for a while, then is quiet."""
    t = np.arange(16_000 * 2) / 16_000
    hum = 0.25 * np.sin(2 * np.pi * 220 * t) * (0.4 + 0.6 * np.abs(np.sin(10 * t)))
    path = tmp_path_factory.mktemp("microphone") / "hum.wav"
    sound = np.concatenate([hum, np.zeros(16_000 * 60)]).astype(np.float32)
    soundfile.write(path, sound, 16_000, subtype="PCM_16")
    with chromium(microphone=path) as running:
        yield running


class Learner:
    """Somebody at the page of the exercises, with a keyboard."""

    def __init__(self, page: Page, folder: Path) -> None:
        self.page = page
        self.folder = folder
        self.verdict = page.locator(".verdict")

    def title(self) -> str:
        return self.page.locator(".practice__title").inner_text()

    def check(self) -> None:
        self.page.get_by_role("button", name="Check").press("Enter")
        expect(self.verdict).to_be_visible()

    def go_on(self) -> None:
        expect(self.page.get_by_role("button", name="Next")).to_be_focused()
        self.page.keyboard.press("Enter")

    def photograph(self, name: str) -> None:
        photograph(self.page, f"exercises-{name}", self.folder)
        self.page.set_viewport_size(VIEWPORTS["desktop"])
        assert accessibility_faults(self.page) == []


def gap_fill(learner: Learner, data: dict[str, Any]) -> None:
    if "choices" not in data:
        learner.page.locator(".gap__input").press_sequentially(data["answer"])
        learner.page.keyboard.press("Enter")
        return
    shown = learner.page.get_by_role("radio")
    at = [shown.nth(n).input_value() for n in range(shown.count())].index(
        data["answer"]
    )
    learner.page.keyboard.press(str(at + 1))
    learner.page.keyboard.press("Enter")


def match(learner: Learner, data: dict[str, Any]) -> None:
    sides = [learner.page.locator(".match__side").nth(n) for n in (0, 1)]
    for left, right in data["pairs"]:
        for side, text in zip(sides, (left, right), strict=True):
            side.get_by_role("button", name=text, exact=True).press("Enter")
    learner.check()


def reorder(learner: Learner, data: dict[str, Any]) -> None:
    pool = learner.page.get_by_role("group", name="Pieces")
    pieces = data.get("pieces") or data["answer"].split()
    for piece in (*pieces[1:], pieces[0]):
        pool.get_by_role("button", name=piece, exact=True).first.press("Enter")
    # The first one came last: the arrow key takes it to the front.
    last = learner.page.locator(".order__line button").last
    last.focus()
    for _ in pieces:
        learner.page.keyboard.press("ArrowLeft")
    learner.check()


def transform(learner: Learner, data: dict[str, Any]) -> None:
    learner.page.get_by_role("main").get_by_role("textbox").fill(data["answer"])
    learner.page.keyboard.press("Enter")


def dictation(learner: Learner, data: dict[str, Any]) -> None:
    listen = learner.page.get_by_role("button", name="Listen")
    listen.press("Enter")
    expect(listen).not_to_have_attribute("aria-busy", "true")
    field = learner.page.get_by_role("main").get_by_role("textbox")
    field.fill(data["text"].upper())
    # What is written stays, whatever happens to the page.
    learner.page.reload()
    expect(learner.page.get_by_text("You go on where you were.")).to_be_visible()
    expect(field).to_have_value(data["text"].upper())
    field.press("Enter")


def minimal_pair(learner: Learner, data: dict[str, Any]) -> None:
    learner.page.get_by_role("button", name="Listen").press("Enter")
    learner.page.keyboard.press("1")
    learner.page.keyboard.press("Enter")
    expect(learner.verdict).to_be_visible()
    came = learner.page.locator(".pair__came").first
    learner.page.locator(".pair").get_by_role("button", name="Say it").first.press(
        "Enter"
    )
    expect(came).not_to_be_empty(timeout=30_000)
    learner.page.get_by_role("button", name="Next").focus()


def shadowing(learner: Learner, data: dict[str, Any]) -> None:
    learner.page.get_by_role("button", name="Say it").press("Enter")
    expect(
        learner.verdict.or_(learner.page.locator(".errorlist:not(:empty)"))
    ).to_be_visible(timeout=30_000)
    if learner.verdict.count() == 0:
        written(learner, data["text"])
        return
    learner.page.locator(".verdict .word-mark").first.press("Enter")
    expect(learner.page.locator("#word-panel")).to_be_visible()
    learner.page.keyboard.press("Escape")
    learner.page.get_by_role("button", name="Next").focus()


def written(learner: Learner, text: str) -> None:
    learner.page.get_by_role("button", name="I can't speak now").press("Enter")
    field = learner.page.get_by_role("main").get_by_role("textbox")
    expect(field).to_be_focused()
    learner.page.keyboard.insert_text(text)
    learner.page.keyboard.press("Enter")


def told(learner: Learner, data: dict[str, Any]) -> None:
    written(learner, data["example"])
    expect(learner.verdict).to_contain_text("One possible answer")


DO: dict[str, Callable[[Learner, dict[str, Any]], None]] = {
    "gap_fill": gap_fill,
    "match": match,
    "reorder": reorder,
    "transform": transform,
    "dictation": dictation,
    "minimal_pair": minimal_pair,
    "shadowing": shadowing,
    "read_aloud": shadowing,
    "spoken_answer": told,
    "picture_talk": told,
}


@pytest.fixture
def complaints() -> list[str]:
    """What the page's script complained of."""
    return []


def _sign_in(browser: Browser, server: TutorServer, complaints: list[str]) -> Page:
    context = browser.new_context(base_url=server.url, permissions=["microphone"])
    page = context.new_page()
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.set_viewport_size(VIEWPORTS["desktop"])
    page.goto("/accounts/login/")
    page.get_by_label("E-mail address").fill(LEARNER.email)
    page.get_by_label("Password").fill(LEARNER.password)
    page.get_by_role("main").get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/today/")
    return page


def _exercises(server: TutorServer) -> tuple[str, dict[str, dict[str, Any]]]:
    rows = server.rows(
        "SELECT l.uuid, e.uuid, e.type, e.data FROM lessons_exercise e"
        " JOIN lessons_lesson l ON l.id = e.lesson_id WHERE l.key = 'who-is-that'"
        " ORDER BY e.position"
    )
    lesson = str(UUID(rows[0][0]))
    found = {
        str(UUID(uuid)): {"type": type_, **json.loads(data)}
        for _lesson, uuid, type_, data in rows
    }
    return f"/sessions/lessons/{lesson}/exercises/", found


def test_a_lesson_by_keyboard(
    server: TutorServer, browser: Browser, complaints: list[str], tmp_path: Path
) -> None:
    folder = DOCS if os.environ.get("UPDATE_SCREENSHOTS") == "1" else tmp_path
    page = _sign_in(browser, server, complaints)
    learner = Learner(page, folder)
    address, exercises = _exercises(server)
    page.goto(address)
    tasks = json.loads(page.locator("#page-data").inner_text())["tasks"]
    assert len(tasks) == len(exercises)

    # The first one goes wrong, with a reason; it comes again at the end.
    first = tasks[0]
    answer: Locator = page.locator(".gap__input")
    if first["choices"]:
        wrong = next(
            n for n, choice in enumerate(first["choices"])
            if choice != exercises[first["exercise"]]["answer"]
        )  # fmt: skip
        page.keyboard.press(str(wrong + 1))
    else:
        answer.press_sequentially("elephant")
    page.keyboard.press("Enter")
    expect(learner.verdict).to_have_class(re.compile("verdict--wrong"))
    expect(learner.verdict).to_contain_text("It comes once more at the end.")
    learner.go_on()

    for task in tasks[1:]:
        data = exercises[task["exercise"]]
        expect(page.locator(".practice__title")).to_have_text(task["title"])
        expect(learner.verdict).to_have_count(0)
        if task["kind"] == "talk":
            page.get_by_role("button", name="Not now").press("Enter")
            continue
        if data["type"] == "picture_talk":
            expect(page.get_by_role("img", name=task["pictureAlt"])).to_be_visible()
            learner.photograph("picture")
        DO[data["type"]](learner, data)
        expect(learner.verdict).to_be_visible(timeout=15_000)
        if data["type"] in SHOWN:
            learner.photograph(data["type"].replace("_", "-"))
            page.get_by_role("button", name="Next").focus()
        learner.go_on()

    # Once more what was wrong, perhaps also what the microphone hummed.
    while page.locator("#summary").is_hidden():
        uuid = page.evaluate("document.querySelector('#progress-words').textContent")
        assert uuid == "Once more"
        if learner.title() == first["title"]:
            gap_fill(learner, exercises[first["exercise"]])
            expect(learner.verdict).to_have_class(re.compile("verdict--right"))
            learner.go_on()
        else:
            page.get_by_role("button", name="Not now").press("Enter")
    expect(page.get_by_role("heading", name="The exercises are done")).to_be_focused()
    expect(page.get_by_role("heading", name="Left for later")).to_be_visible()
    learner.photograph("end")

    # What was left: the talk, which begins from here.
    page.get_by_role("button", name="Do these now").press("Enter")
    page.get_by_role("button", name="Start the talk").press("Enter")
    page.wait_for_url(re.compile(r"/sessions/[0-9a-f-]{36}/$"))
    page.context.close()
    assert complaints == []
    outcomes = dict(
        server.rows("SELECT outcome, count(*) FROM learners_lessonattempt GROUP BY 1")
    )
    assert outcomes["right"] >= 6
    assert outcomes["wrong"] >= 1
