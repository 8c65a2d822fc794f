"""The tutor's video in a real talk: Chromium, the real socket, the real voice and head.

Only the words come from a script. What is looked at is what the page shows: when pictures
are presented, how far they are from the voice, and how soon the mouth is shut after Stop.
"""

from __future__ import annotations

import base64
import io
import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import numpy as np
from PIL import Image

from inference.types.face import Pixels
from tests.functional.chromium import chromium
from tests.functional.tutor_server import tutor_server
from tutorplatform.demo import DEMO_ACCOUNTS

from .face_landmarks import LandmarkFinder

SETTINGS = "tests.head_settings"
WATCHED_S = 30.0
# How long after Stop pictures are taken.
AFTER_STOP_MS = 500
_SIZE = 320
_PATIENCE_S = 90.0
_QUESTION = "Tell me about your brother, please."
# Notes when each picture of the reply was handed to the screen, and how many were so far:
# a busy page is told of two at once, after they were shown one after the other.
_WATCH = """() => {
  window.presented = [];
  const video = document.querySelector(".face-video__speech");
  const note = (now, seen) => {
    window.presented.push([seen.presentationTime, seen.presentedFrames]);
    window.watching = video.requestVideoFrameCallback(note);
  };
  video.requestVideoFrameCallback(note);
}"""
# Presses Stop when the mouth is open, then takes what is seen, picture by picture.
_STOP = """async ({forMs, size}) => {
  const root = document.querySelector(".face-video");
  const videos = [...root.querySelectorAll("video")];
  const stop = [...document.querySelectorAll("button")]
    .find(button => button.textContent.trim().startsWith("Stop"));
  const pictures = [];
  const take = (ms) => {
    const canvas = document.createElement("canvas");
    canvas.width = canvas.height = size;
    const context = canvas.getContext("2d");
    for (const video of videos) {
      context.globalAlpha = Number(getComputedStyle(video).opacity);
      if (video.readyState >= 2) context.drawImage(video, 0, 0, size, size);
    }
    pictures.push([ms, canvas]);
  };
  take(0);
  const pressed = performance.now();
  stop.click();
  await new Promise(resolve => {
    const frame = () => {
      const ms = performance.now() - pressed;
      take(ms);
      if (ms < forMs) requestAnimationFrame(frame);
      else resolve();
    };
    requestAnimationFrame(frame);
  });
  return pictures.map(([ms, canvas]) => [ms, canvas.toDataURL("image/jpeg", 0.9).split(",")[1]]);
}"""


@dataclass(frozen=True, slots=True)
class Watched:
    """A reply as it was shown.

    Times in ms at which pictures were handed to the screen, and how many were so far.
    """

    presented_ms: list[float]
    presented: list[int]
    decoded: int
    dropped: int
    skew_median_ms: float
    skew_p95_ms: float

    @property
    def gaps_ms(self) -> list[float]:
        """The times between pictures; of several that were told of at once, the mean."""
        waits, pictures = np.diff(self.presented_ms), np.diff(self.presented)
        return [float(gap) for gap in waits[pictures > 0] / pictures[pictures > 0]]

    @property
    def fps(self) -> float:
        """Pictures a second."""
        span = self.presented_ms[-1] - self.presented_ms[0]
        return 1000 * (self.presented[-1] - self.presented[0]) / span


@dataclass(frozen=True, slots=True)
class Stopped:
    """What was seen after Stop: pictures, and when, in ms since it was pressed."""

    times_ms: list[float]
    pictures: list[Pixels]


