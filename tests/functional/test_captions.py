"""Captions follow the voice word by word, and text, voice and face can be hidden."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from .chromium import chromium
from .test_live_talk import sign_in, turn, wait_for
from .tutor_server import TutorServer, tutor_server

pytestmark = [pytest.mark.browser, pytest.mark.long]

PARTS = ("captions", "transcript", "voice")
# A picture may come this late, and a machine under load later.
LATE_MS = 250

# Notes what the caption shows in every picture while the voice plays.
RECORD = """() => {
  const line = document.getElementById("caption");
  const seen = (window.captionsSeen = []);
  const note = () => {
    const ms = window.tutorDebug.audio().clockMs;
    const words = [...line.querySelectorAll(".caption__word")];
    const at = words.findIndex((word) => word.dataset.said === "now");
    if (ms !== null && at >= 0) {
      const { x, y, width, height } = line.getBoundingClientRect();
      seen.push({
        ms, at, line: line.textContent, word: words[at].textContent,
        before: words.filter((word) => word.dataset.said === "before").length,
        hidden: line.hidden, box: [x, y, width, height].map(Math.round).join(),
      });
    }
    requestAnimationFrame(note);
  };
  requestAnimationFrame(note);
}"""


@pytest.fixture(scope="module")
def server() -> Iterator[TutorServer]:
    """The product on engines scripted by time."""
    with tutor_server("tests.scripted_settings") as running:
        yield running


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A browser without a microphone."""
    with chromium() as running:
        yield running


@pytest.fixture
def talk(server: TutorServer, browser: Browser) -> Iterator[Page]:
    """A talk that is about to be joined, in a browser that remembers nothing."""
    context = browser.new_context(base_url=server.url)
    page = context.new_page()
    sign_in(page)
    page.get_by_role("button", name="Talk freely").click()
    page.get_by_role("button", name="Join and type").wait_for()
    yield page
    context.close()


def join(talk: Page) -> None:
    """Join, and let the tutor finish its opening."""
    talk.get_by_role("button", name="Join and type").click()
    wait_for(lambda: turn(talk, 0).get("outcome") == "completed", "the opening")


def ask(talk: Page, index: int) -> dict[str, Any]:
    """Write something and return the turn once the tutor has answered."""
    talk.get_by_label("Type to the tutor").fill("Tea, please.")
    talk.keyboard.press("Enter")
    wait_for(lambda: turn(talk, index).get("outcome") == "completed", "an answer")
    return turn(talk, index)


def switch(talk: Page, part: str) -> Any:
    """Return a switch of the panel."""
    return talk.locator(f"#shown-panel input[name={part}]")


def test_the_marked_word_moves_with_the_voice(talk: Page) -> None:
    join(talk)
    talk.evaluate(RECORD)
    reply = ask(talk, 1)["reply"]
    seen = talk.evaluate("window.captionsSeen")
    assert {row["hidden"] for row in seen} == {False}
    marked = [row for row, _ in groupby((row["line"], row["word"]) for row in seen)]
    spoken = [
        (clause["text"], word["text"])
        for clause in reply["clauses"]
        for word in clause["words"]
    ]
    # A slow machine may show no picture of a short word, but never one out of turn.
    places = [spoken.index(mark) for mark in marked]
    assert places == sorted(places)
    assert len(marked) > len(spoken) / 2
    times = [word for clause in reply["clauses"] for word in clause["words"]]
    for row in seen:
        word = times[spoken.index((row["line"], row["word"]))]
        assert word["start_ms"] - 20 <= row["ms"] <= word["end_ms"] + LATE_MS
        assert row["before"] == row["at"], "what was said before is shown as said"
    boxes = {(row["line"], row["box"]) for row in seen}
    assert len(boxes) == len(reply["clauses"]), "the line does not move"
    assert talk.locator("#caption").get_attribute("aria-hidden") == "true"


def test_a_silenced_voice_goes_on_in_the_captions(talk: Page) -> None:
    join(talk)
    talk.get_by_role("button", name="Silence the tutor's voice").click()
    talk.evaluate(RECORD)
    turned = ask(talk, 1)
    assert turned["reply"]["interrupted"] is None
    seen = talk.evaluate("window.captionsSeen")
    assert len({row["word"] for row in seen}) > 3
    assert seen[-1]["ms"] > seen[0]["ms"] + 1000


def test_text_voice_and_face_can_be_hidden_and_the_browser_remembers(
    talk: Page,
) -> None:
    join(talk)
    talk.get_by_role("button", name="Text, voice and face").click()
    for part in PARTS:
        assert switch(talk, part).is_checked()
    assert talk.evaluate("document.activeElement.name") == "captions"
    talk.keyboard.press("Space")
    assert not switch(talk, "captions").is_checked()
    switch(talk, "transcript").uncheck()
    assert talk.locator("#transcript-scroll").is_hidden()
    assert talk.locator("#composer").is_visible()

    # The last one stays, and the page says why.
    switch(talk, "voice").click()
    assert switch(talk, "voice").is_checked()
    why = talk.locator("#shown-why")
    assert "all that is left of your tutor" in why.inner_text()
    talk.get_by_role("radio", name="No picture").check()
    wait_for(lambda: talk.locator(".face-voice").count() == 1, "no picture")
    talk.keyboard.press("Escape")
    assert talk.locator("#shown-panel").is_hidden()
    assert talk.evaluate("document.activeElement.id") == "shown-open"

    talk.evaluate(RECORD)
    ask(talk, 1)
    seen = talk.evaluate("window.captionsSeen")
    assert {row["hidden"] for row in seen} == {True}

    talk.reload()
    assert talk.locator("#transcript-scroll").is_hidden()
    talk.get_by_role("button", name="Text, voice and face").click()
    assert [switch(talk, part).is_checked() for part in PARTS] == [False, False, True]


def test_keys_hide_and_show_and_the_last_part_stays(talk: Page) -> None:
    join(talk)
    talk.locator("#transcript-scroll").focus()
    speaker = talk.get_by_role("button", name="Silence the tutor's voice")
    talk.keyboard.press("v")
    assert speaker.get_attribute("aria-pressed") == "true"
    assert talk.locator("#announcer").inner_text() == "Your tutor's voice is off."
    talk.keyboard.press("t")
    assert talk.locator("#transcript-scroll").is_hidden()
    talk.keyboard.press("c")
    notice = talk.locator("#notices").inner_text()
    assert "all that is left of your tutor" in notice
    assert talk.evaluate("localStorage.getItem('tutor.captions')") == "on"
    talk.keyboard.press("t")
    assert talk.locator("#transcript-scroll").is_visible()
