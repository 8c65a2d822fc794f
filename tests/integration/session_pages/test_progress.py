"""The progress page: what it draws, says, and opens."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from learners.models import (
    ActivityDay,
    LearnerProfile,
    LevelEstimate,
    PhonemeMastery,
    ReviewCard,
    ReviewLog,
    SessionSummary,
    User,
    VocabularyItem,
)
from learners.progress.figures import known_words
from sessions.models import (
    PronunciationAssessment,
    ReadAloudAttempt,
    Turn,
    TutoringSession,
    Utterance,
)
from tests.factories.learners import LearnerFactory

pytestmark = pytest.mark.django_db
PAGE = reverse("progress:page")


@pytest.fixture
def learner(client: Client) -> User:
    made: User = LearnerFactory.create()
    client.force_login(made)
    return made


def talk(
    learner: User, at: datetime, *, words: int = 100, mistakes: dict[str, int]
) -> TutoringSession:
    session = TutoringSession.objects.create(
        learner=learner, l1="es", l2="en", level="A2", started_at=at, last_seen_at=at,
        ended_at=at + timedelta(minutes=5), status="ENDED",
    )  # fmt: skip
    turn = Turn.objects.create(
        session=session, index=1, started_at=at, ended_at=at + timedelta(minutes=1)
    )
    text = (
        "I go, I went to the park. "
        "It was nice and we met some people there, who had a dog."
    )
    Utterance.objects.create(
        turn=turn, speaker="LEARNER", source="SPEECH", text=text, duration_ms=90_000
    )
    SessionSummary.objects.create(
        learner=learner, session=session.uuid, l2="en", topic="A walk", started_at=at,
        last_turn_at=at, turns=1, words_said=words, mistakes=mistakes,
        produced=["park"],
    )  # fmt: skip
    return session


def reading(learner: User, at: datetime, *, rate: float) -> ReadAloudAttempt:
    made = ReadAloudAttempt.objects.create(
        learner=learner, text="A sentence.", language="en", created_at=at
    )
    PronunciationAssessment.objects.create(
        learner=learner, reading=made, model="m", outcome="JUDGED", source="READ",
        language="en", text=made.text, spoken_at=at, created_at=at,
        measures={
            "speech_rate": rate, "articulation_rate": rate + 1, "pauses": [],
            "pause_share": 0.2, "fillers": 0, "pitch_range_semitones": None,
        },
    )  # fmt: skip
    return made


def section(shown: Any, key: str) -> Any:
    return next(one for one in shown.context["sections"] if one.key == key)


def last(shown: Any, key: str) -> Any:
    return section(shown, key).plots[0].chart.values[-1]


def test_a_new_learner_is_told_what_will_stand_here(
    client: Client, learner: User
) -> None:
    shown = client.get(PAGE)
    assert shown.context["is_new"]
    page = shown.content.decode()
    assert "The first talk draws the first line" in page
    assert "Nobody has looked at your level yet" in section(shown, "level").sentence
    assert "nan" not in page.lower().split()


def test_numbers_come_from_talks_and_open_them(client: Client, learner: User) -> None:
    now = timezone.now()
    session = talk(learner, now - timedelta(minutes=20), mistakes={"article": 4})
    shown = client.get(PAGE)
    spoken, wrong = last(shown, "spoken"), last(shown, "mistakes")
    assert spoken.value == pytest.approx(1.5)
    assert wrong.value == pytest.approx(4.0)
    assert last(shown, "words").value == 1
    assert last(shown, "repairs").words.startswith("1 in ")
    for value in (spoken, wrong):
        opened = client.get(value.url).content.decode()
        assert str(session.uuid) in opened
    assert "park" in client.get(last(shown, "words").url).content.decode()
    # The same numbers stand in tables.
    assert "4 in 100 words" in shown.content.decode()


def test_mistakes_are_compared_only_where_there_are_enough_words(
    client: Client, learner: User
) -> None:
    now = timezone.now()
    talk(learner, now - timedelta(minutes=20), words=30, mistakes={"article": 4})
    assert "Only 30 words" in section(client.get(PAGE), "mistakes").sentence
    talk(learner, now - timedelta(days=21), words=200, mistakes={"article": 40})
    talk(learner, now - timedelta(minutes=10), words=200, mistakes={"article": 6})
    sentence = section(client.get(PAGE), "mistakes").sentence
    assert "They become fewer" in sentence
    assert "Articles" in sentence


def test_the_level_has_its_band_and_what_a_person_said_has_none(
    client: Client, learner: User
) -> None:
    now = timezone.now()
    LevelEstimate.objects.create(
        learner=learner, l2="en", source="OWN", level="A2",
        said_at=now - timedelta(days=20),
    )  # fmt: skip
    value = last(client.get(PAGE), "level")
    assert (value.value, value.low) == (1.5, None)
    LevelEstimate.objects.create(
        learner=learner, l2="en", source="PLACEMENT", level="B1", ability=-0.6,
        error=0.4, said_at=now - timedelta(minutes=5),
    )  # fmt: skip
    shown = client.get(PAGE)
    value = last(shown, "level")
    assert value.low < value.value < value.high
    assert value.value == pytest.approx(2.5)
    assert "nine chances in ten" in section(shown, "level").sentence
    assert "A placement" in client.get(value.url).content.decode()


def test_speed_needs_some_sentences(client: Client, learner: User) -> None:
    now = timezone.now()
    for n in range(3):
        reading(learner, now - timedelta(days=20, minutes=n), rate=2.0)
    assert "3 of your sentences" in section(client.get(PAGE), "pace").sentence
    for n in range(4):
        reading(learner, now - timedelta(hours=1, minutes=n), rate=3.0)
    shown = client.get(PAGE)
    assert "Faster than before" in section(shown, "pace").sentence
    opened = client.get(last(shown, "pace").url).content.decode()
    assert "A sentence." in opened


def test_sounds_have_signs_and_open_their_words(client: Client, learner: User) -> None:
    now = timezone.now()
    for phoneme, right, wrong in (("θ", 2.0, 28.0), ("s", 39.0, 1.0), ("ʒ", 1.0, 0.0)):
        PhonemeMastery.objects.create(
            learner=learner, language="en", phoneme=phoneme, right=right, wrong=wrong,
            attempts=int(right + wrong), as_of=now,
        )  # fmt: skip
    shown = client.get(PAGE)
    states = {one.sound.ipa: one.state for one in shown.context["sounds"].every}
    assert (states["θ"], states["s"], states["ʒ"]) == ("weak", "good", "unknown")
    assert "Work on these first: /θ/" in shown.context["sounds_sentence"]
    assert client.get(reverse("progress:sound", args=("θ",))).status_code == 200
    assert client.get(reverse("progress:sound", args=("qq",))).status_code == 404


@pytest.mark.parametrize("period", ["4w", "3m", "all", "", "century"])
def test_every_period_is_shown(client: Client, learner: User, period: str) -> None:
    day = timezone.now().date() - timedelta(days=500)
    ActivityDay.objects.create(
        learner=learner, l2="en", day=day, spoken_s=60, talks=1, active_s=60
    )
    shown = client.get(PAGE, {"period": period})
    assert shown.status_code == 200
    n = len(section(shown, "spoken").plots[0].chart.values)
    assert n in {"3m": (13,), "all": (17, 18)}.get(period, (4,))


@pytest.mark.parametrize(
    "key", ["x", "2026-01-01", "2026-01-08_2026-01-01", "2026-01-01_2096-01-01"]
)
def test_evidence_that_is_none(client: Client, learner: User, key: str) -> None:
    address = reverse("progress:evidence", args=("spoken", key))
    assert client.get(address).status_code == 404
    odd = reverse("progress:evidence", args=("age", "2026-01-01_2026-01-08"))
    assert client.get(odd).status_code == 404


def test_evidence_is_ones_own(client: Client, learner: User) -> None:
    session = talk(learner, timezone.now() - timedelta(minutes=9), mistakes={})
    address = last(client.get(PAGE), "spoken").url
    client.force_login(LearnerFactory.create())
    assert str(session.uuid) not in client.get(address).content.decode()


def test_weeks_are_the_learners_own(client: Client, learner: User) -> None:
    LearnerProfile.objects.filter(user=learner).update(time_zone="Pacific/Auckland")
    talk(learner, timezone.now() - timedelta(minutes=9), mistakes={})
    assert last(client.get(PAGE), "spoken").value == pytest.approx(1.5)


def test_words_are_known_while_they_are_remembered(learner: User) -> None:
    start = datetime(2026, 1, 1, tzinfo=UTC)
    card = ReviewCard.objects.create(
        learner=learner, l2="en", kind="word", source="word:1", front="Bridge",
        stability=2.0, due_at=start, created_at=start,
    )  # fmt: skip
    for days, before in ((0, None), (10, 9.0), (20, 30.0)):
        ReviewLog.objects.create(
            card=card, rating=3, reviewed_at=start + timedelta(days=days),
            before={"stability": before}, client_key=uuid.uuid4(),
        )  # fmt: skip
    VocabularyItem.objects.create(
        learner=learner, l2="en", text="park", met_at=start, times_produced=1,
        last_produced_at=start + timedelta(days=12),
    )  # fmt: skip
    moments = [start + timedelta(days=n) for n in (0, 5, 15, 25)]
    found = known_words(learner_id=learner.pk, l2="en", moments=moments)
    # After the third review its memory is short again: it was forgotten.
    assert found == [set(), {"bridge"}, {"bridge", "park"}, {"park"}]
