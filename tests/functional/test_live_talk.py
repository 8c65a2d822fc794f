"""The main job, for real: speech into the browser, a voice and a moving mouth out of it.

Real recognition, a real (small) language model, a real voice, a real database; the
microphone is a sound file that the project's own voice spoke.
"""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile
import soxr
from playwright.sync_api import Browser, Page

from inference import conf
from inference.stages.stage import EngineKind
from inference.types.speech import SynthesisRequest
from tutorplatform.demo import DEMO_ACCOUNTS

from .chromium import chromium
from .tutor_server import TutorServer, tutor_server

pytestmark = pytest.mark.browser

SENTENCE = "Hello! Yesterday I went to the market and I bought two apples."
WORDS = {"hello", "yesterday", "went", "market", "bought", "two", "apples"}
# The tutor's opening is over by then.
QUIET_S = 12.0
AFTER_S = 60.0
LEARNER = next(account for account in DEMO_ACCOUNTS if account.l1 == "es")


@pytest.fixture(scope="module")
def microphone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A sound file: quiet, one spoken sentence, quiet."""
    voice = conf.get_engine(EngineKind.SYNTHESIZER)
    request = SynthesisRequest(SENTENCE, speed=0.9)
    chunks = list(voice.synthesize(request, cancelled=threading.Event()))
    conf.shutdown()
    samples = np.concatenate([chunk.clip.as_float32() for chunk in chunks])
    speech = soxr.resample(samples, chunks[0].clip.sample_rate_hz, 16_000)
    quiet, after = np.zeros(int(QUIET_S * 16_000)), np.zeros(int(AFTER_S * 16_000))
    path = tmp_path_factory.mktemp("microphone") / "learner.wav"
    sound = np.concatenate([quiet, speech, after]).astype(np.float32)
    soundfile.write(path, sound, 16_000, subtype="PCM_16")
    return path


@pytest.fixture(scope="module")
def server() -> Iterator[TutorServer]:
    """The product, served."""
    with tutor_server() as running:
        yield running


@pytest.fixture(scope="module")
def browser(server: TutorServer, microphone: Path) -> Iterator[Browser]:
    """A browser with that microphone."""
    with chromium(microphone=microphone) as running:
        yield running


def sign_in(page: Page) -> None:
    """Sign in as the demo's learner."""
    page.goto("/accounts/login/")
    page.get_by_label("E-mail address").fill(LEARNER.email)
    page.get_by_label("Password").fill(LEARNER.password)
    page.get_by_role("main").get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/today/")


def debug(page: Page, what: str) -> Any:
    """Return one of the page's debug readings."""
    return page.evaluate(f"window.tutorDebug && window.tutorDebug.{what}()")


def turn(page: Page, index: int) -> dict[str, Any]:
    """Return a turn as the page knows it."""
    turns = (debug(page, "state") or {}).get("turns", [])
    return next((t for t in turns if t["index"] == index), {})


def wait_for(condition: Any, what: str, timeout_s: float = 60) -> Any:
    """Return the condition's value once it is true."""
    deadline = time.monotonic() + timeout_s
    while time.monotonic() < deadline:
        if value := condition():
            return value
        time.sleep(0.05)
    raise AssertionError(f"waited in vain for {what}")


def test_a_learner_speaks_and_the_tutor_answers(
    server: TutorServer, browser: Browser
) -> None:
    context = browser.new_context(base_url=server.url, permissions=["microphone"])
    page = context.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    sign_in(page)
    page.get_by_role("button", name=re.compile("Start talking")).first.click()
    page.get_by_role("button", name="Join with microphone").click()

    # The tutor's opening: sound with energy, and a mouth that moves while it plays.
    wait_for(lambda: (debug(page, "audio") or {}).get("playing"), "the opening")
    openness = []
    while debug(page, "audio")["playing"]:
        openness.append(debug(page, "mouth")["openness"])
        time.sleep(0.02)
    assert max(openness) > 0.3
    assert debug(page, "audio")["maxRms"] > 0.01
    time.sleep(0.3)
    assert debug(page, "mouth")["openness"] < 0.05

    # The learner's own words appear.
    heard = wait_for(
        lambda: (
            (turn(page, 1).get("learner") or {}).get("final")
            and page.locator("#transcript").inner_text()
        ),
        "the transcript",
    )
    assert len(WORDS & set(re.findall(r"[a-z]+", heard.lower()))) >= len(WORDS) - 1

    # The tutor answers with voice and mouth.
    before_ms = debug(page, "audio")["totalPlayedMs"]
    wait_for(lambda: debug(page, "audio")["playing"], "the answer's sound")
    openness = []
    while debug(page, "audio")["playing"]:
        openness.append(debug(page, "mouth")["openness"])
        time.sleep(0.02)
    assert max(openness) > 0.3
    assert debug(page, "audio")["totalPlayedMs"] > before_ms + 300
    time.sleep(0.3)
    assert debug(page, "mouth")["openness"] < 0.05
    wait_for(lambda: turn(page, 1).get("outcome") == "completed", "the turn's end")

    page.get_by_role("button", name="End", exact=True).click()
    page.get_by_role("button", name="End the talk").click()
    page.get_by_role("heading", name="Well talked.").wait_for()
    rows = server.rows(
        "select u.speaker, u.source, u.text, t.state from tutor_sessions_utterance u "
        "join tutor_sessions_turn t on t.id = u.turn_id "
        # The demo brings talks of its own; this one began last.
        "where t.session_id = (select max(id) from tutor_sessions_tutoringsession) "
        'order by t."index", u.speaker'
    )
    assert [row[:2] for row in rows] == [
        ("TUTOR", "OPENING"),
        ("LEARNER", "SPEECH"),
        ("TUTOR", "MODEL"),
    ]
    assert "market" in rows[1][2].lower()
    assert rows[2][2]
    assert {row[3] for row in rows} == {"COMPLETED"}
    # Without consent the learner's voice is nowhere; speech is never in the log.
    assert not [path for path in server.private_files() if "learner" in path.name]
    assert "market" not in server.log().lower()
    assert complaints == []

    page.get_by_role("link", name="Look at this talk").click()
    page.get_by_text("market").first.wait_for()
    context.close()
