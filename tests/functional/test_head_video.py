"""The head that the processor draws, as a learner sees it: real voice, real video.

How well it is in step is for ``make bench-face``; here the mouth opens, shuts and rests.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from inference.engines.avatars.head.cpu_head import TUTORS_DIR
from inference.engines.avatars.head.pictures import HeadPictures
from inference.engines.avatars.head_file import load_head
from inference.types.face import SIZE

from .chromium import chromium
from .test_face_video import PATIENCE_S, ask, face, playing, video
from .test_live_talk import debug, sign_in, wait_for
from .tutor_server import TutorServer, tutor_server

pytestmark = [
    pytest.mark.browser,
    pytest.mark.long,
    pytest.mark.skipif(
        (os.cpu_count() or 1) < 4,
        reason="server, voice, head and a browser without a graphics card want four cores",
    ),
]

# The share of the mouth where teeth are seen, as the page shows it now.
WHITE = 160
_SEEN = """([left, top, wide, high, size, white]) => {
  const canvas = window.seenCanvas ??= document.createElement("canvas");
  [canvas.width, canvas.height] = [wide, high];
  const context = canvas.getContext("2d", {willReadFrequently: true});
  for (const video of document.querySelectorAll(".face-video video")) {
    if (video.readyState < 2) continue;
    if (video.videoWidth !== size) throw new Error(`${video.videoWidth} wide`);
    context.globalAlpha = Number(getComputedStyle(video).opacity);
    context.drawImage(video, left, top, wide, high, 0, 0, wide, high);
  }
  const {data} = context.getImageData(0, 0, wide, high);
  let count = 0;
  for (let at = 0; at < data.length; at += 4) {
    if (Math.min(data[at], data[at + 1], data[at + 2]) > white) count += 1;
  }
  return count / (wide * high);
}"""


@pytest.fixture(scope="module")
def server() -> Iterator[TutorServer]:
    """The product with words from a script."""
    with tutor_server("tests.head_settings") as running:
        yield running


@pytest.fixture(scope="module")
def browser(server: TutorServer) -> Iterator[Browser]:
    """A browser without a graphics card."""
    with chromium() as running:
        yield running


@pytest.fixture(scope="module")
def mouth() -> tuple[int, int, int, int]:
    """Left, top, width and height of the middle of what speaking changes in Ada."""
    left, top, right, bottom = HeadPictures(load_head(TUTORS_DIR / "ada.glb")).window
    wide, high = (right - left) // 2, (bottom - top) // 2
    return left + wide // 2, top + high // 2, wide, high


def _teeth_share(page: Page, mouth: tuple[int, int, int, int]) -> float:
    share: float = page.evaluate(_SEEN, [*mouth, SIZE, WHITE])
    return share


def test_the_mouth_speaks_and_rests(
    server: TutorServer, browser: Browser, mouth: tuple[int, int, int, int]
) -> None:
    page = browser.new_context(base_url=server.url).new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    sign_in(page)
    page.get_by_role("button", name=re.compile("Start talking")).first.click()
    page.get_by_role("button", name="Join and type").click()
    wait_for(lambda: face(page) == "video", "the clip of waiting", PATIENCE_S)
    wait_for(lambda: not playing(page), "the end of the opening", PATIENCE_S)
    at_rest = _teeth_share(page, mouth)

    ask(page, "Tell me about your brother, please.")
    wait_for(lambda: video(page).get("shows") == "speech", "pictures", PATIENCE_S)
    said = []
    while (debug(page, "audio")["clockMs"] or 0) < 8000 and playing(page):
        if video(page).get("shows") == "speech":
            said.append(_teeth_share(page, mouth))
    assert len(said) > 10
    assert max(said) > at_rest + 0.03, "the mouth never opens"
    assert min(said) < at_rest + 0.01, "the mouth never shuts"
    page.get_by_role("button", name="Stop").click()
    wait_for(lambda: video(page).get("shows") == "idle", "the clip of waiting", 5.0)
    assert _teeth_share(page, mouth) < at_rest + 0.01
    page.context.close()
    assert complaints == []
