"""What of WebRTC is plain: credentials, the voice's frames, what goes which way."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from sessions.live.webrtc.credentials import time_limited
from sessions.live.webrtc.reply_carrier import ReplyCarrier
from sessions.live.webrtc.setting import rtc_setting
from sessions.live.webrtc.voice_queue import FRAME_SAMPLES, VoiceQueue
from sessions.turns.context import TurnContext, TypedInput
from sessions.turns.events import Source
from sessions.turns.interruption import Interruption
from sessions.turns.playback import Playback, SpokenClause
from sessions.turns.timing import TurnTimer
from sessions.wire.binary import TutorAudio, decode_tutor_audio, encode_tutor_audio

RATE_HZ = 16_000
CHUNK = 3200
OFF = {
    "MODE": "off", "CONNECT_S": 5.0, "MOST": 50, "STUN": [], "TURN": [], "TURN_USER": "",
    "TURN_PASSWORD": "", "TURN_SECRET": "", "TURN_TTL_S": 600,
}  # fmt: skip
TURN = "turn:turn.example.org:3478"


def chunk(number: int, *, turn: int = 1, level: int = 5000) -> TutorAudio:
    """Return the n-th 200 ms of a reply."""
    pcm = np.full(CHUNK, level, "<i2").tobytes()
    return TutorAudio(turn, number + 1, 0, 0, RATE_HZ, number * CHUNK, pcm)


def test_a_turn_server_can_check_what_a_talk_was_given() -> None:
    given = time_limited("north", "talk", now=1_700_000_000.4, ttl_s=600)
    assert given.username == "1700000600:talk"
    # printf '1700000600:talk' | openssl dgst -sha1 -hmac north -binary | base64
    assert given.password == "Tc/0J/p6n3GYY9sAUPSgvmy6+7k="
    assert time_limited("south", "talk", now=1_700_000_000.4, ttl_s=600) != given


@pytest.mark.parametrize(
    ("changed", "servers"),
    [
        ({"MODE": "off"}, None),
        ({}, []),
        (
            {
                "STUN": ["stun:a"],
                "TURN": [TURN],
                "TURN_USER": "u",
                "TURN_PASSWORD": "p",
            },
            [
                {"urls": ["stun:a"]},
                {"urls": [TURN], "username": "u", "credential": "p"},
            ],
        ),
    ],
)
def test_pages_are_offered_what_is_set(
    settings: Any, changed: dict[str, Any], servers: list[dict[str, Any]] | None
) -> None:
    settings.WEBRTC = {**OFF, "MODE": "auto", **changed}
    setting = rtc_setting("talk", now=0)
    offered = setting.as_json() if setting else {"ice_servers": None}
    assert offered["ice_servers"] == servers


def test_a_secret_makes_names_that_end(settings: Any) -> None:
    settings.WEBRTC = {**OFF, "MODE": "auto", "TURN": [TURN], "TURN_SECRET": "north"}
    setting = rtc_setting("talk", now=1000)
    assert setting is not None
    (server,) = setting.ice_servers
    given = time_limited("north", "talk", now=1000, ttl_s=600)
    assert (server["username"], server["credential"]) == (
        given.username,
        given.password,
    )


def test_a_reply_leaves_whole_and_says_where_it_begins() -> None:
    queue = VoiceQueue()
    assert queue.next_frame()[1] is None
    for number in range(2):
        queue.push(chunk(number))
    queue.complete(1, 0)
    frames = [queue.next_frame() for _ in range(22)]
    marks = [mark for _, mark in frames if mark is not None]
    assert [(mark.turn, mark.offset_ms, mark.at) for mark in marks] == [(1, 0.0, 0)]
    sound = np.concatenate([samples for samples, _ in frames])
    assert abs(np.count_nonzero(np.abs(sound) > 2500) - 400 * 48) < 48
    assert len(frames[0][0]) == FRAME_SAMPLES


def test_a_voice_that_comes_late_gets_a_mark_where_it_goes_on() -> None:
    queue = VoiceQueue()
    queue.push(chunk(0))
    for _ in range(15):
        queue.next_frame()
    queue.push(chunk(1))
    queue.complete(1, 0)
    (mark,) = [mark for _ in range(15) if (mark := queue.next_frame()[1])]
    # The filter held some of the first chunk back.
    assert 150 < mark.offset_ms < 200


def test_silence_is_one_frame_away() -> None:
    queue = VoiceQueue()
    queue.push(chunk(0))
    queue.next_frame()
    queue.drop()
    fading, silence = queue.next_frame()[0], queue.next_frame()[0]
    assert np.all(fading[240:] == 0)
    assert abs(int(fading[0])) > abs(int(fading[200])) > 0
    assert not silence.any()
    assert not queue


def test_a_reply_stays_on_the_way_it_began() -> None:
    carrier = ReplyCarrier()
    packets = [encode_tutor_audio(chunk(number)) for number in range(2)]
    assert carrier.pass_on(packets[0]) == packets[0]
    carrier.carries = True
    assert carrier.pass_on(packets[1]) == packets[1]
    passed = carrier.pass_on(encode_tutor_audio(chunk(0, turn=2)))
    assert isinstance(passed, bytes)
    audio = decode_tutor_audio(passed)
    assert (audio.by_track, audio.track_samples, audio.pcm) == (True, CHUNK, b"")
    assert carrier.queue


def carried(heard_ms: float, *, interrupted: bool = False) -> list[TutorAudio]:
    """Return what comes again of a reply of 600 ms of which so much was heard."""
    carrier = ReplyCarrier()
    carrier.carries = True
    playback = Playback()
    playback.add(SpokenClause("Three chunks.", 0, 600))
    playback.progress(heard_ms)
    interruption = Interruption()
    if interrupted:
        interruption.set("stop")
    ctx = TurnContext(
        index=1, attempt=0, input=TypedInput("Hi", Source.TEXT, at=0.0), history=(),
        conversation="talk", language="en", timer=TurnTimer(zero_at=0.0, zero="text_submitted"),
        interruption=interruption, playback=playback, max_reply_tokens=9, temperature=0.0,
    )  # fmt: skip
    for number in range(3):
        carrier.pass_on(encode_tutor_audio(chunk(number)))
    again = carrier.give_up(ctx)
    assert not carrier.queue
    return [decode_tutor_audio(bytes(packet)) for packet in again]  # type: ignore[arg-type]


def test_after_a_break_comes_what_nobody_heard() -> None:
    again = carried(250)
    assert [(audio.offset_samples, audio.again) for audio in again] == [
        (CHUNK, True),
        (2 * CHUNK, True),
    ]
    assert all(len(audio.pcm) == 2 * CHUNK for audio in again)


def test_after_a_stop_nothing_comes_again() -> None:
    assert carried(250, interrupted=True) == []


def sounding(queue: VoiceQueue, frames: int) -> tuple[int, list[float]]:
    """Return how many of the next frames have sound, and the places of their marks."""
    taken = [queue.next_frame() for _ in range(frames)]
    loud = sum(bool(np.any(np.abs(samples) > 2500)) for samples, _ in taken)
    return loud, [mark.offset_ms for _, mark in taken if mark is not None]


def test_a_reply_that_stands_still_is_silence_and_goes_on_where_it_is_told_to() -> None:
    carrier = ReplyCarrier()
    carrier.carries = True
    for number in range(3):
        carrier.pass_on(encode_tutor_audio(chunk(number)))
    carrier.pass_on('{"type":"reply.audio_ended","turn":1,"attempt":0}')
    assert sounding(carrier.queue, 15) == (15, [0.0])

    carrier.stand(1, 0, None)
    assert sounding(carrier.queue, 10)[0] <= 1
    carrier.stand(1, 0, 250.0)
    frames, jumps = sounding(carrier.queue, 30)
    assert frames == pytest.approx(17, abs=1)
    assert jumps == [250.0]

    carrier.stand(1, 0, None)
    carrier.hush(1, 0)
    carrier.pass_on(encode_tutor_audio(chunk(0, turn=2)))
    assert sounding(carrier.queue, 3) == (3, [0.0])
