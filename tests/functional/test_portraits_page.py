"""A teacher brings portraits and sees them become ready, in a real browser.

``UPDATE_SCREENSHOTS=1`` writes pictures of the page to ``docs/screenshots``.
"""

from __future__ import annotations

import io
import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image, ImageDraw
from playwright.sync_api import Browser, Locator, Page, expect

from tutorplatform.demo import DEMO_ACCOUNTS

from .chromium import chromium
from .tutor_server import TutorServer, tutor_server

pytestmark = [pytest.mark.browser, pytest.mark.long]

DOCS = Path(__file__).parents[2] / "docs/screenshots"
TEACHER = next(a for a in DEMO_ACCOUNTS if a.email.startswith("teacher@"))
PATIENCE_MS = 120_000
UPRIGHT, LYING = (400, 500), (500, 400)


@pytest.fixture(scope="module")
def server() -> Iterator[TutorServer]:
    """The product with a renderer for portraits."""
    with tutor_server("tests.portrait_settings") as running:
        yield running


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A browser."""
    with chromium() as running:
        yield running


def sign_in(page: Page) -> None:
    page.goto("/accounts/login/")
    page.get_by_label("E-mail address").fill(TEACHER.email)
    page.get_by_label("Password").fill(TEACHER.password)
    page.get_by_role("main").get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/today/")


def drawing(size: tuple[int, int]) -> bytes:
    image = Image.new("RGB", size, (196, 214, 222))
    draw = ImageDraw.Draw(image)
    width, height = size
    middle = width / 2
    draw.ellipse((middle - 90, 90, middle + 90, 320), fill=(232, 196, 172))
    draw.rectangle((middle - 150, 330, middle + 150, height), fill=(74, 92, 128))
    for side in (-40, 40):
        draw.ellipse(
            (middle + side - 9, 180, middle + side + 9, 198), fill=(50, 40, 40)
        )
    draw.line((middle - 35, 262, middle + 35, 262), fill=(150, 70, 70), width=6)
    file = io.BytesIO()
    image.save(file, "PNG")
    return file.getvalue()


def bring(page: Page, name: str, size: tuple[int, int]) -> Locator:
    """Upload a portrait; return its row."""
    page.goto("/sessions/portraits/add/")
    page.get_by_label("Picture", exact=True).set_input_files(
        {"name": "portrait.png", "mimeType": "image/png", "buffer": drawing(size)}
    )
    page.get_by_label("Name", exact=True).fill(name)
    page.get_by_label("What one sees").fill(f"A drawing of {name}")
    page.get_by_label(re.compile("A person who does not exist")).check()
    page.get_by_label(re.compile("Where is it from")).fill("Drawn for this site, CC0")
    page.get_by_role("button", name="Add it").click()
    page.wait_for_url("**/sessions/portraits/")
    return page.get_by_role("listitem").filter(has_text=name)


def test_a_portrait_becomes_ready_while_one_looks(
    server: TutorServer, browser: Browser
) -> None:
    page = browser.new_page(base_url=server.url)
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    sign_in(page)
    ana = bring(page, "Ana", UPRIGHT)
    expect(ana.get_by_text(re.compile("^(Waiting|Being prepared)$"))).to_be_visible()
    expect(ana.get_by_text("Ready", exact=True)).to_be_visible(timeout=PATIENCE_MS)
    berta = bring(page, "Berta", LYING)
    expect(berta.get_by_text("Failed", exact=True)).to_be_visible(timeout=PATIENCE_MS)
    expect(berta).to_contain_text("No whole face that can speak was found in it.")
    berta.get_by_role("button", name="Try again").click()
    expect(berta.get_by_text("Failed", exact=True)).to_be_visible(timeout=PATIENCE_MS)
    page.goto("/sessions/tutor/")
    expect(page.get_by_role("radio", name=re.compile("Ana"))).to_be_visible()
    expect(page.get_by_role("radio", name=re.compile("Berta"))).to_have_count(0)
    bring(page, "Clara", UPRIGHT)
    photograph(page)
    assert complaints == []
    page.close()


def photograph(page: Page) -> None:
    """Write the page down, with one portrait on its way."""
    if os.environ.get("UPDATE_SCREENSHOTS") != "1":
        return
    for device, scheme, width, height in (
        ("desktop", "light", 1280, 800),
        ("phone", "dark", 390, 844),
    ):
        page.set_viewport_size({"width": width, "height": height})
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        # Colours change with a short fade.
        page.wait_for_timeout(500)
        page.screenshot(path=DOCS / f"portraits-{device}-{scheme}.png")
