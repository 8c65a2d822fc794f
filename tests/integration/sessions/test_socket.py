"""The real socket: joining, bad input, coming back. Scripted engines, real database."""

from __future__ import annotations

import asyncio
import json
from typing import Any
from uuid import uuid4

import numpy as np
import pytest
from channels.db import database_sync_to_async
from django.utils import timezone

from inference import conf
from inference.errors import EngineUnavailable
from learners.models import User
from learners.services.profiles import set_recording_consent
from sessions.models import Turn, TutoringSession, Utterance
from sessions.services import end_session
from sessions.wire.binary import encode_mic_frame

from .conftest import Browser, make_learner

TONE = (
    (9000 * np.sin(2 * np.pi * 220 * np.arange(320) / 16_000)).astype("<i2").tobytes()
)
SILENCE = bytes(640)


def no_model(**_options: object) -> object:
    """Fail as an engine does whose weights are not there."""
    raise EngineUnavailable("model.missing", "no weights", retryable=False)


async def speak(browser: Browser, first: int = 0, n_frames: int = 40) -> int:
    """Say something and fall silent; return the next frame number."""
    for i in range(n_frames):
        await browser.raw(encode_mic_frame(first + i, TONE))
    for i in range(n_frames, n_frames + 25):
        await browser.raw(encode_mic_frame(first + i, SILENCE))
    return first + n_frames + 25


async def test_a_turn_is_heard_answered_and_stored(
    learner: User, tutoring: TutoringSession
) -> None:
    browser = Browser(tutoring.uuid, user=learner)
    ready = await browser.join()
    assert ready["resumed"] is False
    await browser.until("turn.ended", turn=0)
    await speak(browser)
    final = await browser.until("transcript.final")
    assert final["text"] == "I would like a cup of tea please"
    await browser.until("turn.ended", turn=1, outcome="completed")
    await browser.send(type="session.end")
    ended = await browser.until("session.ended")
    assert ended == {**ended, "reason": "learner", "turns": 1}
    assert (await browser.receive())["code"] == 1000

    def stored() -> list[tuple[int, str, str]]:
        return list(
            Utterance.objects.order_by("turn__index", "speaker").values_list(
                "turn__index", "speaker", "source"
            )
        )

    assert await database_sync_to_async(stored)() == [
        (0, "TUTOR", "OPENING"),
        (1, "LEARNER", "SPEECH"),
        (1, "TUTOR", "MODEL"),
    ]
    turn = await Turn.objects.aget(index=1)
    assert turn.state == Turn.State.COMPLETED
    assert turn.engines["transcriber"] == "scripted"
    assert {s["name"] for s in turn.timings["stages"]} >= {"endpoint", "transcribe"}
    await tutoring.arefresh_from_db()
    assert tutoring.status == TutoringSession.Status.ENDED


async def test_nobody_signed_in_is_told_with_4401(tutoring: TutoringSession) -> None:
    browser = Browser(tutoring.uuid, user=None)
    await browser.open()
    assert await browser.receive() == {"type": "close", "code": 4401}


async def test_anothers_and_unknown_sessions_look_the_same(
    tutoring: TutoringSession,
) -> None:
    stranger = await database_sync_to_async(make_learner)()
    for uuid in (tutoring.uuid, uuid4()):
        browser = Browser(uuid, user=stranger)
        await browser.open()
        assert await browser.receive() == {"type": "close", "code": 4404}


async def test_a_foreign_origin_is_refused_in_the_handshake(
    learner: User, tutoring: TutoringSession
) -> None:
    browser = Browser(tutoring.uuid, user=learner, origin=b"https://evil.example")
    assert not await browser.open()


async def test_a_talk_without_a_model_can_be_ended(
    learner: User, tutoring: TutoringSession, settings: Any
) -> None:
    engine = {"NAME": "missing", "FACTORY": f"{__name__}.no_model", "OPTIONS": {}}
    engines = {**settings.INFERENCE["ENGINES"], "dialogue": engine}
    settings.INFERENCE = {**settings.INFERENCE, "ENGINES": engines}
    conf.shutdown()
    browser = Browser(tutoring.uuid, user=learner)
    await browser.join()
    await browser.until("turn.ended", turn=0)
    await browser.send(type="session.end")
    assert (await browser.until("session.ended"))["reason"] == "learner"


