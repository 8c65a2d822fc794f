"""Help in the pages: words, lines, "How do I say ...?", corrections; on scripted engines.

``UPDATE_SCREENSHOTS=1`` writes the pictures to ``docs/screenshots``.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from .chromium import chromium
from .test_live_screenshots import DOCS, VIEWPORTS, photograph
from .test_live_talk import debug, sign_in, turn, wait_for
from .tutor_server import TutorServer, tutor_server

pytestmark = [pytest.mark.browser, pytest.mark.long]

# None that the demo made before: the tutor asks for the better words the first time only.
MISTAKE = "Yesterday I see our school with my sister."
REPAIRED = "Yesterday I saw our school with my sister."
QUESTION = "¿Me puede traer la cuenta, por favor?"
PHRASE = "Can you bring me the bill, please?"


@pytest.fixture(scope="module")
def server() -> Iterator[TutorServer]:
    """The product on scripted engines that teach and answer questions."""
    with tutor_server("tests.help_settings") as running:
        yield running


@pytest.fixture(scope="module")
def browser(server: TutorServer) -> Iterator[Browser]:
    """A browser that nobody speaks to."""
    with chromium() as running:
        yield running


@pytest.fixture
def complaints() -> list[str]:
    """What the pages' scripts complained of."""
    return []


@pytest.fixture
def page(
    server: TutorServer, browser: Browser, complaints: list[str]
) -> Iterator[Page]:
    """A signed-in learner whose first language is Spanish."""
    context = browser.new_context(base_url=server.url)
    opened = context.new_page()
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    opened.on(
        "console",
        lambda line: complaints.append(line.text) if line.type == "error" else None,
    )
    opened.set_viewport_size(VIEWPORTS["desktop"])
    sign_in(opened)
    yield opened
    context.close()


def folder_of(tmp_path: Path) -> Path:
    return DOCS if os.environ.get("UPDATE_SCREENSHOTS") == "1" else tmp_path


def shoot(page: Page, name: str, folder: Path) -> None:
    photograph(page, name, folder)
    page.set_viewport_size(VIEWPORTS["desktop"])


def say(page: Page, text: str, index: int) -> None:
    """Type something and wait until it is answered."""
    page.get_by_label("Type to the tutor").fill(text)
    page.get_by_role("button", name="Send").click()
    wait_for(lambda: turn(page, index).get("outcome") == "completed", "the answer")


def test_help_in_a_talk_and_afterwards(
    page: Page, tmp_path: Path, complaints: list[str]
) -> None:
    folder = folder_of(tmp_path)
    page.get_by_role("button", name=re.compile("Start talking")).first.click()
    page.get_by_role("button", name="Join and type").click()
    wait_for(lambda: turn(page, 0).get("outcome") == "completed", "the opening")
    log = page.locator("#transcript")
    expect(page.get_by_text("Tap a word to see what it means.")).to_be_visible()

    # A line of the tutor, shown and hidden by the same button.
    translate = log.get_by_role("button", name="Translate").first
    translate.click()
    translation = log.locator(".line-help__translation").first
    expect(translation).to_contain_text("Hoy hablamos de tu ciudad")
    expect(translation).to_contain_text("It may be wrong.")
    assert translation.locator("p").first.get_attribute("lang") == "es"

    # While the tutor asks for the better words there is a hint, and no answer.
    say(page, MISTAKE, 1)
    hint = log.get_by_role("button", name="Hint", exact=True)
    expect(hint).to_be_visible(timeout=10_000)
    # What was opened stays open while the talk goes on.
    expect(translation).to_be_visible()
    hint.click()
    expect(log.locator(".why")).to_contain_text("A hint: tense of the verb.")
    expect(log.locator(".why")).not_to_contain_text("saw")
    shoot(page, "help-lines", folder)
    log.get_by_role("button", name="Hide translation").click()
    expect(translation).to_have_count(0)

    _a_word_of_ones_own(page, folder)
    _how_to_say(page, folder)

    # After the next turn the mistake is explained in the first language.
    say(page, REPAIRED, 2)
    explanation = log.locator(".why", has_text="El verbo debe mostrar el tiempo")
    expect(explanation).to_be_visible(timeout=10_000)

    page.get_by_role("button", name="End", exact=True).click()
    page.get_by_role("button", name="End the talk").click()
    page.get_by_role("link", name="Look at this talk").click()
    _afterwards(page, folder)
    assert complaints == []


def _a_word_of_ones_own(page: Page, folder: Path) -> None:
    """Reach a word by keyboard, look at it, come back."""
    words = page.locator(".speech--learner .tap-word")
    expect(words).to_have_count(8)
    words.first.focus()
    for _ in range(4):
        page.keyboard.press("ArrowRight")
    school = page.locator(".speech--learner .tap-word", has_text="school")
    expect(school).to_be_focused()
    page.keyboard.press("Enter")
    panel = page.get_by_role("dialog", name="school")
    expect(panel.get_by_role("heading", name="school")).to_be_focused()
    expect(panel).to_contain_text("/skul/")
    expect(panel.locator(".gloss__sense").first).to_be_visible()
    expect(panel.locator(".meaning__translation")).to_contain_text("escuela")
    expect(panel.locator(".meaning__translation")).to_contain_text("may be wrong")
    shoot(page, "help-word", folder)
    panel.get_by_role("button", name="Listen").click()
    expect(panel.locator(".word-panel__problem")).to_be_empty()
    panel.get_by_role("button", name="Keep this word").click()
    expect(panel.get_by_role("button", name="Kept: remove it again")).to_be_visible()
    page.keyboard.press("Escape")
    expect(school).to_be_focused()
    expect(page.get_by_text("Tap a word to see what it means.")).to_have_count(0)


def _how_to_say(page: Page, folder: Path) -> None:
    """Ask for a phrase; it becomes a turn only when the learner sends it."""
    n_turns = len(debug(page, "state")["turns"])
    page.keyboard.press("h")
    field = page.get_by_label("What you want to say, in Spanish")
    expect(field).to_be_focused()
    field.fill(QUESTION)
    page.keyboard.press("Enter")
    box = page.locator("#say-help")
    expect(box).to_contain_text(PHRASE)
    expect(box.locator(".phrase-help__ipa")).to_contain_text("pliz")
    expect(box).to_contain_text("The tutor does not hear what you ask here.")
    shoot(page, "help-say", folder)
    box.get_by_role("button", name="Listen").click()
    box.get_by_role("button", name="Put it in my answer").click()
    composer = page.get_by_label("Type to the tutor")
    expect(composer).to_have_value(PHRASE)
    expect(composer).to_be_focused()
    assert len(debug(page, "state")["turns"]) == n_turns
    composer.fill("")
    page.keyboard.press("Escape")


def _afterwards(page: Page, folder: Path) -> None:
    """The same in the replay, and why in the report."""
    page.get_by_text("Tap a word to see what it means.").wait_for()
    page.locator(".line--tutor .tap-word").first.click()
    panel = page.locator("#word-panel")
    expect(panel.get_by_role("heading")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator(".line--tutor .tap-word").first).to_be_focused()
    page.get_by_role("button", name="Translate").first.click()
    expect(page.locator(".line-help__translation").first).to_be_visible()
    page.get_by_role("button", name="Explain").click()
    expect(page.locator(".why")).to_contain_text("El verbo debe mostrar el tiempo")
    shoot(page, "help-review", folder)
    page.get_by_role("link", name="Report of this talk").click()
    page.get_by_text("Why?", exact=True).first.click()
    expect(page.locator(".why-fold__text").first).to_contain_text("El verbo")
    shoot(page, "help-report", folder)
