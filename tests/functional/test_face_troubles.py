"""What can go wrong with the tutor's face in a real browser, and what is seen then."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, StorageState

from .chromium import chromium, chromium_with_gl
from .slow_line import slow_line
from .test_face_video import PATIENCE_S, SKEW_MS, ask, face, playing, video
from .test_live_talk import debug, sign_in, wait_for
from .tutor_server import TutorServer, tutor_server

pytestmark = [pytest.mark.browser, pytest.mark.long]

CANNOT = "This browser cannot show that. Your tutor is drawn."
TOO_LATE = "Video would come too late just now. Your tutor is drawn."
# The voice takes 353 kbit/s, its mouth cues and captions some more: the rest is for video.
LINE_BITS_PER_S = 450_000
# How long the voice is listened to; so much of it may be missing, for the machine's pauses.
HEARD_MS, STALLED_MS = 6000, 400
SOON_S = 8.0

NO_AUTOPLAY = """
HTMLMediaElement.prototype.play = () =>
  Promise.reject(new DOMException("not without a click", "NotAllowedError"));"""
NO_MEDIA_SOURCE = "delete window.MediaSource; delete window.ManagedMediaSource;"
NO_H264 = """
const isTypeSupported = MediaSource.isTypeSupported.bind(MediaSource);
MediaSource.isTypeSupported = (type) => !type.includes("avc1") && isTypeSupported(type);"""
# From the flag on what arrives is torn: `all` of it, or the `pictures` inside the boxes.
TORN = """
const append = SourceBuffer.prototype.appendBuffer;
SourceBuffer.prototype.appendBuffer = function (data) {
  const bytes = new Uint8Array(data);
  const mdat = [109, 100, 97, 116];
  const at = bytes.findIndex((_, i) => mdat.every((byte, k) => bytes[i + k] === byte));
  if (window.torn === "all") bytes.fill(255);
  if (window.torn === "pictures" && at >= 0) bytes.fill(255, at + 4);
  return append.call(this, bytes);
};"""
HIDEABLE = """
let hidden = false;
Object.defineProperty(Document.prototype, "hidden", { get: () => hidden });
Object.defineProperty(Document.prototype, "visibilityState", {
  get: () => (hidden ? "hidden" : "visible"),
});
window.setHidden = (now) => {
  hidden = now;
  document.dispatchEvent(new Event("visibilitychange"));
};"""
# How long the voice was heard, and how long it was missed, since `voice` was set anew.
LISTENER = """
window.voice = { heardMs: 0, stalledMs: 0 };
let before = performance.now(), began = false;
setInterval(() => {
  const now = performance.now(), passed = now - before;
  before = now;
  const audio = window.tutorDebug?.audio();
  if (!audio?.playing) began = false;
  else if (audio.clockMs !== null) { began = true; window.voice.heardMs += passed; }
  else if (began) window.voice.stalledMs += passed;
}, 20);"""
SKEW = """() => document.querySelector(".face-video__speech").currentTime * 1000
  - window.tutorDebug.audio().clockMs"""


@pytest.fixture(scope="module")
def server() -> Iterator[TutorServer]:
    """The product with a face of bars, as heavy as a real one."""
    with tutor_server("tests.grainy_face_settings") as running:
        yield running


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A browser."""
    with chromium() as running:
        yield running


@pytest.fixture(scope="module")
def cookies(server: TutorServer, browser: Browser) -> StorageState:
    """What the browser of a learner who signed in keeps, for every port."""
    context = browser.new_context(base_url=server.url)
    sign_in(context.new_page())
    state = context.storage_state()
    context.close()
    return state


Join = Callable[..., Page]


def tear(route: Route) -> None:
    """Send something in the place of a head."""
    route.fulfill(body=b"no head" * 1000, content_type="model/gltf-binary")


