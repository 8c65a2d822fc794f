"""Speaking for a placement over HTTP: it counts a little, and may be left out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import numpy as np
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from inference import conf
from inference.types.audio import AudioClip
from learners.models import PlacementTest, User
from sessions.live.rate_limit import BucketPerUser
from sessions.models import ReadAloudAttempt, Recording
from sessions.views import placement_speech
from sessions.wav_sound import write_wav
from tests.scripted_settings import INFERENCE as SCRIPTED

MINUTE = "I live in a small house with my family and I work in a big hotel. " * 3


@pytest.fixture(autouse=True)
def scripted(
    settings: Any, monkeypatch: pytest.MonkeyPatch
) -> Iterator[dict[str, Any]]:
    """Run stages on scripted engines without delays; limits start anew."""
    engines = {
        kind: {**conf_, "OPTIONS": {}} for kind, conf_ in SCRIPTED["ENGINES"].items()
    }
    engines["transcriber"]["OPTIONS"] = {"texts": (MINUTE,)}
    settings.INFERENCE = {**SCRIPTED, "ENGINES": engines}
    monkeypatch.setattr(
        placement_speech, "_speeches", BucketPerUser(rate_per_s=1, burst=8)
    )
    conf.shutdown()
    yield engines
    conf.shutdown()


@pytest.fixture
def placed(learner: User) -> PlacementTest:
    """Return a placement of the learner whose items are answered."""
    return PlacementTest.objects.create(
        learner=learner,
        l2="en",
        state=PlacementTest.State.FINISHED,
        item_bank="en-1",
        level="A2",
        level_low="A1",
        level_high="B1",
        started_at=timezone.now(),
        finished_at=timezone.now(),
    )


def _say(client: Client, name: str, test: PlacementTest, seconds: float = 6.0) -> Any:
    t = np.arange(int(seconds * 16_000)) / 16_000
    hum = (0.3 * np.sin(2 * np.pi * 220 * t)).astype(np.float32)
    audio = write_wav(AudioClip.from_float32(hum, 16_000))
    return client.post(
        reverse(f"sessions:placement-{name}-assess", args=[test.uuid]),
        {"audio": SimpleUploadedFile("speech.wav", audio, "audio/wav")},
    )


def test_a_minute_of_talk_is_written_down_and_counts_without_its_sound(
    learner_client: Client, placed: PlacementTest
) -> None:
    answer = _say(learner_client, "talk", placed).json()
    assert answer["counted"]
    placed.refresh_from_db()
    assert placed.talk_text == MINUTE.strip()
    assert placed.talk_rank is not None
    assert not Recording.objects.exists()


def test_a_few_words_count_nothing_and_that_is_said(
    learner_client: Client, placed: PlacementTest, scripted: dict[str, Any]
) -> None:
    scripted["transcriber"]["OPTIONS"] = {"texts": ("hello there",)}
    answer = _say(learner_client, "talk", placed).json()
    assert not answer["counted"]
    assert "too little" in answer["message"]


def test_a_sentence_read_aloud_is_kept_as_a_reading_and_counts(
    learner_client: Client, placed: PlacementTest, scripted: dict[str, Any]
) -> None:
    page = learner_client.get(reverse("sessions:placement-reading", args=[placed.uuid]))
    sentence = page.context["sentence"]
    assert sentence in page.content.decode()
    scripted["transcriber"]["OPTIONS"] = {"texts": (sentence.lower().rstrip("."),)}
    answer = _say(learner_client, "reading", placed).json()
    assert answer == {"counted": True, "message": ""}
    placed.refresh_from_db()
    assert placed.reading == ReadAloudAttempt.objects.get().uuid
    assert placed.reading_score is not None


def test_another_persons_placement_and_one_under_way_take_no_speech(
    learner_client: Client, other_client: Client, placed: PlacementTest
) -> None:
    assert _say(other_client, "talk", placed).status_code == 404
    placed.uuid = uuid4()
    assert _say(learner_client, "reading", placed).json()["code"] == "placement.gone"
    PlacementTest.objects.update(state=PlacementTest.State.RUNNING)
    placed.refresh_from_db()
    assert _say(learner_client, "talk", placed).status_code == 404
    page = learner_client.get(reverse("sessions:placement-talk", args=[placed.uuid]))
    assert page["Location"] == reverse("learners:placement")


def test_no_sound_is_refused_in_words(
    learner_client: Client, placed: PlacementTest
) -> None:
    address = reverse("sessions:placement-talk-assess", args=[placed.uuid])
    answer = learner_client.post(address)
    assert answer.status_code == 400
    assert answer.json()["code"] == "audio.missing"


def test_a_language_whose_sounds_nobody_judges_goes_on_to_the_talk(
    learner_client: Client, placed: PlacementTest
) -> None:
    PlacementTest.objects.update(l2="ja")
    page = learner_client.get(reverse("sessions:placement-reading", args=[placed.uuid]))
    assert page["Location"] == reverse("sessions:placement-talk", args=[placed.uuid])
