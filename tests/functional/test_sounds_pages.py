"""Sounds in the pages: marks under words, the panel of a word, reading aloud.

The scorer knows real phonemes and finds scripted words wrong. ``UPDATE_SCREENSHOTS=1``
writes the pictures to ``docs/screenshots``.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import soundfile
from playwright.sync_api import Browser, Locator, Page, expect

from inference.types.assessment import AssessmentOutcome
from sessions.turns.messages import ASSESSMENT_MESSAGES

from .chromium import chromium
from .test_live_screenshots import DOCS, VIEWPORTS, photograph
from .test_live_talk import debug, sign_in, turn, wait_for
from .tutor_server import TutorServer, tutor_server

pytestmark = [pytest.mark.browser, pytest.mark.long]

TEXT = "I think it is going to rain this afternoon, so take an umbrella with you."
OPENING_S = 14
# Counts the sounds that light up from now on.
WATCH_LIT = """() => {
  window.lit = 0;
  window.litWatch?.disconnect();
  window.litWatch = new MutationObserver(changes => {
    window.lit += changes.filter(
      change => change.target.classList.contains("chip-sound--now")
    ).length;
  });
  window.litWatch.observe(
    document.body, {subtree: true, attributes: true, attributeFilter: ["class"]}
  );
}"""


@pytest.fixture(scope="module")
def server() -> Iterator[TutorServer]:
    """The product on scripted engines whose scorer knows real phonemes."""
    with tutor_server("tests.sounds_settings") as running:
        yield running


def _microphone(folder: Path, quiet_s: float) -> Path:
    """A hum that swells like syllables, after a time of quiet."""
    t = np.arange(16_000 * 3) / 16_000
    hum = 0.25 * np.sin(2 * np.pi * 220 * t)
    hum *= 0.4 + 0.6 * np.abs(np.sin(2 * np.pi * 1.7 * t))
    quiet, after = np.zeros(round(16_000 * quiet_s)), np.zeros(16_000 * 60)
    path = folder / "hum.wav"
    sound = np.concatenate([quiet, hum, after]).astype(np.float32)
    soundfile.write(path, sound, 16_000, subtype="PCM_16")
    return path


@pytest.fixture
def complaints() -> list[str]:
    """What the pages' scripts complained of."""
    return []


def _page(browser: Browser, server: TutorServer, complaints: list[str]) -> Page:
    context = browser.new_context(base_url=server.url, permissions=["microphone"])
    page = context.new_page()
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on(
        "console",
        lambda line: complaints.append(line.text) if line.type == "error" else None,
    )
    page.set_viewport_size(VIEWPORTS["desktop"])
    sign_in(page)
    return page


def _folder(tmp_path: Path) -> Path:
    return DOCS if os.environ.get("UPDATE_SCREENSHOTS") == "1" else tmp_path


def _read(page: Page) -> None:
    page.locator("#record").click()
    expect(page.locator("#record-label")).to_have_text("Stop", timeout=15_000)
    page.wait_for_timeout(1500)
    page.locator("#record").click()
    expect(page.locator("#record-label")).not_to_have_text("Stop")
    expect(page.locator("#record")).to_be_enabled(timeout=20_000)


def test_reading_aloud(
    server: TutorServer, tmp_path: Path, complaints: list[str]
) -> None:
    folder = _folder(tmp_path)
    with chromium(microphone=_microphone(tmp_path, 0)) as browser:
        page = _page(browser, server, complaints)
        page.get_by_role("link", name="Read something").click()
        text = page.get_by_label("Text to read")
        expect(text).not_to_have_value("")
        photograph(page, "read-aloud", folder)

        # A text that is too long says so and cannot be recorded.
        text.fill("word " * 400)
        expect(page.get_by_text("This is too long")).to_be_visible()
        expect(page.locator("#record")).to_be_disabled()

        # Another text than the one shown gets words and no score.
        text.fill("Something quite wrong")
        _read(page)
        refused = ASSESSMENT_MESSAGES[AssessmentOutcome.WRONG_TEXT]
        expect(page.get_by_text(refused)).to_be_visible()
        expect(page.get_by_text("I heard: I think it is going")).to_be_visible()
        expect(page.locator("#outcome")).to_be_hidden()

        text.fill(TEXT)
        _read(page)
        think = page.get_by_role("button", name="think, work on this")
        expect(think).to_have_class(re.compile("word-mark--work"))
        expect(page.get_by_role("button", name="rain, close")).to_be_visible()
        expect(page.get_by_role("button", name="going, not sure")).to_be_visible()
        assert page.locator("#marked .word-mark--work").count() == 3
        page.get_by_role("button", name="umbrella, left out").click()
        expect(page.get_by_text("I did not hear this word")).to_be_visible()
        expect(page.get_by_role("button", name="My sound")).to_have_count(0)
        page.get_by_role("button", name="Close", exact=True).click()
        assert page.locator("#marks-key .flags__sound").count() == 3
        assert re.search(r"\d ± \d", page.locator("#scores").inner_text())
        assert not re.search(r"\d\.\d", page.locator("#outcome").inner_text())
        expect(page.locator("#trust")).to_contain_text("Mandarin speakers")

        _read(page)
        expect(page.get_by_role("button", name=re.compile("Try 1"))).to_be_visible()
        expect(think).to_have_count(0)
        photograph(page, "read-aloud-result", folder)
        page.get_by_role("button", name=re.compile("Try 1")).click()
        expect(think).to_have_count(1)

        _look_at_a_word(page, folder)
        page.context.close()
    # A recording that was not judged is an answer, not an error.
    assert complaints == []


