"""The head that the processor draws, as a learner sees it: real voice, real video.

How well it is in step is for ``make bench-face``; here the mouth opens, shuts and rests.
"""

from __future__ import annotations

import base64
import io
import os
import re
from collections.abc import Iterator

import numpy as np
import pytest
from PIL import Image
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
    pytest.mark.skipif(
        (os.cpu_count() or 1) < 4,
        reason="server, voice, head and a browser without a graphics card want four cores",
    ),
]

DARK = 70
_SEEN = """() => {
  const canvas = document.createElement("canvas");
  const context = canvas.getContext("2d");
  for (const video of document.querySelectorAll(".face-video video")) {
    if (video.readyState < 2) continue;
    if (canvas.width !== video.videoWidth) {
      canvas.width = video.videoWidth;
      canvas.height = video.videoHeight;
    }
    context.globalAlpha = Number(getComputedStyle(video).opacity);
    context.drawImage(video, 0, 0);
  }
  return canvas.toDataURL("image/png").split(",")[1];
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
def mouth() -> tuple[slice, slice]:
    """The middle of the part of Ada's picture that speaking changes."""
    left, top, right, bottom = HeadPictures(load_head(TUTORS_DIR / "ada.glb")).window
    wide, high = (right - left) // 4, (bottom - top) // 4
    return slice(top + high, bottom - high), slice(left + wide, right - wide)


def _open_share(page: Page, mouth: tuple[slice, slice]) -> float:
    """Return how much of the mouth is as dark as the inside of one."""
    data = base64.b64decode(page.evaluate(_SEEN))
    with Image.open(io.BytesIO(data)) as image:
        assert image.size == (SIZE, SIZE)
        pixels = np.asarray(image.convert("RGB"))
    return float((pixels[mouth].max(axis=2) < DARK).mean())


def test_the_mouth_speaks_and_rests(
    server: TutorServer, browser: Browser, mouth: tuple[slice, slice]
) -> None:
    page = browser.new_context(base_url=server.url).new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    sign_in(page)
    page.get_by_role("button", name=re.compile("Start talking")).first.click()
    page.get_by_role("button", name="Join and type").click()
    wait_for(lambda: face(page) == "video", "the clip of waiting", PATIENCE_S)
    wait_for(lambda: not playing(page), "the end of the opening", PATIENCE_S)
    at_rest = _open_share(page, mouth)

    ask(page, "Tell me about your brother, please.")
    wait_for(lambda: video(page).get("shows") == "speech", "pictures", PATIENCE_S)
    said = []
    while (debug(page, "audio")["clockMs"] or 0) < 8000 and playing(page):
        if video(page).get("shows") == "speech":
            said.append(_open_share(page, mouth))
    assert len(said) > 10
    assert max(said) > at_rest + 0.05, "the mouth never opens"
    assert min(said) < at_rest + 0.02, "the mouth never shuts"
    page.get_by_role("button", name="Stop").click()
    wait_for(lambda: video(page).get("shows") == "idle", "the clip of waiting", 5.0)
    assert _open_share(page, mouth) < at_rest + 0.02
    page.context.close()
    assert complaints == []