class LiveTalk:
    """A talk that was joined to type, its opening over."""

    def __init__(self, page: Any) -> None:
        self._page = page

    def watch(self, seconds: float = WATCHED_S) -> Watched:
        """Ask for a long reply and watch it for so long, then stop it."""
        before = self._video()
        self._ask()
        self._page.evaluate(_WATCH)
        self._wait(lambda: self._clock_ms() > 1000 * seconds, "half a minute of reply")
        seen = self._video()
        presented = self._page.evaluate("presented")
        self._page.evaluate(
            "() => document.querySelector('.face-video__speech')"
            ".cancelVideoFrameCallback(watching)"
        )
        self._page.get_by_role("button", name="Stop").click()
        self._rest()
        return Watched(
            presented_ms=[float(at) for at, _ in presented],
            presented=[int(count) for _, count in presented],
            decoded=seen["decoded"] - before["decoded"],
            dropped=seen["dropped"] - before["dropped"],
            skew_median_ms=seen["skewMs"]["median"],
            skew_p95_ms=seen["skewMs"]["most"],
        )

    def stop(self, after_ms: float) -> Stopped:
        """Ask, and press Stop so long after the voice began."""
        self._ask()
        self._wait(lambda: self._clock_ms() > after_ms, "the reply's voice")
        asked = {"forMs": AFTER_STOP_MS, "size": _SIZE}
        taken = self._page.evaluate(_STOP, asked)
        self._rest()
        return Stopped([ms for ms, _ in taken], [_picture(text) for _, text in taken])

    def _ask(self) -> None:
        self._page.get_by_label("Type to the tutor").fill(_QUESTION)
        self._page.get_by_role("button", name="Send").click()
        self._wait(lambda: self._video().get("shows") == "speech", "pictures")

    def _rest(self) -> None:
        """Wait until nothing is said."""
        self._wait(lambda: not self._debug("audio")["playing"], "silence")
        time.sleep(1.0)

    def _clock_ms(self) -> float:
        return float(self._debug("audio")["clockMs"] or 0.0)

    def _video(self) -> dict[str, Any]:
        found: dict[str, Any] = self._debug("mouth")["video"] or {}
        return found

    def _debug(self, what: str) -> Any:
        return self._page.evaluate(f"window.tutorDebug.{what}()")

    def _wait(self, condition: Callable[[], bool], what: str) -> None:
        _wait_for(condition, what)


@contextmanager
def live_talk() -> Iterator[LiveTalk]:
    """Serve the product, sign in the demo's learner, join a talk with a video face."""
    with tutor_server(SETTINGS) as server, chromium() as browser:
        page = browser.new_context(base_url=server.url).new_page()
        page.goto("/accounts/login/")
        page.get_by_label("E-mail address").fill(DEMO_ACCOUNTS[0].email)
        page.get_by_label("Password").fill(DEMO_ACCOUNTS[0].password)
        page.get_by_role("main").get_by_role("button", name="Sign in").click()
        page.wait_for_url("**/today/")
        page.get_by_role("button", name=re.compile("Start talking")).first.click()
        page.get_by_role("button", name="Join and type").click()
        page.wait_for_function("window.tutorDebug !== undefined")
        debug = "window.tutorDebug"
        _wait_for(
            lambda: page.evaluate(f"{debug}.mouth().face") == "video",
            "the clip of waiting",
        )
        _wait_for(
            lambda: not page.evaluate(f"{debug}.audio().playing"),
            "the end of the opening",
        )
        yield LiveTalk(page)


def shut_after_ms(
    stopped: Stopped, finder: LandmarkFinder, shut_below: float
) -> float | None:
    """Return when the mouth was shut for good; None if it was not open to begin with.

    Infinite if it never was.
    """
    openings = finder.openings(stopped.pictures)
    is_open = ~(openings < shut_below)
    if not is_open[0]:
        return None
    last = int(np.flatnonzero(is_open)[-1])
    if last + 1 == len(is_open):
        return float("inf")
    return stopped.times_ms[last + 1]


def _picture(text: str) -> Pixels:
    with Image.open(io.BytesIO(base64.b64decode(text))) as image:
        return np.asarray(image.convert("RGB"))


def _wait_for(condition: Callable[[], bool], what: str) -> None:
    deadline = time.monotonic() + _PATIENCE_S
    while time.monotonic() < deadline:
        if condition():
            return
        time.sleep(0.02)
    raise RuntimeError(f"waited in vain for {what}")
