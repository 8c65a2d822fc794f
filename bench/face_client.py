"""The head that browsers draw, filmed picture by picture in Chromium without a graphics card.

Its clock is stepped, so that what is measured does not depend on how fast it is drawn.
"""

from __future__ import annotations

import base64
import io
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

from inference.engines.avatars.cue_timing import mouth_cues
from inference.types.face import FPS, Pixels
from tests.functional.chromium import chromium

from .face_landmarks import LandmarkFinder
from .face_mouth import Floats, Take
from .face_speech import Line

_ROOT = Path(__file__).resolve().parent.parent
# Landmarks need no more, and a processor draws it in half a second.
SIZE = 320
_PATIENCE_MS = 300_000
# Pictures that are asked for at once.
_BATCH = 10
_FILM = """async ({times, start}) => {
  const view = window.view;
  const pictures = [];
  for (const ms of times) {
    view.setClock(() => ms);
    view.step(start + ms);
    const blob = await view.toBlob("image/jpeg", 0.92);
    const bytes = new Uint8Array(await blob.arrayBuffer());
    let text = "";
    for (const byte of bytes) text += String.fromCharCode(byte);
    pictures.push(btoa(text));
  }
  return pictures;
}"""


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *args: object, **named: object) -> None:
        """Say nothing."""


@contextmanager
def _site() -> Iterator[str]:
    """Serve the project's files."""
    handler = partial(_Quiet, directory=str(_ROOT))
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


@contextmanager
def client_head(avatar: str) -> Iterator[Any]:
    """Open the development page with a head; yield the page."""
    with _site() as address, chromium(software_gl=True) as browser:
        page = browser.new_page()
        page.set_default_timeout(_PATIENCE_MS)
        query = f"tutor={avatar}&size={SIZE}&seed=7&ratio=1&face3d=force"
        page.goto(f"{address}/tests/js/avatar3d_demo.html?{query}")
        page.wait_for_function("window.view !== undefined")
        if not page.evaluate("view.ready"):
            raise RuntimeError("Chromium does not draw the head")
        yield page


def client_takes(
    page: Any, lines: Sequence[Line], finder: LandmarkFinder
) -> Iterator[Take]:
    """Yield each line as the head in the browser says it."""
    start = 1000.0
    for line in lines:
        speech = line.speech
        cues = mouth_cues(speech.phonemes, speech.clip.duration_ms)
        page.evaluate(
            "cues => { view.setState('speaking'); view.setCues(cues); }",
            [[cue.viseme.value, cue.start_ms, cue.end_ms] for cue in cues],
        )
        times = np.arange(0, speech.clip.duration_ms, 1000 / FPS)
        pictures = _pictures(page, times, start)
        yield Take(line.text, speech.phonemes, times, finder.openings(pictures))
        start += float(times[-1]) + 1000


def client_at_rest(page: Any, finder: LandmarkFinder) -> Floats:
    """Return the openings of the head while it waits."""
    page.evaluate("() => { view.clearCues(); view.setState('idle'); }")
    return finder.openings(_pictures(page, np.arange(0, 1000, 1000 / FPS), 0.0))


def _pictures(page: Any, times: Floats, start: float) -> list[Pixels]:
    found: list[Pixels] = []
    for at in range(0, len(times), _BATCH):
        batch = [float(ms) for ms in times[at : at + _BATCH]]
        for text in page.evaluate(_FILM, {"times": batch, "start": start}):
            with Image.open(io.BytesIO(base64.b64decode(text))) as image:
                found.append(np.asarray(image.convert("RGB")))
    return found
