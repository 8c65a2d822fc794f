"""The list of talks, the review, and recordings."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from sessions.models import Recording, TutoringSession
from sessions.recordings import absolute_path
from tests.factories.learners import AdminFactory

from .conftest import HOSTILE

DELETE = reverse("sessions:recordings-delete")


def _audio(talk: TutoringSession, turn: int = 1, speaker: str = "learner") -> str:
    return reverse("sessions:utterance-audio", args=[talk.uuid, turn, speaker])


def _body(response: object) -> bytes:
    return b"".join(response.streaming_content)  # type: ignore[attr-defined]


def test_the_list_shows_ones_own_talks(
    learner_client: Client, other_client: Client, talk: TutoringSession
) -> None:
    address = reverse("sessions:session-review", args=[talk.uuid])
    own = learner_client.get(reverse("sessions:session-list")).content.decode()
    assert address in own
    assert "2 exchanges" in own
    others = other_client.get(reverse("sessions:session-list")).content.decode()
    assert address not in others
    assert "You have not talked yet" in others


def test_the_review_tells_what_was_heard_cut_and_failed(
    learner_client: Client, talk: TutoringSession
) -> None:
    page = learner_client.get(reverse("sessions:session-review", args=[talk.uuid]))
    text = page.content.decode()
    assert 'data-start="300" data-end="700"' in text
    assert "word--unsure" in text
    assert "You went to school." in text
    assert '<s class="line__unplayed"> And then?</s>' in text
    assert "The tutor took too long to answer." in text
    assert _audio(talk) in text
    assert "1:05" in text


def test_what_people_wrote_is_shown_as_text(
    learner_client: Client, talk: TutoringSession
) -> None:
    page = learner_client.get(reverse("sessions:session-review", args=[talk.uuid]))
    text = page.content.decode()
    assert HOSTILE not in text
    assert "&lt;script&gt;alert(1)&lt;/script&gt; 🎒 مرحبا" in text


def test_an_administrator_may_review(client: Client, talk: TutoringSession) -> None:
    client.force_login(AdminFactory.create())
    page = client.get(reverse("sessions:session-review", args=[talk.uuid]))
    assert page.status_code == 200
    assert "Continue this talk" not in page.content.decode()


def test_a_recording_plays_for_its_owner_only(
    learner_client: Client, other_client: Client, talk: TutoringSession
) -> None:
    response = learner_client.get(_audio(talk))
    assert response["Content-Type"] == "audio/flac"
    assert response["Cache-Control"] == "private, no-store"
    assert _body(response).startswith(b"fLaC")
    assert other_client.get(_audio(talk)).status_code == 404


@pytest.mark.parametrize(
    ("header", "first", "last"),
    [("bytes=0-3", 0, 3), ("bytes=10-", 10, None), ("bytes=-5", -5, None)],
)
def test_a_player_can_seek(
    learner_client: Client,
    talk: TutoringSession,
    header: str,
    first: int,
    last: int | None,
) -> None:
    whole = absolute_path(Recording.objects.get().path).read_bytes()
    response = learner_client.get(_audio(talk), headers={"range": header})
    assert response.status_code == 206
    part = whole[first:] if last is None else whole[first : last + 1]
    assert _body(response) == part
    start = first % len(whole)
    end = start + len(part) - 1
    assert response["Content-Range"] == f"bytes {start}-{end}/{len(whole)}"


def test_a_range_past_the_end_or_a_strange_one(
    learner_client: Client, talk: TutoringSession
) -> None:
    past = learner_client.get(_audio(talk), headers={"range": "bytes=99999999-"})
    assert past.status_code == 416
    for strange in ("bytes=-", "bytes=5-2", "bytes=0-1,4-5", "lines=1-2"):
        response = learner_client.get(_audio(talk), headers={"range": strange})
        assert response.status_code == 200
        assert _body(response).startswith(b"fLaC")


def test_what_was_not_recorded_is_not_found(
    learner_client: Client, talk: TutoringSession
) -> None:
    for turn, speaker in ((1, "tutor"), (2, "learner"), (1, "teacher"), (9, "learner")):
        assert learner_client.get(_audio(talk, turn, speaker)).status_code == 404
    absolute_path(Recording.objects.get().path).unlink()
    assert learner_client.get(_audio(talk)).status_code == 404


def test_deleting_recordings_asks_first(
    learner_client: Client,
    talk: TutoringSession,
    tmp_path: Path,
    django_capture_on_commit_callbacks: Any,
) -> None:
    assert "1 recording of your voice" in learner_client.get(DELETE).content.decode()
    assert Recording.objects.exists()
    with django_capture_on_commit_callbacks(execute=True):
        response = learner_client.post(DELETE, follow=True)
    assert "1 recording was deleted." in response.content.decode()
    assert not Recording.objects.exists()
    assert not list(tmp_path.rglob("*.flac"))
    review = learner_client.get(reverse("sessions:session-review", args=[talk.uuid]))
    assert "No sound was kept" in review.content.decode()
    assert "No recording of your voice" in learner_client.get(DELETE).content.decode()
