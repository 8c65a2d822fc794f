"""Video of the face in a real browser: decoded, in step with the voice, left when wished.

The pictures are bars that cost nothing to draw; encoder, socket, Media Source and player
are the product's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from .chromium import chromium
from .test_live_talk import debug, sign_in, wait_for
from .tutor_server import TutorServer, tutor_server

pytestmark = pytest.mark.browser

SECONDS = 30.0
SKEW_MS = 60.0
DROPPED_SHARE = 0.05
# A busy machine is given time, not other limits.
PATIENCE_S = 180.0


@pytest.fixture(scope="module")
def server() -> Iterator[TutorServer]:
    """The product with a face of bars."""
    with tutor_server("tests.face_settings") as running:
        yield running


@pytest.fixture(scope="module")
def browser(server: TutorServer) -> Iterator[Browser]:
    """A browser."""
    with chromium() as running:
        yield running


@pytest.fixture
def talk(server: TutorServer, browser: Browser) -> Iterator[Page]:
    """A talk that was joined to type, its opening over, its waiting clip shown."""
    context = browser.new_context(base_url=server.url)
    page = context.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    sign_in(page)
    page.get_by_role("button", name=re.compile("Start talking")).first.click()
    page.get_by_role("button", name="Join and type").click()
    wait_for(lambda: face(page) == "video", "the waiting clip", PATIENCE_S)
    wait_for(lambda: not playing(page), "the end of the opening", PATIENCE_S)
    yield page
    context.close()
    assert complaints == []


def face(page: Page) -> str:
    return str((debug(page, "mouth") or {}).get("face", ""))


def video(page: Page) -> dict[str, Any]:
    found: dict[str, Any] = debug(page, "mouth")["video"] or {}
    return found


def playing(page: Page) -> bool:
    return bool((debug(page, "audio") or {}).get("playing", True))


def ask(page: Page, text: str) -> None:
    page.get_by_label("Type to the tutor").fill(text)
    page.get_by_role("button", name="Send").click()


def test_half_a_minute_is_decoded_in_step_with_the_voice(talk: Page) -> None:
    before = video(talk)["decoded"]
    ask(talk, "Tell me a long story, please.")
    wait_for(lambda: video(talk).get("shows") == "speech", "pictures", PATIENCE_S)
    wait_for(
        lambda: (debug(talk, "audio")["clockMs"] or 0) > 1000 * SECONDS,
        "half a minute of the reply",
        PATIENCE_S + SECONDS,
    )
    seen = video(talk)
    decoded = seen["decoded"] - before
    assert seen["shows"] == "speech", "the pictures ran dry"
    assert decoded > 0.9 * 25 * SECONDS
    assert seen["dropped"] < DROPPED_SHARE * decoded
    assert seen["skewMs"]["most"] < SKEW_MS
    talk.get_by_role("button", name="Stop").click()
    wait_for(lambda: video(talk).get("shows") == "idle", "the waiting clip", 2.0)


def test_the_learner_chooses_another_face_and_is_told(talk: Page) -> None:
    talk.get_by_role("button", name="Text, voice and face").click()
    talk.get_by_role("radio", name="No picture").check()
    wait_for(lambda: face(talk) == "voice", "no picture", PATIENCE_S)
    told = talk.locator("#announcer").inner_text()
    assert told == "You hear your tutor without a picture."
    talk.get_by_role("radio", name="Drawn").check()
    wait_for(lambda: face(talk) == "drawn", "the drawing", PATIENCE_S)
    talk.keyboard.press("Escape")
    assert talk.locator("#shown-panel").is_hidden()
    assert talk.evaluate("localStorage.getItem('tutor.face')") == "drawn"
