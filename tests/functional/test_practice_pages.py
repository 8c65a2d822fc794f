"""Practice in a real browser, by keyboard and by touch, and a teacher who looks it over.

On scripted engines whose scorer knows real phonemes. ``UPDATE_SCREENSHOTS=1`` writes the
pictures to ``docs/screenshots``.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import soundfile
from playwright.sync_api import Browser, Page, expect

from tutorplatform.demo import DEMO_ACCOUNTS

from .chromium import chromium
from .test_live_screenshots import DOCS, VIEWPORTS, photograph
from .test_site_screenshots import FOCUS_SHOWN, UNLABELLED
from .tutor_server import TutorServer, tutor_server

pytestmark = [pytest.mark.browser, pytest.mark.long]

LEARNER = DEMO_ACCOUNTS[0]
TEACHER = next(one for one in DEMO_ACCOUNTS if one.role == "TEACHER")
SENTENCE = ["My", "sister", "works", "in a bank", "near here."]


@pytest.fixture(scope="module")
def server() -> Iterator[TutorServer]:
    """The product on scripted engines."""
    with tutor_server("tests.sounds_settings") as running:
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


@pytest.fixture
def complaints() -> list[str]:
    """What the pages' scripts complained of."""
    return []


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where pictures go."""
    return DOCS if os.environ.get("UPDATE_SCREENSHOTS") == "1" else tmp_path


def _page(
    browser: Browser, server: TutorServer, email: str, complaints: list[str]
) -> Page:
    context = browser.new_context(base_url=server.url, permissions=["microphone"])
    page = context.new_page()
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.set_viewport_size(VIEWPORTS["desktop"])
    page.goto("/accounts/login/")
    page.get_by_label("E-mail address").fill(email)
    page.get_by_label("Password").fill(LEARNER.password)
    page.get_by_role("main").get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/today/")
    return page


def _check(page: Page) -> None:
    assert page.locator("h1").count() == 1
    assert page.evaluate(UNLABELLED) == []
    for _ in range(2):
        page.keyboard.press("Tab")
        assert page.evaluate(FOCUS_SHOWN)


def _task(page: Page, title: str) -> None:
    """Go on to an exercise of this kind, leaving others for later."""
    for _ in range(8):
        if page.locator(".practice__title").inner_text() == title:
            return
        page.get_by_role("button", name="Not now").click()
    raise AssertionError(f"there is no exercise {title!r}")


def test_a_learner_practises(
    server: TutorServer, browser: Browser, complaints: list[str], folder: Path
) -> None:
    page = _page(browser, server, LEARNER.email, complaints)
    page.get_by_role("link", name="Practise your own sentences").click()
    verdict = page.locator(".verdict")

    # By keyboard alone: choose wrongly, read why, go on.
    _task(page, "Which word belongs in the gap?")
    photograph(page, "practice", folder)
    page.set_viewport_size(VIEWPORTS["desktop"])
    page.get_by_role("button", name="Hint").press("Enter")
    expect(page.get_by_text("What it is about: Articles.")).to_be_visible()
    page.get_by_role("radio", name="an", exact=True).focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    expect(verdict).to_have_class(re.compile("verdict--wrong"))
    expect(verdict).to_contain_text("I want to buy an umbrella for her.")
    photograph(page, "practice-verdict", folder)
    next_button = page.get_by_role("button", name="Next")
    expect(next_button).to_be_focused()
    page.keyboard.press("Enter")

    _task(page, "Which word do you hear?")
    page.get_by_role("button", name="Listen").click()
    expect(page.locator("[aria-busy]")).to_have_count(0)
    page.get_by_role("radio", name="sink").check()
    page.get_by_role("button", name="Check").click()
    expect(verdict).to_be_visible()
    page.get_by_role("button", name="think").click()
    next_button.click()

    _task(page, "Put the pieces in order")
    pool = page.get_by_role("group", name="Pieces")
    pool.get_by_role("button", name=SENTENCE[1], exact=True).press("Enter")
    page.keyboard.press("Backspace")
    for piece in SENTENCE:
        pool.get_by_role("button", name=piece, exact=True).press("Enter")
    page.get_by_role("button", name="Check").click()
    expect(verdict).to_have_class(re.compile("verdict--right"))
    next_button.click()

    _task(page, "Which word means this?")
    answer = page.get_by_label("Your answer")
    answer.fill("cofee")
    answer.press("Enter")
    expect(verdict).to_have_class(re.compile("verdict--nearly"))
    expect(verdict).to_contain_text("coffee")
    next_button.click()

    # Said along: what was heard is not the sentence, and each word opens its panel.
    _task(page, "Listen, then say it with the voice")
    page.get_by_role("button", name="Say it").click()
    expect(verdict).to_be_visible(timeout=30_000)
    expect(verdict).to_contain_text("I heard: I think it is going to rain")
    page.locator(".verdict .word-mark").first.click()
    expect(page.locator("#word-panel")).to_be_visible()
    page.keyboard.press("Escape")
    photograph(page, "practice-said", folder)
    page.set_viewport_size(VIEWPORTS["desktop"])
    next_button.click()

    _task(page, "Play this with your tutor")
    expect(page.get_by_role("button", name="Start the talk")).to_be_visible()
    page.get_by_role("button", name="Not now").click()

    # What went wrong comes once more; then the end.
    _task(page, "Which word belongs in the gap?")
    page.get_by_role("radio", name="an", exact=True).check()
    page.keyboard.press("Enter")
    expect(verdict).to_have_class(re.compile("verdict--right"))
    next_button.click()
    for _ in range(3):
        if page.locator("#summary").is_hidden():
            page.get_by_role("button", name="Not now").click()
    expect(page.get_by_role("heading", name="Done for now")).to_be_focused()
    photograph(page, "practice-done", folder)
    _check(page)
    page.context.close()
    assert complaints == []
    outcomes = dict(
        server.rows(
            "SELECT outcome, count(*) FROM learners_exerciseattempt GROUP BY outcome"
        )
    )
    assert outcomes["wrong"] >= 1
    assert outcomes["right"] >= 2


def test_a_role_play_leads_into_its_talk(
    server: TutorServer, browser: Browser, complaints: list[str]
) -> None:
    page = _page(browser, server, LEARNER.email, complaints)
    page.goto("/sessions/practice/")
    _task(page, "Play this with your tutor")
    page.get_by_role("button", name="Start the talk").click()
    page.wait_for_url(re.compile(r"/sessions/[0-9a-f-]{36}/"))
    page.context.close()
    assert complaints == []


def test_a_teacher_looks_exercises_over(
    server: TutorServer, browser: Browser, complaints: list[str], folder: Path
) -> None:
    page = _page(browser, server, TEACHER.email, complaints)
    page.locator("summary.menu__toggle").click()
    page.get_by_role("link", name="Exercises to look at").click()
    page.wait_for_load_state()
    photograph(page, "exercises", folder)
    _check(page)
    page.set_viewport_size(VIEWPORTS["desktop"])

    page.get_by_role("link", name="We ___ to the cinema last night.").click()
    page.wait_for_load_state()
    photograph(page, "exercise-edit", folder)
    _check(page)
    page.set_viewport_size(VIEWPORTS["desktop"])
    page.get_by_label("Choices").fill("went")
    page.get_by_role("button", name="Save only").click()
    expect(page.get_by_text("Wants two to five different choices.")).to_be_visible()

    page.get_by_label("Choices").fill("went\ngoed")
    page.get_by_role("button", name="Show as edited").click()
    page.get_by_role("radio", name="goed").check()
    page.get_by_role("button", name="Check").click()
    expect(page.locator(".verdict")).to_have_class(re.compile("verdict--wrong"))

    page.get_by_role("button", name="Save and approve").click()
    expect(page.get_by_text("Approved.")).to_be_visible()
    page.context.close()
    assert complaints == []
    (state,) = server.rows(
        "SELECT state FROM learners_exerciseitem"
        " WHERE data LIKE '%to the cinema%' AND kind = 'gap_fill'"
    )
    assert state == ("APPROVED",)
