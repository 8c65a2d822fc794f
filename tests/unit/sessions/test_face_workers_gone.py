"""A talk whose face stands on workers: they go, and come back."""

from __future__ import annotations

from typing import Any

from sessions.live.video_streams import WorkersStreams
from tests.fakes.faces import ScriptedFace
from tests.fakes.live import LiveHarness


class Workers:
    """Places that a test changes."""

    def __init__(self, places: int, *, elsewhere: int = 0) -> None:
        self.all = places
        self.elsewhere = elsewhere
        self.told: list[int] = []

    def tell(self, taken: int) -> None:
        """Note it."""
        self.told.append(taken)


def changes(harness: LiveHarness) -> list[tuple[str, str]]:
    """Return the faces that were told of, and why."""
    return [
        (event["face"], event["reason"])
        for event in harness.events
        if event["type"] == "face.changed"
    ]


def a_minute_passes(harness: LiveHarness) -> None:
    """The video was left alone for long enough."""
    harness.live.face.ladder._rests_until = 0.0


async def replied(harness: LiveHarness, turn: int, *, film: bool) -> bool:
    """Say something and hear the answer, with its film if there is one to come.

    Return whether a film was announced.
    """
    await harness.speak()
    await harness.until("reply.audio_ended", turn=turn)
    if film:
        await harness.until("video", turn=turn, last=True)
    harness.send(type="playback.finished", turn=turn, attempt=0)
    ended: dict[str, Any] = await harness.until("turn.ended", turn=turn)
    assert ended["outcome"] == "completed"
    return "reply.video" in harness.types(turn)


async def test_a_talk_goes_on_without_face_workers_and_shows_them_when_they_are_back() -> (
    None
):
    workers = Workers(2)
    streams = WorkersStreams(workers, most=0)
    face = ScriptedFace()
    async with LiveHarness(face=face, streams=streams, plays=False) as harness:
        assert await replied(harness, 1, film=True)
        workers.all = 0
        assert not await replied(harness, 2, film=False)
        assert changes(harness)[-1] == ("drawn", "failure")
        told = len(changes(harness))
        a_minute_passes(harness)
        # Looked for again and still gone: that is no news.
        assert not await replied(harness, 3, film=False)
        assert len(changes(harness)) == told
        assert harness.types().count("stage.degraded") == 1
        workers.all = 2
        a_minute_passes(harness)
        assert await replied(harness, 4, film=True)
        await harness.until("stage.recovered", stage="render")
        assert changes(harness)[-1] == ("video", "back")
    assert (streams.taken, workers.told[-1]) == (0, 0)


async def test_a_talk_that_begins_without_them_begins_with_another_face() -> None:
    workers = Workers(0)
    streams = WorkersStreams(workers, most=0)
    face = ScriptedFace()
    async with LiveHarness(face=face, streams=streams, plays=False) as harness:
        assert face.asked == []
        workers.all = 1
        a_minute_passes(harness)
        # The tutor is made ready first; the reply at hand has the drawn face.
        await replied(harness, 1, film=False)
        await harness.until("face.changed", face="video", idle_url="/idle.mp4")
        assert await replied(harness, 2, film=True)
        assert harness.types().count("stage.degraded") == 0


def test_places_are_shared_with_other_processes() -> None:
    workers = Workers(3, elsewhere=1)
    streams = WorkersStreams(workers, most=0)
    assert [streams.take() for _ in range(3)] == [True, True, False]
    assert workers.told[-1] == 2
    workers.elsewhere = 0
    assert streams.take()
    # Workers that went take no film away, but no other one begins.
    workers.all = 1
    streams.give_back()
    assert not streams.take()
    assert not streams.is_down
    limited = WorkersStreams(Workers(9), most=1)
    assert [limited.take(), limited.take()] == [True, False]
