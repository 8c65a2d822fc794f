"""The tutor stands still at a sound, goes on if it was nothing, and gives way to words.

Everything is real but the engines: a tone that the page's microphone brings stands for words
(``tests.talked_over_settings``), and a rush without a tone for a cough.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.talked_over_settings import REPLY, WORDS

from .chromium import chromium
from .test_live_talk import sign_in, turn, wait_for
from .tutor_server import TutorServer, tutor_server

pytestmark = [pytest.mark.browser, pytest.mark.long]

MM_HM_HZ, WAIT_HZ = WORDS
COUGH_HZ = 0
SAID = REPLY.split()
# Farther back than this the voice never goes.
BACK_MS = 300
# What lies between two pictures of a slow machine.
PICTURE_MS = 150
# A voice that fades, and the lips that close after it, take a moment.
FADED_MS = 150
CLOSED_MS = 400
# To hear it, to tell the page and to fade; a slow machine takes longer than usual.
SILENT_WITHIN_MS = 700
SILENT_RMS = 0.002

# A microphone that is quiet until the test has it make a sound.
MICROPHONE = """(() => {
  let context, destination;
  const rush = (gain) => {
    const buffer = context.createBuffer(1, 2 * context.sampleRate, context.sampleRate);
    const samples = buffer.getChannelData(0);
    for (let i = 0; i < samples.length; i += 1) samples[i] = gain * (2 * Math.random() - 1);
    return new AudioBufferSourceNode(context, { buffer, loop: true });
  };
  navigator.mediaDevices.getUserMedia = async () => {
    context = new AudioContext();
    destination = context.createMediaStreamDestination();
    const room = rush(0.0003);
    room.connect(destination);
    room.start();
    return destination.stream;
  };
  window.learnerMakesASound = (hz, ms) => {
    const source = hz ? new OscillatorNode(context, { frequency: hz }) : rush(1);
    const high = new BiquadFilterNode(context, { type: "highpass", frequency: hz ? 100 : 2500 });
    const gain = new GainNode(context, { gain: 0.2 });
    source.connect(high).connect(gain).connect(destination);
    source.start();
    source.stop(context.currentTime + ms / 1000);
    return performance.now();
  };
})();"""

# Notes what is to be seen and heard in every picture.
RECORD = """() => {
  const caption = document.getElementById("caption");
  const seen = (window.seen = []);
  const note = () => {
    const { clockMs, rms } = window.tutorDebug.audio();
    seen.push({
      at: performance.now(), ms: clockMs, rms,
      state: document.getElementById("tutor-state-text").innerText,
      pill: document.getElementById("live").dataset.phase,
      openness: window.tutorDebug.mouth().openness,
      caption: caption.hidden ? "" : caption.textContent,
      word: caption.querySelector('[data-said="now"]')?.textContent ?? "",
    });
    requestAnimationFrame(note);
  };
  requestAnimationFrame(note);
}"""

Seen = list[dict[str, Any]]


@pytest.fixture(scope="module")
def server() -> Iterator[TutorServer]:
    """The product on engines scripted by time, with a long reply."""
    with tutor_server("tests.talked_over_settings") as running:
        yield running


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A browser; its pages bring their own microphone."""
    with chromium() as running:
        yield running


@pytest.fixture
def talk(server: TutorServer, browser: Browser) -> Iterator[Page]:
    """A talk whose tutor was asked something and begins its long reply."""
    context = browser.new_context(base_url=server.url)
    page = context.new_page()
    page.add_init_script(MICROPHONE)
    sign_in(page)
    page.get_by_role("button", name="Talk freely").click()
    page.get_by_role("button", name="Join with microphone").click()
    wait_for(lambda: turn(page, 0).get("outcome") == "completed", "the opening")
    page.get_by_label("Type to the tutor").fill("Tell me a story.")
    page.keyboard.press("Enter")
    page.evaluate(RECORD)
    yield page
    context.close()


def reach(talk: Page, word: str) -> None:
    """Wait until the tutor says a word."""
    marked = talk.locator('#caption [data-said="now"]')
    wait_for(lambda: marked.all_inner_texts() == [word], f"the word {word}")


def make_sound(talk: Page, hz: float, ms: float) -> float:
    """Have the learner make a sound; return when it began, by the page's clock."""
    return float(talk.evaluate(f"window.learnerMakesASound({hz}, {ms})"))


def wait_for_state(talk: Page, words: str) -> None:
    """Wait until the page says how the tutor is."""
    state = talk.locator("#tutor-state-text")
    wait_for(lambda: state.inner_text() == words, f"the words {words!r}")


def while_answering(talk: Page) -> list[tuple[str, Seen]]:
    """Return what was seen since the reply began, by what the page said meanwhile."""
    seen = talk.evaluate("window.seen")
    begun = next(i for i, row in enumerate(seen) if row["ms"] is not None)
    return [(name, list(rows)) for name, rows in groupby(seen[begun:], _state)]


def _state(row: dict[str, Any]) -> str:
    return str(row["state"])