async def test_a_session_that_is_over_says_so(
    learner: User, tutoring: TutoringSession
) -> None:
    await database_sync_to_async(end_session)(
        session_uuid=tutoring.uuid, reason="LEARNER", now=tutoring.started_at
    )
    browser = Browser(tutoring.uuid, user=learner)
    await browser.open()
    assert (await browser.receive())["code"] == "session.ended"
    assert await browser.receive() == {"type": "close", "code": 4410}


@pytest.mark.parametrize(
    ("hello", "code"),
    [
        ({"protocol": 2}, "protocol.unsupported_version"),
        ({"sample_rate": 44100}, "audio.wrong_rate"),
    ],
)
async def test_a_wrong_hello_is_refused(
    learner: User, tutoring: TutoringSession, hello: dict[str, int], code: str
) -> None:
    browser = Browser(tutoring.uuid, user=learner)
    await browser.open()
    await browser.hello(**hello)
    assert (await browser.receive())["code"] == code
    assert await browser.receive() == {"type": "close", "code": 4400}


@pytest.mark.parametrize(
    "message", ['{"type": "reply.stop"}', encode_mic_frame(0, SILENCE)]
)
async def test_hello_comes_first(
    learner: User, tutoring: TutoringSession, message: str | bytes
) -> None:
    browser = Browser(tutoring.uuid, user=learner)
    await browser.open()
    await browser.raw(message)
    assert (await browser.receive())["code"] == "protocol.hello_expected"
    assert await browser.receive() == {"type": "close", "code": 4400}


BAD_MESSAGES: list[tuple[str | bytes, str]] = [
    ("not json", "protocol.malformed"),
    ("[]", "protocol.malformed"),
    ('{"type": 1}', "protocol.malformed"),
    ('{"type": "text.submit"}', "protocol.malformed"),
    ('{"type": "ping", "t": NaN}', "protocol.malformed"),
    ("[" * 5000, "protocol.malformed"),
    ('{"type": "no.such"}', "protocol.unknown_type"),
    ('{"type": "ping", "t": "' + "x" * 20_000 + '"}', "protocol.too_large"),
    ('{"type": "text.submit", "text": "  ", "client_id": "a"}', "text.empty"),
    (
        json.dumps({"type": "text.submit", "text": "x" * 2001, "client_id": "a"}),
        "text.too_long",
    ),
    ('{"type": "turn.retry", "turn": 9}', "turn.not_current"),
    ('{"type": "transcript.correct", "turn": 0, "text": "x"}', "turn.not_current"),
    (b"", "protocol.malformed"),
    (b"\x01\x00", "protocol.malformed"),
    (b"\x09" + bytes(647), "protocol.unknown_type"),
    (b"\x01" + bytes(7) + b"\x00\x00", "audio.bad_frame"),
    (b"\x01" + bytes(7) + bytes(1280), "audio.bad_frame"),
    (b"\x01" + bytes(5000), "protocol.too_large"),
]


@pytest.mark.parametrize(("message", "code"), BAD_MESSAGES)
async def test_bad_messages_get_a_code_and_the_session_lives(
    learner: User, tutoring: TutoringSession, message: str | bytes, code: str
) -> None:
    browser = Browser(tutoring.uuid, user=learner)
    await browser.join()
    await browser.raw(message)
    error = await browser.until("error")
    assert error["code"] == code
    assert error["message"]
    await browser.send(type="ping", t=7)
    assert (await browser.until("pong"))["t"] == 7
    await browser.drop()


async def test_what_a_page_is_told_is_in_its_language(
    learner: User, tutoring: TutoringSession
) -> None:
    empty = json.dumps({"type": "text.submit", "text": " ", "client_id": "a"})
    told = {}
    # The second page of the same talk is in another language than the first.
    for language in ("de-AT", "ja", ""):
        browser = Browser(tutoring.uuid, user=learner)
        await browser.open()
        await browser.hello(language=language)
        await browser.until("session.ready")
        await browser.raw(empty)
        told[language] = (await browser.until("error"))["message"]
        await browser.drop()
    assert told[""] == "Write something first."
    assert len(set(told.values())) == 3


async def test_twenty_malformed_messages_close_the_socket(
    learner: User, tutoring: TutoringSession
) -> None:
    browser = Browser(tutoring.uuid, user=learner)
    await browser.join()
    for _ in range(20):
        await browser.raw("?")
    while (event := await browser.receive())["type"] != "close":
        pass
    assert event["code"] == 4400


