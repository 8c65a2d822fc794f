"""Pages that show how a mouth makes a word or a sound."""

from __future__ import annotations

import json
from html import unescape
from typing import Any
from urllib.parse import quote

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from inference.types.assessment import (
    AssessmentOutcome,
    Diagnosis,
    DiagnosisKind,
    PhonemeScore,
    PromptSource,
    PronunciationAssessment,
    Verdict,
    WordScore,
)
from learners.models import User
from sessions.assessments import keep_assessment
from sessions.models import ReadAloudAttempt, Recording
from tests.factories.learners import UserFactory

WORD = reverse("sessions:mouth-word")


def sound_url(ipa: str) -> str:
    return reverse("sessions:mouth-sound", args=(ipa,))


def page_data(text: str) -> dict[str, Any]:
    """Return what the page tells its script."""
    _, _, rest = text.partition('<script id="page-data" type="application/json">')
    found: dict[str, Any] = json.loads(rest.partition("</script>")[0])
    return found


def test_without_a_word_the_page_asks_for_one_and_lists_the_sounds(
    learner_client: Client,
) -> None:
    text = learner_client.get(WORD).content.decode()
    assert 'name="word"' in text
    assert 'id="lesson"' not in text
    assert f'href="{sound_url("θ")}?language=en"' in text
    assert text.index("Vowels") < text.index("Consonants")


def test_a_word_comes_with_its_sounds_and_where_the_script_finds_things(
    learner_client: Client,
) -> None:
    text = learner_client.get(WORD, {"word": " think ", "language": "en"})
    page = page_data(text.content.decode())
    assert page["word"] == "think"
    assert page["expected"] == {"think": ["θ", "ɪ", "ŋ", "k"]}
    assert page["hasVoice"] is True
    assert finders.find("sessions/data/mouth_postures.json")
    assert "sessions/data/mouth_postures.json" in text.content.decode()


def test_a_word_nobody_knows_has_no_expected_sounds(learner_client: Client) -> None:
    page = page_data(learner_client.get(WORD, {"word": "🎒"}).content.decode())
    assert page["expected"]["🎒"] == []


def test_hostile_words_are_text(learner_client: Client) -> None:
    hostile = "<script>alert(1)</script>\x00"
    response = learner_client.get(WORD, {"word": hostile + "x" * 200})
    text = response.content.decode()
    assert response.status_code == 200
    assert "<script>alert" not in text
    assert "<script>alert(1)</script>" in unescape(text)
    assert len(page_data(text)["word"]) <= 80


@pytest.mark.parametrize(
    ("language", "ipa", "example"),
    [("en", "θ", "think"), ("es", "r", "perro"), ("fr", "y", "tu"), ("de", "ç", "ich")],
)
def test_each_language_has_pages_of_its_sounds(
    learner_client: Client, language: str, ipa: str, example: str
) -> None:
    text = learner_client.get(f"{sound_url(ipa)}?language={language}").content.decode()
    page = page_data(text)
    assert (page["sound"], page["language"]) == (ipa, language)
    assert page["hasVoice"] is True
    assert page["expected"][page["word"]]
    assert f'<a class="say-word" data-word="{page["word"]}"' in text
    assert 'aria-current="page"' in text
    assert example in text


def test_a_sound_has_one_page_whatever_the_dictionary_writes(
    learner_client: Client,
) -> None:
    text = learner_client.get(sound_url("ɜː")).content.decode()
    assert page_data(text)["sound"] == "ɝ"


@pytest.mark.parametrize("address", ["mouth/sounds/ǃ/", "mouth/?language=xx"])
def test_what_is_no_sound_or_language_is_not_found(
    learner_client: Client, address: str
) -> None:
    assert learner_client.get(f"/sessions/{quote(address, '/?=')}").status_code == 404


def test_who_has_no_profile_is_asked_for_one(client: Client, db: None) -> None:
    client.force_login(UserFactory.create())
    for address in (WORD, sound_url("θ")):
        assert client.get(address)["Location"] == reverse("learners:profile-edit")


def spoken(learner: User, *, has_sound: bool, verdict: Verdict) -> ReadAloudAttempt:
    """Let the learner have read a sentence with a word in it."""
    now = timezone.now()
    reading = ReadAloudAttempt.objects.create(
        learner=learner, text="I think so", language="en", created_at=now
    )
    if has_sound:
        Recording.objects.create(
            reading=reading,
            path="x.flac",
            sample_rate_hz=16_000,
            duration_ms=1000,
            n_bytes=10,
            created_at=now,
        )
    heard = Diagnosis(DiagnosisKind.SUBSTITUTED, "s")
    phoneme = PhonemeScore("θ", 300, 380, 0.0, 20.0, None, verdict, 0, True, heard)
    value = PronunciationAssessment(
        outcome=AssessmentOutcome.JUDGED,
        model="scripted-1",
        language="en",
        source=PromptSource.READ,
        text="I think so",
        validated=True,
        words=(WordScore(1, "Think,", 300, 700, 20.0, verdict, (phoneme,)),),
        scores=None,
        measures=None,
    )
    keep_assessment(
        speech=reading, learner_id=learner.pk, value=value, spoken_at=now, now=now
    )
    return reading


def test_the_latest_try_of_which_a_sound_was_kept_is_compared(
    learner_client: Client, learner: User
) -> None:
    kept = spoken(learner, has_sound=True, verdict=Verdict.WORK)
    spoken(learner, has_sound=False, verdict=Verdict.FINE)
    text = learner_client.get(WORD, {"word": "think"}).content.decode()
    own = page_data(text)["own"]["think"]
    assert own["audio_url"] == reverse("sessions:read-aloud-audio", args=(kept.uuid,))
    assert own["word"]["phonemes"][0]["diagnosis"] == {
        "kind": "substituted",
        "heard": "s",
    }
    other = learner_client.get(WORD, {"word": "thin"}).content.decode()
    assert page_data(other)["own"] == {}


def test_nobody_gets_another_persons_sound(other_client: Client, learner: User) -> None:
    spoken(learner, has_sound=True, verdict=Verdict.WORK)
    text = other_client.get(WORD, {"word": "think"}).content.decode()
    assert page_data(text)["own"] == {}


def test_the_panel_of_a_word_knows_where_lessons_are(learner_client: Client) -> None:
    text = learner_client.get(reverse("sessions:read-aloud")).content.decode()
    dialog = text[text.index('<dialog class="word-panel"') :]
    for name in ("data-postures-url", "data-head-url", "data-sound-url"):
        assert f'{name}="/' in dialog