def assert_still(rows: Seen) -> None:
    """Assert that voice, captions and mouth stand still and the page does not hide it."""
    began = rows[0]["at"]
    assert {row["ms"] for row in rows} == {None}, "the place does not move"
    assert {row["pill"] for row in rows} == {"listening"}
    faded = [row for row in rows if row["at"] > began + FADED_MS]
    assert faded
    assert max(row["rms"] for row in faded) < SILENT_RMS
    assert len({row["caption"] for row in faded}) == 1
    assert faded[0]["caption"]
    assert {row["word"] for row in faded} == {""}, "no word is being said"
    closed = [row for row in rows if row["at"] > began + CLOSED_MS]
    assert max(row["openness"] for row in closed) < 0.05


def assert_goes_on(before: Seen, after: Seen) -> None:
    """Assert that the voice goes on in the word at which it stood still."""
    stood, goes_on = audible(before)[-1], audible(after)[0]
    assert stood["ms"] - BACK_MS - PICTURE_MS < goes_on["ms"] < stood["ms"] + PICTURE_MS
    assert SAID.index(goes_on["word"]) - SAID.index(stood["word"]) in (0, 1)
    assert max(row["openness"] for row in after) > 0.3
    assert max(row["rms"] for row in after) > 0.01


def audible(rows: Seen) -> Seen:
    """Return the pictures in which a word was being said."""
    return [row for row in rows if row["ms"] is not None and row["word"]]


def test_after_a_false_alarm_the_tutor_goes_on_where_it_stood(
    server: TutorServer, talk: Page
) -> None:
    for word, hz, ms in (("wooden", COUGH_HZ, 300), ("heavy", MM_HM_HZ, 600)):
        reach(talk, word)
        make_sound(talk, hz, ms)
        wait_for_state(talk, "Listening")
        wait_for_state(talk, "Speaking")
    wait_for(lambda: turn(talk, 1).get("outcome") == "completed", "the reply's end")
    wait_for_state(talk, "Listening")

    seen = while_answering(talk)
    names = ["Speaking", "Listening"] * 3
    assert [name for name, _ in seen] == names, "and never anything else"
    first, cough, second, mm_hm, third, _ = (rows for _, rows in seen)
    assert_still(cough)
    assert_still(mm_hm)
    assert_goes_on(first, second)
    assert_goes_on(second, third)

    # Every word was marked, in order: none skipped, none said again but the one begun.
    marked = [row["word"] for rows in (first, second, third) for row in audible(rows)]
    places = [SAID.index(word) for word in marked]
    assert places == sorted(places)
    assert len(set(places)) > 0.8 * len(SAID)
    assert places[0] == 0
    assert places[-1] == len(SAID) - 1

    # Nobody has interrupted, and of the sounds nothing is left.
    transcript = talk.locator("#transcript").inner_text()
    assert REPLY in transcript
    assert "Mm-hm" not in transcript
    assert "You interrupted here" not in transcript
    assert kept(server) == [
        (0, "TUTOR", "COMPLETED", None),
        (1, "LEARNER", "COMPLETED", None),
        (1, "TUTOR", "COMPLETED", None),
    ]


def test_words_silence_the_tutor_and_what_was_heard_is_kept(
    server: TutorServer, talk: Page
) -> None:
    reach(talk, "carried")
    spoken_at = make_sound(talk, WAIT_HZ, 500)
    learner = talk.locator(".speech--learner", has_text="Wait, please.")
    wait_for(learner.is_visible, "the learner's words")
    wait_for_state(talk, "Speaking")

    seen = while_answering(talk)
    names = ["Speaking", "Listening", "Hearing you", "Thinking", "Speaking"]
    assert [name for name, _ in seen] == names
    spoke, *gave_way, _ = (rows for _, rows in seen)
    assert_still(gave_way[0])
    quiet = [row for rows in gave_way for row in rows]
    assert {row["ms"] for row in quiet} == {None}, "not a word more of that reply"
    loud = [row["at"] for row in spoke + quiet if row["rms"] > SILENT_RMS]
    assert loud[-1] - spoken_at < SILENT_WITHIN_MS

    # The rest is marked as not said, from the word at which the voice stood still.
    stood = SAID.index(audible(spoke)[-1]["word"])
    bubble = talk.locator('[data-turn="1"] .said--tutor')
    assert "You interrupted here; the rest was not said." in bubble.inner_text()
    unheard = bubble.locator(".speech__unheard").all_inner_texts()
    heard = len(SAID) - len(" ".join(unheard).split())
    assert heard - stood in (0, 1)
    row = next(row for row in kept(server) if row[:2] == (1, "TUTOR"))
    assert row[2:] == ("INTERRUPTED", " ".join(SAID[:heard]))


def kept(server: TutorServer) -> list[tuple[Any, ...]]:
    """Return who said something in which turn of the latest talk, and what was heard."""
    return server.rows(
        'select t."index", u.speaker, t.state, u.heard_text '
        "from tutor_sessions_utterance u join tutor_sessions_turn t on t.id = u.turn_id "
        "where t.session_id = (select max(id) from tutor_sessions_tutoringsession) "
        'order by t."index", u.speaker'
    )
