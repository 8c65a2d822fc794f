"""A wrong sound in the microphone is found on its word; a right reading has none.

Everything is real: the browser, recognition, the learned scorer. The project's own voice
reads, once with "ban" where the text says "van".
"""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import soundfile
import soxr
from playwright.sync_api import Page, expect

from inference import conf
from inference.stages.stage import EngineKind
from inference.types.speech import SynthesisRequest

from .chromium import chromium
from .test_live_talk import sign_in
from .tutor_server import TutorServer, tutor_server

pytestmark = pytest.mark.browser

TEXT = "He bought a new van."
PLANTED = "He bought a new ban."
# The microphone is opened before the first sound of the file is of use.
OPENING_S = 1.0


@pytest.fixture(scope="module")
def server() -> Iterator[TutorServer]:
    """The product, served."""
    with tutor_server() as running:
        yield running


def spoken(sentence: str, path: Path) -> float:
    """Write the sentence to a file that a microphone can play; return its length in s."""
    voice = conf.get_engine(EngineKind.SYNTHESIZER)
    request = SynthesisRequest(sentence, speed=0.9)
    chunks = list(voice.synthesize(request, cancelled=threading.Event()))
    conf.shutdown()
    samples = np.concatenate([chunk.clip.as_float32() for chunk in chunks])
    speech = soxr.resample(samples, chunks[0].clip.sample_rate_hz, 16_000)
    quiet = np.zeros(int(16_000 * OPENING_S))
    sound = np.concatenate([quiet, speech, np.zeros(16_000 * 30)])
    soundfile.write(path, sound.astype(np.float32), 16_000, subtype="PCM_16")
    return len(speech) / 16_000 + OPENING_S


def read_aloud(page: Page, seconds: float) -> None:
    """Record readings of the text until one has marks: what went wrong is said each time.

    A machine that stalls loses the beginning of a recording, and the page asks for
    another one, which plays the file from its beginning again.
    """
    page.goto("/sessions/read-aloud/")
    page.get_by_label("Text to read").fill(TEXT)
    problems: list[str] = []
    for _ in range(3):
        page.locator("#record").click()
        expect(page.locator("#record-label")).to_have_text("Stop", timeout=15_000)
        page.wait_for_timeout(int(1000 * (seconds + 0.7)))
        page.locator("#record").click()
        marks = page.locator("#marked .word-mark").first
        problem = page.locator("#studio-problem:not([hidden])")
        expect(marks.or_(problem).first).to_be_visible(timeout=60_000)
        if marks.is_visible():
            return
        problems.append(problem.inner_text())
    pytest.fail(f"no reading was judged: {problems}")


@pytest.mark.parametrize("sentence", [PLANTED, TEXT], ids=["planted", "right"])
def test_the_wrong_word_is_found(
    server: TutorServer, tmp_path: Path, sentence: str
) -> None:
    microphone = tmp_path / "reading.wav"
    seconds = spoken(sentence, microphone)
    with chromium(microphone=microphone) as browser:
        context = browser.new_context(base_url=server.url, permissions=["microphone"])
        page = context.new_page()
        sign_in(page)
        read_aloud(page, seconds)
        marked = page.locator("#marked .word-mark--work")
        if sentence == TEXT:
            expect(marked).to_have_count(0)
        else:
            expect(marked).to_have_count(1)
            expect(marked).to_have_text(re.compile("van"))
            marked.click()
            panel = page.get_by_role("dialog", name="van")
            expect(panel.get_by_text("I heard another sound: b")).to_be_visible()
        context.close()
