"""The pages of a talk, photographed in every size and theme, on scripted engines.

``UPDATE_SCREENSHOTS=1`` writes the pictures to ``docs/screenshots``.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import soundfile
from playwright.sync_api import Browser, Page, ViewportSize

from .chromium import chromium
from .test_live_talk import sign_in, turn, wait_for
from .tutor_server import TutorServer, tutor_server

pytestmark = [pytest.mark.browser, pytest.mark.long]

DOCS = Path(__file__).parents[2] / "docs/screenshots"
MAX_BYTES = 150_000
VIEWPORTS: dict[str, ViewportSize] = {
    "desktop": {"width": 1280, "height": 800},
    "tablet": {"width": 820, "height": 1180},
    "phone": {"width": 390, "height": 844},
}
OVERFLOW = "() => document.documentElement.scrollWidth - window.innerWidth"


@pytest.fixture(scope="module")
def server() -> Iterator[TutorServer]:
    """The product on engines scripted by time."""
    with tutor_server("tests.scripted_settings") as running:
        yield running


@pytest.fixture(scope="module")
def browser(
    server: TutorServer, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Browser]:
    """A browser whose microphone hums after a while, which the script takes for speech."""
    t = np.arange(16_000 * 2) / 16_000
    hum = 0.3 * np.sin(2 * np.pi * 220 * t)
    sound = np.concatenate([np.zeros(16_000 * 14), hum, np.zeros(16_000 * 90)])
    path = tmp_path_factory.mktemp("microphone") / "hum.wav"
    soundfile.write(path, sound.astype(np.float32), 16_000, subtype="PCM_16")
    with chromium(microphone=path) as running:
        yield running


def photograph(page: Page, name: str, folder: Path) -> None:
    """Take the page in its looks; assert that it fits."""
    folder.mkdir(parents=True, exist_ok=True)
    for device, theme in looks():
        page.set_viewport_size(VIEWPORTS[device])
        page.emulate_media(color_scheme="dark" if theme == "dark" else "light")
        page.wait_for_timeout(250)
        assert page.evaluate(OVERFLOW) <= 0
        assert page.locator("h1").count() == 1
        path = folder / f"{name}-{device}-{theme}.jpg"
        page.screenshot(path=path, type="jpeg", quality=85)
        assert path.stat().st_size < MAX_BYTES


def looks() -> list[tuple[str, str]]:
    """Return device and theme of each look: two that differ, as the documents have them.

    ``UPDATE_SCREENSHOTS=all`` goes through all six; those are not kept.
    """
    if os.environ.get("UPDATE_SCREENSHOTS") == "all":
        return [(device, theme) for device in VIEWPORTS for theme in ("light", "dark")]
    return [("desktop", "light"), ("phone", "dark")]


def test_the_pages_of_a_talk(
    server: TutorServer, browser: Browser, tmp_path: Path
) -> None:
    folder = DOCS if os.environ.get("UPDATE_SCREENSHOTS") == "1" else tmp_path
    context = browser.new_context(base_url=server.url, permissions=["microphone"])
    page = context.new_page()
    page.set_viewport_size(VIEWPORTS["desktop"])
    sign_in(page)
    page.goto("/sessions/device-check/")
    photograph(page, "device-check", folder)

    page.goto("/today/")
    page.get_by_role("button", name=re.compile("Start talking")).first.click()
    # The page is whole once its scripts have drawn the face and opened the doors.
    wait_for(
        page.get_by_role("button", name="Join and type").is_enabled, "the join card"
    )
    wait_for(page.get_by_role("img", name="tutor").first.is_visible, "the face")
    photograph(page, "join", folder)
    page.get_by_role("button", name="Join with microphone").click()
    wait_for(lambda: turn(page, 1).get("outcome") == "completed", "a turn")
    photograph(page, "live", folder)
    page.set_viewport_size(VIEWPORTS["desktop"])
    page.get_by_role("button", name="Show how long the last answer took").click()
    photograph(page, "live-timing", folder)

    page.set_viewport_size(VIEWPORTS["desktop"])
    page.get_by_role("button", name="End", exact=True).click()
    page.get_by_role("button", name="End the talk").click()
    page.get_by_role("link", name="Look at this talk").click()
    page.get_by_role("button", name="Play all").wait_for()
    photograph(page, "review", folder)
    page.goto("/sessions/")
    photograph(page, "history", folder)
    context.close()
