"""Video that waits for the socket: only of the reply being spoken, never much of it."""

from __future__ import annotations

import json

from inference.types.face import VideoFormat, VideoFragment
from sessions.live.outbox import Outbox
from sessions.live.telling import tell
from sessions.live.video_lane import VideoLane
from sessions.turns import events as e
from sessions.wire.binary import TutorVideo, decode_tutor_video

FORMAT = VideoFormat("avc1.64001e", 512, 512, 25)


def piece(number: int, turn: int = 1, n_bytes: int = 10) -> e.ReplyVideo:
    fragment = VideoFragment(bytes(n_bytes), 40.0 * number, 40.0, 1, is_init=False)
    return e.ReplyVideo(turn, 0, fragment)


def started(turn: int = 1) -> e.ReplyVideoStarted:
    return e.ReplyVideoStarted(turn, 0, FORMAT)


def opened() -> Outbox:
    """Return an outbox that somebody is connected to."""
    outbox = Outbox()
    outbox.video.listen("socket")
    return outbox


def sent(lane: VideoLane) -> list[TutorVideo | dict[str, object]]:
    packets: list[TutorVideo | dict[str, object]] = []
    while (packet := lane.take()) is not None:
        packets.append(
            json.loads(packet)
            if isinstance(packet, str)
            else decode_tutor_video(packet)
        )
    return packets


def pieces(lane: VideoLane) -> list[TutorVideo]:
    return [packet for packet in sent(lane) if isinstance(packet, TutorVideo)]


def test_an_announcement_waits_for_its_reply_and_not_for_the_voice() -> None:
    outbox = opened()
    lane = outbox.video
    outbox.put("speech.started", {"turn": 1})
    tell(outbox, e.ReplyStarted(1, 0))
    tell(outbox, e.ReplyText(1, 0, "Hello."))
    assert lane.take_announcement(2) is None
    tell(outbox, started())
    tell(outbox, piece(0))
    assert lane.take_announcement(1) is None
    assert isinstance(lane.take_announcement(2), str)
    assert lane.take_announcement(2) is None
    assert [video.number for video in pieces(lane)] == [0]


def test_a_reply_is_announced_then_sent_in_order() -> None:
    outbox = opened()
    tell(outbox, started())
    tell(outbox, piece(0))
    tell(outbox, piece(1))
    tell(outbox, e.ReplyVideoEnded(1, 0))
    first, *rest = sent(outbox.video)
    assert isinstance(first, dict)
    assert first["type"] == "reply.video"
    assert "seq" not in first
    assert first["codec"] == "avc1.64001e"
    videos = [video for video in rest if isinstance(video, TutorVideo)]
    assert [v.number for v in videos] == [0, 1, 2]
    assert [v.start_ms for v in videos] == [0, 40, 0]
    assert [v.last for v in videos] == [False, False, True]
    assert outbox.last_seq == 0, "no part of the history"


def test_an_interruption_drops_what_waits_and_what_still_comes() -> None:
    outbox = opened()
    tell(outbox, started())
    tell(outbox, piece(0))
    tell(outbox, e.ReplyInterrupted(1, 0, "barge_in"))
    tell(outbox, piece(1))
    tell(outbox, e.ReplyVideoEnded(1, 0))
    assert sent(outbox.video) == []


def test_another_reply_drops_the_one_before() -> None:
    outbox = opened()
    tell(outbox, started())
    tell(outbox, piece(0))
    tell(outbox, e.ReplyStarted(2, 0))
    tell(outbox, piece(1))
    tell(outbox, started(2))
    tell(outbox, piece(0, turn=2))
    assert [(v.turn, v.number) for v in pieces(outbox.video)] == [(2, 0)]


def test_who_comes_back_gets_nothing_old() -> None:
    outbox = opened()
    tell(outbox, started())
    tell(outbox, piece(0))
    outbox.video.listen("another socket")
    outbox.video.leave("socket")
    tell(outbox, piece(1))
    assert sent(outbox.video) == []
    tell(outbox, started(2))
    assert len(sent(outbox.video)) == 1, "the next reply is shown again"


def test_nothing_waits_for_nobody() -> None:
    outbox = opened()
    outbox.video.leave("socket")
    tell(outbox, started())
    tell(outbox, piece(0))
    assert not outbox.video


def test_a_line_that_is_too_slow_loses_the_reply_and_not_the_talk() -> None:
    lane = VideoLane(lambda: None, max_bytes=1000)
    lane.listen("socket")
    lane.begin(started())
    for number in range(100):
        lane.put(piece(number, n_bytes=100))
    assert sent(lane) == []
    lane.begin(started(2))
    lane.put(piece(0, turn=2))
    assert len(pieces(lane)) == 1


async def test_video_wakes_whoever_waits_for_the_outbox() -> None:
    outbox = opened()
    tell(outbox, started())
    await outbox.wait(0)
    assert outbox.video
