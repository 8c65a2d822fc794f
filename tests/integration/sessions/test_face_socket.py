"""Video over the real socket, by the real encoder: joining, coming back, the idle clip."""

from __future__ import annotations

from typing import Any

import pytest
from channels.db import database_sync_to_async
from django.test import Client
from django.urls import reverse

from inference import conf
from learners.models import User
from sessions.models import TutoringSession
from tests.unit.inference.face.video_reading import decode

from .conftest import Browser, make_learner
from .test_socket import speak

pytestmark = pytest.mark.slow


@pytest.fixture(autouse=True)
def drawn_face(settings: Any, scripted_engines: None) -> None:
    """Draw a bar for a face."""
    face = {"NAME": "drawn", "FACTORY": "tests.fakes.faces.drawn_face", "OPTIONS": {}}
    engines = {**settings.INFERENCE["ENGINES"], "face_renderer": face}
    settings.INFERENCE = {**settings.INFERENCE, "ENGINES": engines}
    conf.shutdown()


async def joined(tutoring: TutoringSession, learner: User) -> Browser:
    """Return a browser that listens to the opening and to nothing after it."""
    browser = Browser(tutoring.uuid, user=learner, plays=False)
    ready = await browser.join(faces=["video", "drawn"])
    assert ready["face"]["face"] == "video"
    assert ready["face"]["faces"] == ["video", "drawn", "voice"]
    if not ready["face"]["idle_url"]:
        await browser.until("face.changed")
    return browser


async def test_a_reply_comes_as_video_that_plays(
    learner: User, tutoring: TutoringSession
) -> None:
    browser = await joined(tutoring, learner)
    await browser.send(type="playback.finished", turn=0, attempt=0)
    await browser.until("turn.ended", turn=0)
    await speak(browser)
    announced = await browser.until("reply.video", turn=1)
    assert (announced["width"], announced["fps"]) == (64, 25)
    await browser.until("video", turn=1, last=True)
    pieces = [e for e in browser.events if e["type"] == "video" and e["turn"] == 1]
    shown = decode(b"".join(piece["data"] for piece in pieces))
    assert [picture.at_ms for picture in shown] == [
        piece["start_ms"] for piece in pieces if not piece["init"] and piece["data"]
    ]
    assert len(shown) > 3
    await browser.drop()


async def test_who_comes_back_in_the_middle_gets_the_sound_and_no_old_video(
    learner: User, tutoring: TutoringSession
) -> None:
    browser = await joined(tutoring, learner)
    await browser.send(type="playback.finished", turn=0, attempt=0)
    await browser.until("turn.ended", turn=0)
    await speak(browser)
    await browser.until("reply.video", turn=1)
    await browser.drop()
    seen = browser.last_seq
    again = Browser(tutoring.uuid, user=learner, plays=False)
    ready = await again.join(last_seq=seen, faces=["video", "drawn"])
    assert ready["resumed"]
    await again.send(type="playback.finished", turn=1, attempt=0)
    await again.until("turn.ended", turn=1)
    assert not [e for e in again.events if e["type"] in {"video", "reply.video"}]
    await speak(again, first=ready["next_frame"])
    await again.until("reply.video", turn=2)
    await again.drop()


async def test_the_idle_clip_may_be_kept_for_good(
    learner: User, tutoring: TutoringSession
) -> None:
    browser = await joined(tutoring, learner)
    known = [e for e in browser.events if e["type"] in {"face.changed"}]
    ready = browser.events[0]["face"]
    url = known[-1]["idle_url"] if known else ready["idle_url"]

    def fetch() -> None:
        client = Client()
        assert client.get(url).status_code == 302, "signed in only"
        client.force_login(make_learner())
        clip = client.get(url)
        assert clip["Content-Type"] == "video/mp4"
        assert "immutable" in clip["Cache-Control"]
        assert len(decode(clip.content)) == 10
        listening = client.get(f"{url}?state=listening")
        assert "immutable" in listening["Cache-Control"]
        assert len(decode(listening.content)) == 5
        assert client.get(f"{url}?state=flying").status_code == 404
        for avatar, sha256 in (("tutor", "0" * 64), ("nobody", "0" * 64)):
            gone = reverse("sessions:face-idle", args=[avatar, sha256])
            assert client.get(gone).status_code == 404

    await database_sync_to_async(fetch)()
    await browser.drop()


async def test_a_page_of_the_first_days_sees_no_difference(
    learner: User, tutoring: TutoringSession
) -> None:
    browser = Browser(tutoring.uuid, user=learner)
    ready = await browser.join()
    assert ready["face"]["face"] == "drawn"
    await browser.until("turn.ended", turn=0)
    assert not [e for e in browser.events if e["type"] in {"video", "reply.video"}]
    await browser.drop()
