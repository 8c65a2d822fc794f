"""Replies as video, beside the voice: in order, in time, and never in its way."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from sessions.live.face_ladder import Face
from sessions.turns import speaking
from tests.fakes.engines import ScriptedSynthesizer
from tests.fakes.faces import STEP_MS, ScriptedFace
from tests.fakes.live import LiveHarness


def videos(harness: LiveHarness, turn: int) -> list[dict[str, Any]]:
    return [e for e in harness.events if e["type"] == "video" and e["turn"] == turn]


async def test_a_reply_is_shown_from_its_first_to_its_last_sample() -> None:
    face = ScriptedFace()
    async with LiveHarness(face=face, plays=False) as harness:
        await harness.speak()
        ended = await harness.until("reply.audio_ended", turn=1)
        last = await harness.until("video", turn=1, last=True)
        made = videos(harness, 1)
        pictures = [v["start_ms"] for v in made if not (v["init"] or v["last"])]
        assert pictures == [
            round(k * STEP_MS) for k in range(1 + int(ended["duration_ms"] / STEP_MS))
        ]
        assert [v["number"] for v in made] == list(range(last["number"] + 1))
        types = harness.types(1)
        assert types.index("reply.video") < types.index("video")
        shown = await harness.until("reply.video", turn=1)
        assert "seq" not in shown
        turns = {request.turn for request in face.asked if request.start_ms == 0}
        assert turns == {"0.0", "1.0"}


async def test_cues_and_voice_come_as_ever() -> None:
    async with LiveHarness(face=ScriptedFace()) as harness:
        await harness.speak()
        await harness.until("turn.ended", turn=1)
        types = harness.types(1)
        assert types.index("reply.visemes") < types.index("audio")
    assert harness.streams.taken == 0


async def test_a_slow_face_keeps_no_voice_waiting() -> None:
    async with LiveHarness(face=ScriptedFace(delay_s=0.3)) as harness:
        await harness.speak()
        audio = await harness.until("audio", turn=1)
        assert not [v for v in videos(harness, 1) if not v["init"]]
        assert audio


async def test_the_first_words_wait_for_the_first_picture_where_that_is_wished() -> (
    None
):
    face = ScriptedFace(delay_s=0.05)
    async with LiveHarness(face=face, face_wait_ms=2000.0) as harness:
        await harness.speak()
        await harness.until("turn.ended", turn=1)
        order = [
            e["type"]
            for e in harness.events
            if e["type"] == "audio" or (e["type"] == "video" and not e["init"])
        ]
        assert order[0] == "video"


async def test_they_do_not_wait_for_longer_than_that() -> None:
    face = ScriptedFace(delay_s=1.0)
    async with LiveHarness(face=face, face_wait_ms=50.0) as harness:
        await harness.speak()
        await harness.until("turn.ended", turn=1, timeout_s=3)
        timing = await harness.until("turn.timing", turn=1)
        assert timing["marks"]["first_audio_ms"] < 1000


async def test_a_face_that_fails_leaves_the_voice_and_is_told_of_once() -> None:
    # Long enough to go on when its face fails, also where that is told from elsewhere.
    opening = "Hello and welcome to this talk about markets, fruit and prices."
    face = ScriptedFace(failures=2)
    async with LiveHarness(face=face, opening=opening, plays=False) as harness:
        degraded = await harness.until("stage.degraded", stage="render")
        assert degraded["code"] == "video.failed"
        await harness.speak()
        assert (await harness.until("turn.ended", turn=1))["outcome"] == "completed"
        assert harness.types().count("stage.degraded") == 1


async def test_after_two_failures_the_next_face_is_shown_for_a_while() -> None:
    face = ScriptedFace(failures=99)
    async with LiveHarness(face=face) as harness:
        # A reply that is over before its face has failed says nothing about the face.
        turn = 0
        while not any(e.get("reason") == "failure" for e in harness.events):
            turn += 1
            assert turn < 9
            await harness.speak()
            await harness.until("turn.ended", turn=turn)
        changed = await harness.until("face.changed", reason="failure")
        assert changed["face"] == "drawn"
        assert "video" in changed["faces"]
        asked = len(face.asked)
        assert asked >= 2
        await harness.speak()
        await harness.until("turn.ended", turn=turn + 1)
        assert len(face.asked) == asked


async def test_an_interruption_ends_the_video_at_once() -> None:
    face = ScriptedFace(delay_s=0.02)
    async with LiveHarness(
        face=face, synthesizer=ScriptedSynthesizer(char_ms=60.0), plays=False
    ) as harness:
        harness.send(type="text.submit", text="Tell me more", client_id="a")
        await harness.until("video", turn=1)
        harness.send(type="reply.stop")
        await harness.until("turn.ended", turn=1)
        sent = len(videos(harness, 1))
        await asyncio.sleep(0.2)
        assert len(videos(harness, 1)) == sent
        assert not any(v["last"] for v in videos(harness, 1))
        assert harness.streams.taken == 0


async def test_with_no_place_left_the_drawn_face_is_shown() -> None:
    face = ScriptedFace()
    async with LiveHarness(face=face, streams=1) as harness:
        assert harness.streams.take(), "another talk is being shown"
        await harness.speak()
        changed = await harness.until("face.changed", reason="load")
        assert changed["face"] == "drawn"
        await harness.until("turn.ended", turn=1)
        assert videos(harness, 1) == []


async def test_who_wants_no_video_costs_none() -> None:
    face = ScriptedFace()
    async with LiveHarness(face=face) as harness:
        harness.send(type="face.choose", face="voice")
        assert (await harness.until("face.changed", reason="chosen"))["face"] == "voice"
        await harness.speak()
        await harness.until("turn.ended", turn=1)
        assert not [one for one in face.asked if one.turn.startswith("1.")]
        harness.send(type="face.choose", face="video")
        # A reply that is heard at once is over before it has a picture.
        harness._plays = False
        await harness.speak()
        await harness.until("video", turn=2)


async def test_a_page_that_cannot_show_it_is_sent_no_more() -> None:
    async with LiveHarness(face=ScriptedFace()) as harness:
        harness.send(type="face.failed", face="video", lasting=True)
        changed = await harness.until("face.changed", reason="capability")
        assert changed["faces"] == ["drawn", "voice"]
        await harness.speak()
        await harness.until("turn.ended", turn=1)
        assert videos(harness, 1) == []


@pytest.mark.slow
async def test_a_server_that_is_too_slow_stops_trying() -> None:
    face = ScriptedFace(delay_s=0.05)
    async with LiveHarness(
        face=face, synthesizer=ScriptedSynthesizer(char_ms=40.0), plays=False
    ) as harness:
        for turn in (1, 2):
            harness.send(type="text.submit", text="Go on", client_id=str(turn))
            await harness.until("video", turn=turn, last=True, timeout_s=20)
            harness.send(type="reply.stop")
            await harness.until("turn.ended", turn=turn)
        assert (await harness.until("face.changed", reason="load"))["face"] == "drawn"


async def test_video_is_made_only_for_what_will_be_heard_soon(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # A voice that is made far ahead, as where nothing is reported for a while.
    monkeypatch.setattr(speaking, "AHEAD_MS", 60_000)
    face = ScriptedFace()
    async with LiveHarness(
        face=face, synthesizer=ScriptedSynthesizer(char_ms=400.0)
    ) as harness:
        harness._plays = False
        harness.send(type="text.submit", text="Go on", client_id="a")
        ended = await harness.until("reply.audio_ended", turn=1)
        assert ended["duration_ms"] > 12_000
        await asyncio.sleep(0.2)
        assert [r.start_ms for r in face.asked if r.turn == "1.0"] == [0.0]
        harness.send(type="playback.progress", turn=1, attempt=0, played_ms=15_000)
        await asyncio.sleep(0.2)
        assert [r.start_ms > 6000 for r in face.asked if r.turn == "1.0"] == [
            False,
            True,
        ]
        assert harness.live.face.ladder.face is Face.VIDEO


async def test_a_page_that_is_gone_leaves_its_place_to_other_talks() -> None:
    async with LiveHarness(face=ScriptedFace(delay_s=0.02), plays=False) as harness:
        await harness.speak()
        await harness.until("reply.video", turn=1)
        assert harness.streams.taken == 1
        harness.live.face.leave()
        await harness.until("reply.audio_ended", turn=1)
        await asyncio.sleep(0.05)
        assert harness.streams.taken == 0
        assert not [v for v in videos(harness, 1) if v["last"]]
