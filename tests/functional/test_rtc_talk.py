"""A talk by WebRTC in a real browser, and one where the browser may not use UDP.

Engines are scripted by time; browser, socket, tracks and server are the product's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile
from playwright.sync_api import Browser, Page

from .chromium import chromium
from .test_live_talk import debug, sign_in, turn, wait_for
from .tutor_server import TutorServer, tutor_server

pytestmark = [pytest.mark.browser, pytest.mark.long]

# A busy machine is given time, not other limits.
PATIENCE_S = 180.0
SPOKEN_S = 1.5
# Only what a TURN server relays, and there is none: as where UDP is shut.
WITHOUT_UDP = """
const Peer = RTCPeerConnection;
globalThis.RTCPeerConnection = class extends Peer {
  constructor(config) {
    super({ ...config, iceTransportPolicy: "relay" });
  }
};
"""


@pytest.fixture(scope="module")
def server() -> Iterator[TutorServer]:
    """The product with WebRTC on, and a tutor who answers at length."""
    with tutor_server(
        "tests.webrtc_settings", TUTOR_WEBRTC="auto", TUTOR_WEBRTC_CONNECT_S="20"
    ) as running:
        yield running


@pytest.fixture(scope="module")
def microphone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A sound file that speaks after half a minute, once the connection stands."""
    rate = 16_000
    t = np.arange(int(SPOKEN_S * rate)) / rate
    tone = 0.3 * np.sin(2 * np.pi * 250 * t)
    # Browsers take a tone that does not change for noise.
    tone *= 0.5 + 0.5 * np.sin(2 * np.pi * 4 * t)
    sound = np.concatenate([np.zeros(30 * rate), tone, np.zeros(90 * rate)])
    path = tmp_path_factory.mktemp("microphone") / "learner.wav"
    soundfile.write(path, sound.astype(np.float32), rate, subtype="PCM_16")
    return path


def joined(server: TutorServer, browser: Browser, *, first: str = "") -> Page:
    """Return a talk that was joined with the microphone, if there is one."""
    context = browser.new_context(base_url=server.url, permissions=["microphone"])
    context.add_init_script(first)
    page = context.new_page()
    sign_in(page)
    page.get_by_role("button", name=re.compile("Start talking")).first.click()
    page.get_by_role("button", name="Join with microphone").click()
    wait_for(lambda: debug(page, "state"), "the page", PATIENCE_S)
    return page


def rtc(page: Page) -> dict[str, Any]:
    found: dict[str, Any] = debug(page, "rtc")
    return found


def test_microphone_and_voice_go_by_tracks(
    server: TutorServer, microphone: Path
) -> None:
    with chromium(microphone=microphone) as browser:
        page = joined(server, browser)
        wait_for(lambda: rtc(page)["connected"], "the connection", PATIENCE_S)
        wait_for(lambda: rtc(page)["microphone"], "the microphone's track", PATIENCE_S)
        wait_for(
            lambda: (turn(page, 1).get("learner") or {}).get("final"),
            "the learner's words",
            PATIENCE_S,
        )
        wait_for(lambda: rtc(page)["voice"], "the answer's track", PATIENCE_S)
        wait_for(
            lambda: (debug(page, "audio")["clockMs"] or 0) > 400,
            "the voice to go on",
            PATIENCE_S,
        )
        first = debug(page, "audio")["clockMs"]
        page.wait_for_timeout(1000)
        second = debug(page, "audio")["clockMs"]
        assert 700 < second - first < 1600, "the clock follows the sound"
        page.get_by_role("button", name="Stop").click()
        wait_for(lambda: not debug(page, "audio")["playing"], "silence", 5)
        wait_for(
            lambda: turn(page, 1).get("outcome") == "interrupted", "the turn's end", 20
        )
        page.context.close()


def test_without_udp_the_talk_goes_on_without_a_word_about_it(
    server: TutorServer,
) -> None:
    with chromium() as browser:
        page = joined(server, browser, first=WITHOUT_UDP)
        page.get_by_label("Type to the tutor").fill("Tell me a story.")
        page.get_by_role("button", name="Send").click()
        wait_for(
            lambda: (debug(page, "audio")["clockMs"] or 0) > 400,
            "the answer by the socket",
            PATIENCE_S,
        )
        assert not rtc(page)["connected"]
        notices = debug(page, "state")["notices"]
        assert "rtc" not in {notice["code"] for notice in notices}
        page.context.close()
