"""Lessons of the mouth: from a marked word, as a page, and as the page of a sound.

``UPDATE_SCREENSHOTS=1`` writes the pictures to ``docs/screenshots``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from .chromium import chromium
from .test_live_screenshots import VIEWPORTS, photograph
from .test_live_talk import wait_for
from .test_sounds_pages import _folder, _microphone, _page, _read
from .tutor_server import TutorServer, tutor_server

pytestmark = [pytest.mark.browser, pytest.mark.long]

TEXT = "I think it is going to rain this afternoon, so take an umbrella with you."


@pytest.fixture(scope="module")
def server() -> Iterator[TutorServer]:
    """The product on scripted engines whose voice says real phonemes."""
    with tutor_server("tests.mouth_settings") as running:
        yield running


def _tongue(place: Locator | Page) -> str:
    return place.locator(".mouth__tongue").get_attribute("d") or ""


def _settles(page: Page, place: Locator | Page) -> str:
    """Wait until the tongue stands still; return its outline."""
    seen = [""]

    def is_still() -> bool:
        seen.append(_tongue(place))
        page.wait_for_timeout(120)
        return seen[-1] == seen[-2] != ""

    wait_for(is_still, "a tongue that stands still")
    return seen[-1]


def test_a_word_is_compared_in_slow_motion(server: TutorServer, tmp_path: Path) -> None:
    complaints: list[str] = []
    folder = _folder(tmp_path)
    with chromium(microphone=_microphone(tmp_path, 0)) as browser:
        page = _page(browser, server, complaints)
        page.goto("/sessions/read-aloud/")
        page.get_by_label("Text to read").fill(TEXT)
        _read(page)
        page.get_by_role("button", name="think, work on this").click()
        panel = page.get_by_role("dialog", name="think").first
        panel.get_by_role("button", name="See how the mouth makes it").click()
        lesson = page.locator(".lesson-dialog")
        expect(lesson.get_by_text("/θɪŋk/")).to_be_visible(timeout=20_000)
        expect(lesson.get_by_text("What differs: s instead of θ.")).to_be_visible()
        expect(lesson.get_by_text("between your teeth and blow")).to_be_visible()
        expect(lesson.locator(".tracks__lane")).to_have_count(2)
        lesson.get_by_label("Names of the parts").check()
        between = _settles(page, lesson)
        photograph(page, "mouth-lesson", folder)
        page.set_viewport_size(VIEWPORTS["desktop"])

        # Arrow keys step; the tongue goes where the sound is made.
        lesson.locator(".chip-sound").first.focus()
        page.keyboard.press("End")
        expect(lesson.get_by_text("to the soft palate, then let go")).to_be_visible()
        assert _settles(page, lesson) != between

        # A quarter of the speed moves picture and line along together.
        lesson.locator("label", has_text="¼").click()
        lesson.get_by_role("button", name="Loop").click()
        lesson.get_by_role("button", name="Play").click()
        line = lesson.locator(".tracks__cursor")
        places = {line.get_attribute("style")}
        tongues = {_tongue(lesson)}
        for _ in range(12):
            page.wait_for_timeout(100)
            places.add(line.get_attribute("style"))
            tongues.add(_tongue(lesson))
        assert min(len(places), len(tongues)) > 4
        expect(lesson.locator(".chip-sound--now")).to_have_count(1, timeout=10_000)
        lesson.get_by_role("button", name="Stop").click()
        page.keyboard.press("Escape")
        expect(lesson).to_be_hidden()
        expect(panel).to_be_visible()
        page.context.close()
    assert complaints == []


def test_pages_of_words_and_sounds(server: TutorServer, tmp_path: Path) -> None:
    complaints: list[str] = []
    folder = _folder(tmp_path)
    with chromium(microphone=_microphone(tmp_path, 0)) as browser:
        page = _page(browser, server, complaints)
        page.goto("/sessions/mouth/")
        page.get_by_label("Word").fill("three")
        page.get_by_role("button", name="Show it").click()
        expect(page.locator(".lesson__ipa")).to_have_text("/θɹi/", timeout=20_000)
        expect(page.get_by_text("as you chose in your profile")).to_be_visible()
        page.get_by_role("button", name="Say it now").click()
        expect(page.locator(".tracks__lane")).to_have_count(2, timeout=30_000)

        page.locator("a.sound-tile", has_text="ŋ").click()
        expect(page.get_by_text("The hum goes out through your nose")).to_be_visible(
            timeout=20_000
        )
        _settles(page, page)
        photograph(page, "mouth-sound", folder)
        page.set_viewport_size(VIEWPORTS["desktop"])
        word = page.locator("a[data-word]").nth(1)
        word.click()
        expect(word).to_have_attribute("aria-current", "true")
        expect(page.locator("#lesson-word")).to_have_text(word.inner_text())

        # Another language that is taught has its own sounds, and a voice.
        page.goto("/sessions/mouth/sounds/y/?language=fr")
        expect(page.locator(".chip-sound")).not_to_have_count(0)
        page.get_by_role("button", name="Play").click()
        expect(page.locator(".chip-sound--now")).to_have_count(1, timeout=10_000)
        expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("^y "))
        page.context.close()
    assert complaints == []
