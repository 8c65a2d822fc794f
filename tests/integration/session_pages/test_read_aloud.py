"""Reading aloud over HTTP: judged, kept, and refused in words."""

from __future__ import annotations

import base64
import io
import json
import wave
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from inference import conf
from inference.types.audio import AudioClip
from learners.models import PhonemeMastery, User
from learners.services.profiles import set_recording_consent
from sessions.live.rate_limit import BucketPerUser
from sessions.live.spoken_words import SpokenWords
from sessions.models import PronunciationAssessment, ReadAloudAttempt, Recording
from sessions.selectors import count_recordings
from sessions.services import delete_recordings, purge_recordings
from sessions.views import read_aloud, say_word
from sessions.wav_sound import write_wav
from tests.factories.learners import AdminFactory, UserFactory
from tests.factories.lessons import LessonFactory
from tests.scripted_settings import INFERENCE as SCRIPTED

ASSESS = reverse("sessions:read-aloud-assess")
SAY = reverse("sessions:say-word")
PAGE = reverse("sessions:read-aloud")
TEXT = "Three cups of tea"


@pytest.fixture(autouse=True)
def scripted(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """Run stages on scripted engines without delays; limits and cache start anew."""
    engines = {
        kind: {**conf_, "OPTIONS": {}} for kind, conf_ in SCRIPTED["ENGINES"].items()
    }
    engines["transcriber"]["OPTIONS"] = {"texts": ("three cups of tea",)}
    settings.INFERENCE = {**SCRIPTED, "ENGINES": engines}
    monkeypatch.setattr(read_aloud, "_readings", BucketPerUser(rate_per_s=1, burst=8))
    monkeypatch.setattr(say_word, "_words", BucketPerUser(rate_per_s=2, burst=20))
    monkeypatch.setattr(say_word, "spoken_words", SpokenWords())
    conf.shutdown()
    yield engines
    conf.shutdown()


def sound(seconds: float = 1.0, rate: int = 16_000, level: float = 0.3) -> bytes:
    """Return a WAV that hums."""
    t = np.arange(int(seconds * rate)) / rate
    hum = (level * np.sin(2 * np.pi * 220 * t)).astype(np.float32)
    return write_wav(AudioClip.from_float32(hum, rate))


def post(client: Client, audio: bytes | None = None, **fields: str) -> Any:
    """Send a reading as the page does."""
    data: dict[str, Any] = {"text": TEXT, "language": "en", **fields}
    data["audio"] = SimpleUploadedFile(
        "reading.wav", sound() if audio is None else audio, "audio/wav"
    )
    return client.post(ASSESS, data)


def consent(learner: User) -> None:
    """Let recordings be kept for 30 days."""
    set_recording_consent(
        user=learner, stores_recordings=True, retention_days=30, now=timezone.now()
    )


@pytest.mark.parametrize("rate", [8_000, 16_000, 48_000])
def test_a_reading_is_judged_and_kept(
    learner_client: Client, learner: User, rate: int
) -> None:
    response = post(learner_client, sound(rate=rate))
    assert response.status_code == 200
    found = response.json()
    assert (found["outcome"], found["source"], found["text"]) == (
        "judged",
        "read",
        TEXT,
    )
    assert found["heard"] == "three cups of tea"
    assert [w["verdict"] for w in found["words"]] == ["work", "fine", "fine", "work"]
    assert "voice" not in json.dumps(found)
    attempt = ReadAloudAttempt.objects.get(uuid=found["attempt"])
    assert (attempt.learner, attempt.text) == (learner, TEXT)
    kept = PronunciationAssessment.objects.get(reading=attempt)
    assert kept.learner == learner
    assert PhonemeMastery.objects.filter(learner=learner, phoneme="h").exists()


def test_without_consent_no_sound_is_kept(
    learner_client: Client, private_root: Path
) -> None:
    assert post(learner_client).json()["audio_url"] == ""
    assert not Recording.objects.exists()
    assert not list(private_root.rglob("*.*"))


def test_with_consent_the_sound_can_be_played_and_goes_in_time(
    learner_client: Client, other_client: Client, learner: User
) -> None:
    consent(learner)
    url = post(learner_client).json()["audio_url"]
    played = learner_client.get(url)
    assert played["Content-Type"] == "audio/flac"
    assert b"".join(played).startswith(b"fLaC")
    assert other_client.get(url).status_code == 404
    admin = Client()
    admin.force_login(AdminFactory.create())
    assert b"".join(admin.get(url))
    assert count_recordings(learner_id=learner.pk) == 1
    assert purge_recordings(now=timezone.now() + timedelta(days=31)) == 1
    assert learner_client.get(url).status_code == 404
    assert PronunciationAssessment.objects.count() == 1


def test_deleting_ones_recordings_includes_readings(
    learner_client: Client,
    learner: User,
    private_root: Path,
    django_capture_on_commit_callbacks: Any,
) -> None:
    consent(learner)
    post(learner_client)
    assert list(private_root.rglob("*.flac"))
    with django_capture_on_commit_callbacks(execute=True):
        assert delete_recordings(learner_id=learner.pk) == 1
    assert not list(private_root.rglob("*.flac"))


def test_readings_go_with_the_account(
    learner_client: Client,
    learner: User,
    private_root: Path,
    django_capture_on_commit_callbacks: Any,
) -> None:
    consent(learner)
    post(learner_client)
    with django_capture_on_commit_callbacks(execute=True):
        learner.delete()
    for model in (ReadAloudAttempt, PronunciationAssessment, Recording, PhonemeMastery):
        assert not model.objects.exists()
    assert not list(private_root.rglob("*.flac"))


def test_a_disk_that_is_full_costs_the_recording_not_the_result(
    learner_client: Client, learner: User, private_root: Path
) -> None:
    consent(learner)
    private_root.write_text("no folder")
    found = post(learner_client).json()
    assert (found["outcome"], found["attempt"], found["audio_url"]) == (
        "judged",
        "",
        "",
    )


def test_silence_is_told_and_not_scored(learner_client: Client) -> None:
    found = post(learner_client, sound(level=0.0)).json()
    assert (found["outcome"], found["scores"], found["words"]) == ("silence", None, [])
    assert "microphone" in found["message"]


@pytest.mark.parametrize(
    ("text", "outcome"), [("\U0001f600 \U0001f389", "no_text"), ("25 cups", "judged")]
)
def test_odd_texts_have_an_outcome(
    learner_client: Client, text: str, outcome: str
) -> None:
    assert post(learner_client, text=text).json()["outcome"] == outcome


@pytest.mark.parametrize(
    ("audio", "fields", "code", "status"),
    [
        (b"no wav", {}, "audio.bad_wav", 400),
        (b"", {}, "audio.bad_wav", 400),
        (sound(66), {}, "audio.too_long", 413),
        (bytes(6_600_000), {}, "audio.too_large", 413),
        (None, {"text": " \n\t"}, "text.empty", 400),
        (None, {"text": "\0"}, "text.empty", 400),
        (None, {"text": "tea " * 400}, "text.too_long", 400),
        (None, {"language": "tlh"}, "request.language", 400),
        (None, {"language": ""}, "request.language", 400),
    ],
)
def test_bad_input_is_refused_in_words(
    learner_client: Client,
    audio: bytes | None,
    fields: dict[str, str],
    code: str,
    status: int,
) -> None:
    response = post(learner_client, audio, **fields)
    assert (response.status_code, response.json()["code"]) == (status, code)
    assert response.json()["message"]
    assert not ReadAloudAttempt.objects.exists()


def test_a_reading_without_a_file_is_refused(learner_client: Client) -> None:
    response = learner_client.post(ASSESS, {"text": TEXT, "language": "en"})
    assert (response.status_code, response.json()["code"]) == (400, "audio.missing")


@pytest.mark.parametrize(
    ("kind", "options", "code"),
    [
        ("transcriber", {"failures": 1}, "asr.failed"),
        ("scorer", {"failures": 1}, "assess.failed"),
    ],
)
def test_an_engine_that_is_down_is_told(
    learner_client: Client,
    scripted: Any,
    kind: str,
    options: dict[str, int],
    code: str,
) -> None:
    scripted[kind]["OPTIONS"] = options
    response = post(learner_client)
    assert (response.status_code, response.json()["code"]) == (503, code)
    assert response.json()["message"]
    assert not ReadAloudAttempt.objects.exists()
    assert post(learner_client).status_code == 200


def test_too_many_in_a_short_time_have_to_wait(
    learner_client: Client, other_client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(read_aloud, "_readings", BucketPerUser(rate_per_s=0, burst=1))
    assert post(learner_client).status_code == 200
    response = post(learner_client)
    assert (response.status_code, response.json()["code"]) == (429, "request.too_fast")
    assert int(response["Retry-After"]) > 0
    assert post(other_client).status_code == 200


@pytest.mark.parametrize("address", [ASSESS, SAY])
def test_forms_of_other_sites_are_refused(learner: User, address: str) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(learner)
    assert client.post(address, {"text": "tea"}).status_code == 403


@pytest.mark.parametrize("address", [ASSESS, SAY])
@pytest.mark.django_db
def test_who_has_no_profile_is_sent_to_make_one(address: str) -> None:
    client = Client()
    client.force_login(UserFactory.create())
    response = client.post(address, {"text": "tea"})
    assert (response.status_code, response.json()["code"]) == (
        403,
        "request.no_profile",
    )
    assert client.get(PAGE).status_code == 302


def test_the_page_takes_a_text_of_ones_own(learner_client: Client) -> None:
    response = learner_client.get(PAGE, {"text": "<b>Tea</b>"})
    assert response.context["text"] == "<b>Tea</b>"
    assert response.context["page"]["assessUrl"] == ASSESS
    assert {"tag": "en", "name": "English"} in response.context["languages"]
    assert "<b>Tea</b>" not in response.content.decode()


def test_the_page_offers_a_lessons_phrases_that_have_no_gap(
    learner_client: Client,
) -> None:
    lesson = LessonFactory.create(
        target_phrases=["My name is \u2026", "Nice to meet you!"],
        opening_line="Hi there!",
    )
    response = learner_client.get(PAGE, {"lesson": str(lesson.uuid)})
    assert response.context["phrases"] == ["Nice to meet you!", "Hi there!"]
    assert response.context["text"] == "Nice to meet you!"


@pytest.mark.parametrize("lesson", ["x", "11111111-1111-1111-1111-111111111111"])
def test_a_lesson_that_is_not_there_is_not_found(
    learner_client: Client, lesson: str
) -> None:
    assert learner_client.get(PAGE, {"lesson": lesson}).status_code == 404


@pytest.mark.parametrize("speed", ["1.0", "0.6"])
def test_the_tutor_says_a_word_with_its_phonemes(
    learner_client: Client, speed: str
) -> None:
    found = learner_client.post(SAY, {"text": " tea  time ", "speed": speed}).json()
    assert found["text"] == "tea time"
    with wave.open(io.BytesIO(base64.b64decode(found["audio"]))) as file:
        length_ms = 1000 * file.getnframes() / file.getframerate()
    assert length_ms == pytest.approx(found["duration_ms"], abs=1)
    assert found["duration_ms"] == pytest.approx(60 * 8 / float(speed), abs=1)
    assert [p["ipa"] for p in found["phonemes"]][:4] == ["t", "e", "a", ""]
    assert found["phonemes"][-1]["end_ms"] == pytest.approx(length_ms, abs=1)


def test_a_word_is_spoken_once_for_all_who_ask(
    learner_client: Client, other_client: Client, scripted: Any
) -> None:
    first = learner_client.post(SAY, {"text": "tea"}).json()
    scripted["synthesizer"]["OPTIONS"] = {"failures": 99}
    conf.shutdown()
    assert other_client.post(SAY, {"text": "tea"}).json() == first
    response = other_client.post(SAY, {"text": "coffee"})
    assert (response.status_code, response.json()["code"]) == (503, "tts.failed")


def test_a_word_is_said_in_the_language_asked_for_or_learned(
    learner_client: Client, scripted: Any
) -> None:
    plain = learner_client.post(SAY, {"text": "pain"}).json()
    scripted["synthesizer"]["OPTIONS"] = {"failures": 1}
    conf.shutdown()
    french = learner_client.post(SAY, {"text": "pain", "language": "fr"})
    assert french.status_code == 503, "it is another word, and is spoken anew"
    english = learner_client.post(SAY, {"text": "pain", "language": "en"})
    assert english.json() == plain


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"text": ""}, "text.empty"),
        ({}, "text.empty"),
        ({"text": "x" * 81}, "text.too_long"),
        ({"text": "tea", "speed": "9"}, "request.speed"),
        ({"text": "tea", "speed": "nan"}, "request.speed"),
        ({"text": "tea", "language": "tlh"}, "request.language"),
    ],
)
def test_a_word_that_cannot_be_said_is_refused_in_words(
    learner_client: Client, fields: dict[str, str], code: str
) -> None:
    response = learner_client.post(SAY, fields)
    assert (response.status_code, response.json()["code"]) == (400, code)


@pytest.mark.parametrize("address", [ASSESS, SAY])
def test_looking_is_not_asking(learner_client: Client, address: str) -> None:
    assert learner_client.get(address).status_code == 405