@pytest.fixture
def join(
    server: TutorServer, browser: Browser, cookies: StorageState
) -> Iterator[Join]:
    """Opens a talk and joins it to type."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def joined(
        script: str = "",
        *,
        url: str = server.url,
        query: str = "",
        browser: Browser = browser,
    ) -> Page:
        context = browser.new_context(base_url=url, storage_state=cookies)
        contexts.append(context)
        context.add_init_script(f"(() => {{ {script} }})();")
        context.route("**/*.glb", tear)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto("/today/")
        page.get_by_role("button", name="Talk freely").click()
        page.get_by_role("button", name="Join and type").wait_for()
        if query:
            page.goto(page.url + query)
        page.get_by_role("button", name="Join and type").click()
        return page

    yield joined
    for context in contexts:
        context.close()
    assert complaints == []


def with_video(page: Page) -> Page:
    """Wait for the clip of waiting, the opening over."""
    wait_for(lambda: face(page) == "video", "the waiting clip", PATIENCE_S)
    wait_for(lambda: not playing(page), "the end of the opening", PATIENCE_S)
    return page


def told(page: Page) -> str:
    return page.locator("#notices").inner_text()


def offers_video(page: Page) -> bool:
    return page.locator("#face-menu input[value=video]").is_enabled()


def draws_what_is_said(page: Page) -> None:
    """Wait for a mouth that is drawn and moves to a voice that goes on."""
    wait_for(lambda: playing(page), "the voice", PATIENCE_S)
    began_ms = debug(page, "audio")["totalPlayedMs"]
    wait_for(
        lambda: face(page) == "drawn" and debug(page, "mouth")["openness"] > 0.3,
        "a drawn mouth that opens",
        PATIENCE_S,
    )
    wait_for(
        lambda: debug(page, "audio")["totalPlayedMs"] > began_ms + 500,
        "a voice that goes on",
        PATIENCE_S,
    )


def test_a_browser_that_lets_nothing_play_gets_the_next_face_and_a_sentence(
    join: Join,
) -> None:
    page = join(NO_AUTOPLAY)
    wait_for(lambda: CANNOT in told(page), "a sentence", PATIENCE_S)
    assert not offers_video(page)
    ask(page, "Hello.")
    draws_what_is_said(page)


@pytest.mark.parametrize("lacks", [NO_MEDIA_SOURCE, NO_H264], ids=["mse", "h264"])
def test_a_browser_that_cannot_show_video_is_not_offered_it(
    join: Join, lacks: str
) -> None:
    page = join(lacks)
    draws_what_is_said(page)
    assert not offers_video(page)
    assert page.locator("#face-menu input[value=drawn]").is_checked()
    assert told(page) == ""


@pytest.mark.parametrize("torn", ["all", "pictures"])
def test_video_that_cannot_be_decoded_leaves_the_reply_to_the_drawn_face(
    join: Join, torn: str
) -> None:
    page = with_video(join(TORN))
    page.evaluate(f"window.torn = '{torn}'")
    ask(page, "Tell me a long story, please.")
    wait_for(lambda: CANNOT in told(page), "a sentence", PATIENCE_S)
    draws_what_is_said(page)
    assert not offers_video(page)


def test_a_hidden_page_decodes_nothing_and_finds_back_to_the_voice(join: Join) -> None:
    page = with_video(join(HIDEABLE))
    ask(page, "Tell me a long story, please.")
    wait_for(lambda: video(page).get("shows") == "speech", "pictures", PATIENCE_S)
    page.evaluate("setHidden(true)")
    time.sleep(0.3)
    decoded, heard = video(page)["decoded"], debug(page, "audio")["clockMs"]
    still = "() => [...document.querySelectorAll('video')].every((one) => one.paused)"
    assert page.evaluate(still)
    time.sleep(2.0)
    assert video(page)["decoded"] == decoded
    assert debug(page, "audio")["clockMs"] > heard + 1500
    page.evaluate("setHidden(false)")
    time.sleep(1.0)
    assert video(page)["shows"] == "speech"
    assert video(page)["decoded"] > decoded
    assert abs(page.evaluate(SKEW)) < SKEW_MS


def test_a_line_too_slow_for_video_keeps_the_voice(
    join: Join, server: TutorServer
) -> None:
    with slow_line(int(server.url.rpartition(":")[2])) as line:
        page = with_video(join(LISTENER, url=line.url))
        line.bits_per_s = LINE_BITS_PER_S
        ask(page, "Tell me a long story, please.")
        wait_for(lambda: face(page) == "drawn", "the drawn face", PATIENCE_S)
        assert told(page) == ""
        stop = page.get_by_role("button", name="Stop")
        stop.click()
        ask(page, "And another one.")
        page.evaluate("voice.heardMs = voice.stalledMs = 0")
        draws_what_is_said(page)
        wait_for(
            lambda: page.evaluate("voice.heardMs") > HEARD_MS, "the voice", PATIENCE_S
        )
        assert page.evaluate("voice.stalledMs") < STALLED_MS
        # Nothing of the reply that was stopped stands in the way of what follows.
        stop.click()
        wait_for(lambda: TOO_LATE in told(page), "a sentence", SOON_S)
        assert offers_video(page)
        line.bits_per_s = 0


def test_a_torn_head_leaves_the_face_drawn_with_a_sentence(
    join: Join, browser: Browser
) -> None:
    wants_head = "localStorage.setItem('tutor.face', '3d');"
    with chromium_with_gl(browser) as other:
        page = join(wants_head, query="?face3d=force", browser=other)
        wait_for(lambda: CANNOT in told(page), "a sentence", PATIENCE_S)
        draws_what_is_said(page)
        assert not page.locator("#face-menu input[value='3d']").is_enabled()