def _plays(page: Page, button: Locator) -> None:
    """Press a button and wait until a sound was lit while it was heard.

    A sound lasts some hundredths of a second, too short for looking now and then.
    """
    page.evaluate(WATCH_LIT)
    button.click()
    wait_for(lambda: page.evaluate("() => window.lit > 0"), "a sound that is lit")


def _look_at_a_word(page: Page, folder: Path) -> None:
    """Open a word by keyboard, look at its sounds, say it again, close it."""
    page.set_viewport_size(VIEWPORTS["desktop"])
    think = page.get_by_role("button", name="think, work on this")
    think.focus()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("button", name=re.compile("^it,"))).to_be_focused()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Enter")
    panel = page.get_by_role("dialog", name="think")
    expect(panel.get_by_role("heading", name="think")).to_be_focused()
    expect(panel.get_by_text("I heard another sound: s, as in sun.")).to_be_visible()
    expect(panel.get_by_text("come out between your teeth")).to_be_visible()
    expect(panel.get_by_text("sink")).to_be_visible()
    photograph(page, "word-panel", folder)

    panel.get_by_role("button", name=re.compile("^ng, as in sing")).click()
    expect(panel.get_by_text("This sound was fine.")).to_be_visible()
    _plays(page, panel.get_by_role("button", name="My sound"))
    _plays(page, panel.get_by_role("button", name="The tutor's"))
    expect(panel.locator(".word-panel__problem")).to_be_empty()

    # It hears that the word is over, judges it and shows it beside the first try.
    panel.get_by_role("button", name="Say it again").click()
    panel.get_by_text("Before", exact=True).wait_for(timeout=30_000)
    expect(panel.get_by_text("Now", exact=True)).to_be_visible()
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    expect(think).to_be_focused()


def _allow_recordings(page: Page) -> None:
    page.goto("/profile/")
    page.locator("[name=stores_recordings]").check()
    page.get_by_role("button", name="Save my choice").click()
    page.goto("/today/")


def test_words_of_a_talk(
    server: TutorServer, tmp_path: Path, complaints: list[str]
) -> None:
    folder = _folder(tmp_path)
    with chromium(microphone=_microphone(tmp_path, OPENING_S)) as browser:
        page = _page(browser, server, complaints)
        _allow_recordings(page)
        page.get_by_role("button", name=re.compile("Start talking")).first.click()
        page.get_by_role("button", name="Join with microphone").click()
        wait_for(lambda: turn(page, 1).get("pronunciation"), "the judgement")
        wait_for(lambda: turn(page, 1).get("outcome") == "completed", "the turn's end")
        log = page.locator("#transcript")
        expect(log.get_by_text("Judged against what I heard")).to_be_visible()
        photograph(page, "live-words", folder)

        page.set_viewport_size(VIEWPORTS["desktop"])
        think = log.get_by_role("button", name="think, work on this")
        think.click()
        panel = page.get_by_role("dialog", name="think")
        panel.wait_for()
        # What is played and said in here is not meant for the tutor.
        assert debug(page, "state")["muted"]
        _plays(page, panel.get_by_role("button", name="My sound"))
        page.keyboard.press("Escape")
        expect(think).to_be_focused()
        wait_for(lambda: not debug(page, "state")["muted"], "the microphone")

        # The marks come back with a reload, the sound does not.
        page.reload()
        page.get_by_role("button", name="Join and type").click()
        think.click()
        panel.get_by_role("button", name="My sound").click()
        expect(panel.get_by_text("no longer in this page")).to_be_visible()
        page.keyboard.press("Escape")

        page.get_by_role("button", name="End", exact=True).click()
        page.get_by_role("button", name="End the talk").click()
        page.get_by_role("link", name="Look at this talk").click()
        line = page.locator(".line--learner")
        line.get_by_role("button", name="think, work on this").click()
        # With consent the recording stands behind every word.
        _plays(page, panel.get_by_role("button", name="My sound"))
        page.keyboard.press("Escape")
        photograph(page, "review-words", folder)
        page.context.close()
    assert complaints == []
