"""The three-dimensional face in a real browser, drawn by the processor, picture by picture.

``UPDATE_SCREENSHOTS=1`` writes contact sheets of every viseme, state and view of each tutor to
``docs/faces``.
"""

from __future__ import annotations

import base64
import io
import os
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
from PIL import Image, ImageDraw
from playwright.sync_api import Browser, Page

from .chromium import chromium

pytestmark = [pytest.mark.browser, pytest.mark.long]

ROOT = Path(__file__).parents[2]
SHEETS = ROOT / "docs/faces"
TUTORS = sorted(
    p.stem for p in (ROOT / "inference/static/inference/tutors").glob("*.glb")
)
VISEMES = (
    "sil", "PP", "FF", "TH", "DD", "kk", "CH", "SS", "nn", "RR", "aa", "E", "I", "O", "U",
)  # fmt: skip
SIZE = 320
MAX_BYTES = 400_000
PATIENCE_MS = 120_000

Bytes = npt.NDArray[np.uint8]


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *args: object, **named: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    """The project's files under an address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(ROOT)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A browser without a graphics card."""
    with chromium(software_gl=True) as running:
        yield running


@pytest.fixture(autouse=True)
def close_pages(browser: Browser) -> Iterator[None]:
    """Heads that nobody looks at any more would slow down those of the next test."""
    yield
    for context in browser.contexts:
        context.close()


@pytest.fixture
def complaints() -> list[str]:
    """What the page's scripts and shaders complained of."""
    return []


def _open(browser: Browser, site: str, complaints: list[str], **query: object) -> Page:
    page = browser.new_page()
    page.set_default_timeout(PATIENCE_MS)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on(
        "console",
        lambda line: (
            complaints.append(line.text)
            if line.type == "error" or "THREE" in line.text
            else None
        ),
    )
    asked = {"size": SIZE, "seed": 5, "ratio": 1, "face3d": "force", **query}
    page.goto(
        f"{site}/tests/js/avatar3d_demo.html?"
        + "&".join(f"{k}={v}" for k, v in asked.items())
    )
    page.wait_for_function("window.view !== undefined")
    return page


def _ready(page: Page) -> bool:
    return bool(page.evaluate("view.ready"))


def _shown(page: Page, **what: object) -> Bytes:
    """Return the picture ``uint8[h, w, 3]`` of what ``window.show`` is asked for."""
    address = str(page.evaluate("what => show(what)", what))
    data = base64.b64decode(address.split(",", 1)[1])
    with Image.open(io.BytesIO(data)) as image:
        return np.asarray(image.convert("RGB"), np.uint8)


def _dark_share(picture: Bytes) -> float:
    """Return how much of the middle of a mouth's close-up is dark: its opening."""
    height, width = picture.shape[:2]
    middle = picture[height // 4 : 3 * height // 4, width // 4 : 3 * width // 4]
    return float((middle.max(axis=2) < 70).mean())


def test_the_mouth_opens_on_aa_and_closes_on_pp(
    browser: Browser, site: str, complaints: list[str]
) -> None:
    page = _open(browser, site, complaints, tutor="jonas")
    assert _ready(page)
    close: dict[str, object] = {"camera": {"shot": "mouth"}}
    pictures = {v: _shown(page, viseme=v, **close) for v in ("sil", "aa", "PP")}
    assert page.evaluate("view.snapshot()") == {"viseme": "PP", "openness": 0}
    opened, shut = _dark_share(pictures["aa"]), _dark_share(pictures["PP"])
    assert opened > 0.06
    assert shut < 0.25 * opened
    assert pictures["sil"].std() > 10
    cut = _shown(
        page, viseme="aa", camera={"shot": "mouth", "angle": 90, "cutaway": True}
    )
    whole = _shown(page, viseme="aa", camera={"shot": "mouth", "angle": 90})
    assert np.abs(cut.astype(int) - whole).mean() > 8
    pixels = page.evaluate(
        "() => { const {width, height, pixels} = view.readPixels();"
        " return [width, height, new Set(pixels).size]; }"
    )
    assert pixels[:2] == [SIZE, SIZE]
    assert pixels[2] > 50
    assert complaints == []


def test_a_lost_context_and_broken_files_are_told_once(
    browser: Browser, site: str, complaints: list[str]
) -> None:
    page = _open(browser, site, complaints)
    assert _ready(page)
    page.evaluate(
        "document.querySelector('canvas').getContext('webgl2')"
        ".getExtension('WEBGL_lose_context').loseContext()"
    )
    page.wait_for_function("failures.length > 0")
    assert page.evaluate("failures") == ["context"]
    assert page.locator("canvas").count() == 0
    for model, reason in (("/missing.glb", "network"), ("/Makefile", "file")):
        broken = _open(browser, site, [], model=model)
        assert not _ready(broken)
        assert broken.evaluate("failures") == [reason]
        broken.evaluate("view.setState('listening'); view.step(0); view.destroy()")
    without = _open(browser, site, complaints, face3d="no")
    assert without.evaluate("supported") is False


@pytest.mark.skipif(
    "UPDATE_SCREENSHOTS" not in os.environ, reason="draws the documents"
)
@pytest.mark.parametrize("tutor", TUTORS)
def test_contact_sheets(
    browser: Browser, site: str, complaints: list[str], tutor: str
) -> None:
    page = _open(browser, site, complaints, tutor=tutor)
    assert _ready(page)
    cells: list[tuple[str, Bytes]] = []
    face: dict[str, object] = {"camera": {"shot": "face"}}
    cells += [(viseme, _shown(page, viseme=viseme, **face)) for viseme in VISEMES]
    for state in ("idle", "listening", "thinking", "speaking"):
        cells.append((state, _shown(page, state=state)))
    for name, camera in (
        ("mouth", {"shot": "mouth"}),
        ("side", {"shot": "mouth", "angle": 80}),
        ("cut-away TH", {"shot": "mouth", "angle": 90, "cutaway": True}),
        ("cut-away nn", {"shot": "mouth", "angle": 90, "cutaway": True}),
        ("cut-away kk", {"shot": "mouth", "angle": 90, "cutaway": True}),
    ):
        viseme = name.rpartition(" ")[2] if " " in name else "E"
        cells.append((name, _shown(page, viseme=viseme, camera=camera)))
    dark = _open(browser, site, complaints, tutor=tutor, scheme="dark")
    assert _ready(dark)
    cells.append(("dark", _shown(dark)))
    _write_sheet(SHEETS / f"{tutor}-browser.webp", cells)
    assert complaints == []


def _write_sheet(path: Path, cells: list[tuple[str, Bytes]], columns: int = 5) -> None:
    rows = -(-len(cells) // columns)
    sheet = Image.new("RGB", (columns * SIZE, rows * SIZE))
    for number, (name, picture) in enumerate(cells):
        image = Image.fromarray(picture)
        ImageDraw.Draw(image).text((6, 4), name, fill=(20, 30, 40))
        sheet.paste(image, (number % columns * SIZE, number // columns * SIZE))
    path.parent.mkdir(parents=True, exist_ok=True)
    sheet.save(path, quality=80, method=6)
    assert path.stat().st_size < MAX_BYTES