async def test_a_flood_of_frames_is_dropped_and_told(
    learner: User, tutoring: TutoringSession
) -> None:
    browser = Browser(tutoring.uuid, user=learner)
    await browser.join()
    for i in range(700):
        await browser.raw(encode_mic_frame(i, SILENCE))
    assert (await browser.until("error"))["code"] == "audio.overflow"
    await browser.drop()


async def test_a_lost_socket_resumes_the_same_turn(
    learner: User, tutoring: TutoringSession
) -> None:
    first = Browser(tutoring.uuid, user=learner)
    await first.join()
    await first.until("turn.ended", turn=0)
    next_frame = await speak(first)
    await first.until("transcript.final", turn=1)
    await first.drop()

    second = Browser(tutoring.uuid, user=learner)
    ready = await second.join(last_seq=first.last_seq)
    assert ready["resumed"] is True
    assert ready["next_frame"] == next_frame
    await second.until("turn.ended", turn=1, outcome="completed")
    seqs = [e["seq"] for e in first.events + second.events if "seq" in e]
    assert seqs == list(range(1, len(seqs) + 1))
    await second.drop()


async def test_resent_frames_are_heard_once(
    learner: User, tutoring: TutoringSession
) -> None:
    browser = Browser(tutoring.uuid, user=learner)
    await browser.join()
    await browser.until("turn.ended", turn=0)
    for _ in range(2):
        for i in range(20):
            await browser.raw(encode_mic_frame(i, TONE))
    await speak(browser, first=20, n_frames=10)
    await browser.until("turn.ended", turn=1)
    await browser.drop()
    words = (await Utterance.objects.aget(turn__index=1, speaker="LEARNER")).words
    assert words[-1]["end_ms"] < 1000


async def test_the_second_tab_takes_over(
    learner: User, tutoring: TutoringSession
) -> None:
    first = Browser(tutoring.uuid, user=learner)
    await first.join()
    await first.until("turn.ended", turn=0)
    second = Browser(tutoring.uuid, user=learner)
    ready = await second.join()
    assert ready["transcript"][0]["tutor"]["text"]
    await first.until("session.replaced")
    assert (await first.receive())["code"] == 4409
    await second.send(type="text.submit", text="Hello", client_id="x")
    await second.until("turn.ended", turn=1, outcome="completed")
    await second.drop()


async def test_after_a_restart_the_unanswered_turn_is_answered(
    learner: User, tutoring: TutoringSession
) -> None:
    turn = await Turn.objects.acreate(
        session=tutoring, index=1, started_at=tutoring.started_at
    )
    await Turn.objects.acreate(
        session=tutoring,
        index=0,
        started_at=tutoring.started_at,
        state=Turn.State.COMPLETED,
    )
    await Utterance.objects.acreate(
        turn=turn, speaker="LEARNER", source="SPEECH", text="Where were we"
    )
    browser = Browser(tutoring.uuid, user=learner)
    ready = await browser.join(last_seq=77)
    assert ready["resumed"] is False
    assert ready["transcript"][1]["learner"]["text"] == "Where were we"
    await browser.until("turn.ended", turn=1, outcome="completed")
    await browser.drop()


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "\u0645\u0631\u062d\u0628\u0627",
        "I \u2764\ufe0f tea \U0001f375",
    ],
)
async def test_any_script_and_markup_is_only_text(
    learner: User, tutoring: TutoringSession, text: str
) -> None:
    browser = Browser(tutoring.uuid, user=learner)
    await browser.join()
    await browser.until("turn.ended", turn=0)
    await browser.send(type="text.submit", text=text, client_id="x")
    assert (await browser.until("transcript.final"))["text"] == text
    await browser.until("turn.ended", turn=1)
    await browser.drop()
    await asyncio.sleep(0.05)
    assert (await Utterance.objects.aget(turn__index=1, speaker="LEARNER")).text == text


async def test_sound_is_stored_only_with_consent(
    learner: User, tutoring: TutoringSession, settings: Any
) -> None:
    browser = Browser(tutoring.uuid, user=learner)
    await browser.join()
    await browser.until("turn.ended", turn=0)
    following = await speak(browser)
    await browser.until("turn.ended", turn=1)
    await database_sync_to_async(set_recording_consent)(
        user=learner, stores_recordings=True, retention_days=30, now=timezone.now()
    )
    await speak(browser, first=following)
    await browser.until("turn.ended", turn=2)
    await browser.drop()
    await asyncio.sleep(0.1)
    kept = [path.name for path in settings.PRIVATE_ROOT.rglob("*learner*.flac")]
    assert kept == ["00002-learner-0.flac"]
