"""Voices of tutors in a real browser: refused in words, added, heard, used, taken back.

On scripted engines, which understand English only: a Spanish voice goes unchecked.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.factories.tutor_voices import reading, wav

from .chromium import chromium
from .test_school_screens import _looked_over, _signed_in
from .tutor_server import TutorServer, tutor_server

pytestmark = [pytest.mark.browser, pytest.mark.long]


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


def _fill(page: Page, clip: Path, language: str) -> None:
    page.get_by_label("Who gives the voice").fill("Mara Weiss")
    page.get_by_label("Language", exact=True).select_option(language)
    page.get_by_label("Recording of the statement").set_input_files(clip)
    page.get_by_label("Who recorded it").fill("Tom Bauer")
    page.get_by_label("What the voice is called here").fill("Warm")
    page.get_by_label("This person is of age").check()
    page.get_by_role("button", name="Add it").click()


def test_a_manager_adds_uses_and_takes_back_a_voice(
    browser: Browser, server: TutorServer, tmp_path: Path
) -> None:
    clip = tmp_path / "me.wav"
    clip.write_bytes(wav(reading(8.0)))
    page = _signed_in(browser, server, "TEACHER")
    page.goto("/sessions/voices/add/")
    expect(page.get_by_role("button", name="Record it here")).to_be_visible()
    _looked_over(page, "tutor-voice-add", tmp_path)
    _fill(page, clip, "en")
    expect(page.locator("[data-error-code='voice.other_words']")).to_be_visible()
    _fill(page, clip, "es")
    expect(page.get_by_text("Unchecked")).to_be_visible()
    sound = page.request.get(page.locator("audio").get_attribute("src") or "")
    assert sound.headers["content-type"] == "audio/wav"
    _looked_over(page, "tutor-voices", tmp_path)
    page.get_by_role("button", name="Use this voice").click()
    expect(page.get_by_text("In use", exact=True)).to_be_visible()
    page.get_by_role("link", name="Take back").click()
    page.get_by_role("button", name="Delete it").click()
    expect(page.get_by_text("Revoked", exact=True)).to_be_visible()
    expect(page.locator("audio")).to_have_count(0)
