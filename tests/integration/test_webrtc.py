"""A talk by WebRTC against a real server: spoken, heard, interrupted, broken."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Iterator
from typing import Any

import numpy as np
import pytest

from bench.client import FRAME_S
from bench.rtc_client import RtcClient
from bench.server import BenchServer, Seat

pytestmark = pytest.mark.slow

SPOKEN_FRAMES = 60
STOP_S = 0.3
SEATS = 4


@pytest.fixture(scope="module")
def seats() -> Iterator[tuple[BenchServer, list[Seat]]]:
    """A server with scripted engines that says long replies, and places in talks."""
    env = {"TUTOR_WEBRTC": "auto", "TUTOR_WEBRTC_CONNECT_S": "1.5"}
    with BenchServer("tests.webrtc_settings", env=env) as server:
        places = server.seed(SEATS)
        server.start()
        yield server, places


@pytest.fixture
async def talk(
    seats: tuple[BenchServer, list[Seat]],
) -> AsyncIterator[RtcClient]:
    """A talk whose opening is over."""
    server, places = seats
    client = RtcClient(server.port, places.pop())
    opening = client.expect("turn.ended", turn=0)
    await client.join()
    await asyncio.wait_for(opening, 10)
    client.plays = False
    yield client
    await client.leave()


def speech() -> list[bytes]:
    """A tone that the scripted detector takes for speech."""
    t = np.arange(320 * SPOKEN_FRAMES)
    tone = (9000 * np.sin(2 * np.pi * 250 * t / 16_000)).astype("<i2")
    return [bytes(frame.tobytes()) for frame in tone.reshape(-1, 320)]


async def until_loud(client: RtcClient, since: float) -> int:
    """Return the index of the first loud frame of the track after a moment."""
    while True:
        for index, heard in enumerate(client.heard):
            if heard.at > since and heard.is_loud:
                return index
        await asyncio.sleep(0.01)


async def until_said(client: RtcClient) -> None:
    """Return once the microphone has nothing more to say."""
    while True:
        if not client.microphone.frames:
            return
        await asyncio.sleep(0.005)


async def test_speech_goes_by_a_track_and_the_answer_comes_by_one(
    talk: RtcClient,
) -> None:
    await asyncio.wait_for(talk.propose(), 10)
    await talk.speak_by_track()
    began_at = time.monotonic()
    talk.microphone.frames.extend(speech())
    final = talk.expect("transcript.final", turn=1, source="speech")
    first = talk.expect("audio", turn=1)
    voice = talk.expect("rtc.voice", turn=1)
    words = (await asyncio.wait_for(final, 10)).message["words"]
    # The scripted words fill the utterance: it came whole, with the moment around it.
    heard_ms = words[-1]["end_ms"]
    assert SPOKEN_FRAMES * 20 - 40 < heard_ms < SPOKEN_FRAMES * 20 + 700
    assert (await asyncio.wait_for(first, 10)).message["by_track"]

    # The mark says to the millisecond where on the track the reply is.
    mark = (await asyncio.wait_for(voice, 10)).message
    onset = await asyncio.wait_for(until_loud(talk, began_at), 10)
    loud = np.flatnonzero(np.abs(talk.heard[onset].samples) > 200)[0]
    found = (talk.heard[onset].rtp + int(loud) - mark["rtp"] + (1 << 31)) % (1 << 32)
    assert mark["offset_ms"] == 0
    assert abs(found - (1 << 31)) < 0.025 * 48_000

    # Who speaks again silences it.
    interrupted = talk.expect("reply.interrupted", turn=1, reason="barge_in")
    await asyncio.sleep(0.5)
    talk.microphone.frames.extend(speech())
    stopped_at = (await asyncio.wait_for(interrupted, 10)).at
    await asyncio.sleep(0.6)
    loud_at = [heard.at for heard in talk.heard if heard.is_loud]
    late = [at for at in loud_at if stopped_at < at < stopped_at + 0.6]
    assert max(late, default=stopped_at) - stopped_at < STOP_S
    assert talk.errors == []


async def test_without_udp_the_talk_goes_on_by_the_socket(talk: RtcClient) -> None:
    closed = talk.expect("rtc.closed")
    await talk.propose(answered=False)
    first = talk.expect("audio", turn=1)
    final = talk.expect("transcript.final", turn=1)
    for frame in [*speech(), *[bytes(640)] * 60]:
        await talk.frame(frame)
        await asyncio.sleep(FRAME_S / 2)
    await asyncio.wait_for(final, 10)
    audio = (await asyncio.wait_for(first, 10)).message
    assert (audio["by_track"], audio["samples"] > 0) == (False, True)
    gave_up = (await asyncio.wait_for(closed, 10)).message
    assert (gave_up["reason"], gave_up["message"]) == ("not_connected", "")


async def test_a_line_that_breaks_in_a_word_loses_none_of_it(talk: RtcClient) -> None:
    await asyncio.wait_for(talk.propose(), 10)
    await talk.speak_by_track()
    closed = talk.expect("rtc.closed")
    final = talk.expect("transcript.final", turn=1)
    spoken = speech()
    kept = len(spoken) // 2
    # What a page does: it counts and keeps each frame, whichever way it goes.
    talk.microphone.frames.extend(spoken[:kept])
    await asyncio.wait_for(until_said(talk), 10)
    talk.microphone.flows.clear()
    gave_up = (await asyncio.wait_for(closed, 5)).message
    assert gave_up["reason"] == "stalled"
    begun_at = talk.first_spoken_frame()
    resent = gave_up["next_frame"] - begun_at
    assert 0 <= resent <= kept, "asked for sound it never got"
    talk.go_on_from(gave_up["next_frame"])
    for frame in [*spoken[resent:], *[bytes(640)] * 60]:
        await talk.frame(frame)
    words = (await asyncio.wait_for(final, 10)).message["words"]
    whole_ms = SPOKEN_FRAMES * 20
    assert whole_ms - 20 < words[-1]["end_ms"] < whole_ms + 900


async def test_what_was_not_heard_of_a_reply_comes_by_the_socket(
    talk: RtcClient,
) -> None:
    await asyncio.wait_for(talk.propose(), 10)
    sound: list[dict[str, Any]] = []
    talk.watch("audio", sound.append)
    voice = talk.expect("rtc.voice", turn=1)
    await talk.send(type="text.submit", text="Tell me more.", client_id="a")
    mark = (await asyncio.wait_for(voice, 10)).message
    heard_ms = 700
    where = {"turn": 1, "attempt": mark["attempt"]}
    await talk.send(type="playback.progress", played_ms=heard_ms, **where)
    closed = talk.expect("rtc.closed", reason="page")
    ended = talk.expect("reply.audio_ended", turn=1)
    await talk.send(type="rtc.close")
    assert (await asyncio.wait_for(closed, 5)).message["message"]
    await asyncio.wait_for(ended, 20)
    pieces = [piece for piece in sound if piece["again"] or piece["samples"]]
    assert pieces[0]["again"]
    assert pieces[0]["offset"] / 22_050 * 1000 <= heard_ms
    ends = [piece["offset"] + piece["samples"] for piece in pieces]
    assert ends[:-1] == [piece["offset"] for piece in pieces[1:]], "a hole in the reply"
