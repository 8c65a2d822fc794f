"""The page of reviews and what its script sends; files for Anki."""

from __future__ import annotations

import json
import re
import sqlite3
import zipfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from threading import Event
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from inference import conf
from learners.models import ReviewCard, ReviewLog, ReviewSetting, User
from sessions.anki import making, orders
from sessions.anki.files import export_path
from sessions.anki.queue import export_queue
from sessions.live.rate_limit import BucketPerUser
from sessions.live.spoken_words import SpokenWords, spoken_words
from sessions.models import CardExport
from sessions.views import review_answers, review_sound
from tests.factories.exercises import mistake
from tests.factories.learners import UserFactory
from tests.factories.reviews import card, lesson_read
from tests.integration.session_pages.test_read_aloud import sound
from tests.scripted_settings import INFERENCE as SCRIPTED

PAGE = reverse("sessions:reviews")
SETTINGS = reverse("sessions:review-settings")
ANSWER = reverse("sessions:review-answer")
UNDO = reverse("sessions:review-undo")
ASIDE = reverse("sessions:review-aside")
VOICE = reverse("sessions:review-voice")
SPEECH = reverse("sessions:review-speech")
EXPORT = reverse("sessions:review-export")
FILE = reverse("sessions:review-export-file")
MAX_PAGE_BYTES = 60_000


@pytest.fixture(autouse=True)
def scripted(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """Run stages on scripted engines without delays; limits and cache start anew."""
    engines = {
        kind: {**conf_, "OPTIONS": {}} for kind, conf_ in SCRIPTED["ENGINES"].items()
    }
    engines["transcriber"]["OPTIONS"] = {"texts": ("two coffees please",)}
    settings.INFERENCE = {**SCRIPTED, "ENGINES": engines}
    plenty = BucketPerUser(rate_per_s=9, burst=99)
    monkeypatch.setattr(review_answers, "_answers", plenty)
    monkeypatch.setattr(review_sound, "_voices", plenty)
    monkeypatch.setattr(review_sound, "_speeches", plenty)
    monkeypatch.setattr(spoken_words, "_kept", SpokenWords()._kept)
    conf.shutdown()
    yield engines
    conf.shutdown()


def shown(client: Client) -> list[dict[str, Any]]:
    cards: list[dict[str, Any]] = client.get(PAGE).context["page"]["cards"]
    return cards


def answer(client: Client, one: dict[str, Any], rating: int, **more: str) -> Any:
    data = {"card": one["card"], "version": one["version"], "key": str(uuid4()), **more}
    return client.post(ANSWER, {"rating": rating, **data})


def test_the_page_makes_its_cards_and_each_button_says_when(
    learner_client: Client, learner: User
) -> None:
    lesson = lesson_read(learner)
    response = learner_client.get(PAGE)
    first = response.context["page"]["cards"][0]
    assert (first["front"], first["back"]) == ("a hot drink", "coffee")
    assert first["buttons"] == ["1 min", "6 min", "10 min", "8 days"]
    assert first["met"]["title"] == lesson.title
    assert len(response.content) < MAX_PAGE_BYTES


def test_a_long_plan_stays_a_light_page(learner_client: Client, learner: User) -> None:
    ReviewSetting.objects.create(learner=learner, daily_cap=999, new_a_day=200)
    long = "x" * 300
    for n in range(150):
        card(learner, f"word {n}", front=long, data={"example": long})
    last = timezone.now() - timedelta(days=9)
    # Cards that were reviewed stay when nothing gives them any more.
    ReviewCard.objects.update(
        state=2, stability=3.0, difficulty=5.0, last_review_at=last, due_at=last
    )
    response = learner_client.get(PAGE)
    page = response.context["page"]
    assert (len(page["cards"]), page["left"]) == (40, page["left"])
    assert page["left"] >= 110
    assert len(response.content) < MAX_PAGE_BYTES


def test_an_answer_comes_back_as_the_card_is_then(
    learner_client: Client, learner: User
) -> None:
    lesson_read(learner)
    one = shown(learner_client)[0]
    key = str(uuid4())
    first = answer(learner_client, one, 3, key=key, took_ms="1500", ago_ms="200")
    again = answer(learner_client, one, 3, key=key)
    assert first.status_code == again.status_code == 200
    after = first.json()["card"]
    assert after["version"] != one["version"]
    assert 9 * 60_000 < after["dueInMs"] <= 10 * 60_000
    assert ReviewLog.objects.get().took_ms == 1500
    undone = learner_client.post(UNDO, {"card": one["card"], "key": key})
    assert undone.json()["card"]["version"] == one["version"]
    assert learner_client.get(PAGE).context["day"].done == 0


def test_the_second_device_is_told_that_the_first_was_faster(
    learner_client: Client, learner: User
) -> None:
    lesson_read(learner)
    one = shown(learner_client)[0]
    answer(learner_client, one, 3)
    late = answer(learner_client, one, 1)
    assert late.status_code == 409
    assert late.json()["code"] == "review.changed"
    assert "somewhere else" in late.json()["message"]


@pytest.mark.parametrize(
    ("data", "status"),
    [
        ({"rating": "5"}, 400),
        ({"rating": ""}, 400),
        ({"rating": "9" * 400}, 400),
        ({"card": "x"}, 404),
        ({"key": "no id"}, 404),
        ({"card": str(uuid4())}, 404),
        ({"version": "z" * 5000}, 409),
        ({"heard": "x" * 5000}, 400),
        ({"ago_ms": "-1e9", "took_ms": "never"}, 200),
        ({"ago_ms": "9" * 300}, 200),
    ],
)
def test_bad_answers_have_words_and_count_nothing(
    learner_client: Client, learner: User, data: dict[str, str], status: int
) -> None:
    lesson_read(learner)
    one = shown(learner_client)[0]
    fields = {
        "card": one["card"], "version": one["version"], "key": str(uuid4()),
        "rating": "3", **data,
    }  # fmt: skip
    response = learner_client.post(ANSWER, fields)
    assert response.status_code == status, response.content
    assert ReviewLog.objects.count() == (status == 200)
    assert status == 200 or response.json()["message"]


def test_nothing_of_others_can_be_answered_heard_or_set_aside(
    other_client: Client, learner: User
) -> None:
    one = card(learner)
    data = {
        "card": one.uuid,
        "key": uuid4(),
        "rating": 3,
        "version": "0.0",
        "part": "back",
    }
    for address in (ANSWER, UNDO, ASIDE, VOICE):
        assert other_client.post(address, data).status_code == 404, address
    assert (
        other_client.post(reverse("sessions:review-back", args=(one.uuid,))).status_code
        == 404
    )
    assert other_client.get(FILE).status_code == 404


def test_setting_aside_and_taking_back_in(
    learner_client: Client, learner: User
) -> None:
    lesson_read(learner)
    one = shown(learner_client)[0]
    assert learner_client.post(ASIDE, {"card": one["card"]}).json() == {"aside": True}
    assert one["card"] not in {other["card"] for other in shown(learner_client)}
    assert "coffee" in learner_client.get(SETTINGS).content.decode()
    learner_client.post(reverse("sessions:review-back", args=(one["card"],)))
    assert one["card"] in {other["card"] for other in shown(learner_client)}


def test_both_sides_are_heard_but_not_ones_own_mistake(
    learner_client: Client, learner: User
) -> None:
    lesson_read(learner)
    mistake(learner)
    by_kind = {one["kind"]: one for one in shown(learner_client)}
    word, own = by_kind["word"], by_kind["sentence"]
    for part in ("front", "back", "example"):
        response = learner_client.post(VOICE, {"card": word["card"], "part": part})
        assert response.json()["duration_ms"] > 0
    assert not own["hasFrontVoice"]
    refused = learner_client.post(VOICE, {"card": own["card"], "part": "front"})
    assert refused.json()["code"] == "review.no_voice"


def test_a_spoken_answer_suggests_a_button_and_counts_nothing(
    learner_client: Client, learner: User
) -> None:
    lesson_read(learner)
    one = shown(learner_client)[0]
    file = SimpleUploadedFile("speech.wav", sound(), "audio/wav")
    heard = learner_client.post(SPEECH, {"card": one["card"], "audio": file}).json()
    assert (heard["heard"], heard["rating"]) == ("two coffees please", 3)
    assert not ReviewLog.objects.exists()


def test_who_has_no_profile_is_sent_to_it(client: Client, db: None) -> None:
    client.force_login(UserFactory.create())
    for address in (PAGE, SETTINGS):
        assert client.get(address)["Location"] == reverse("learners:profile-edit")
    assert client.get(FILE).status_code == 404
    assert client.post(ANSWER).status_code == 403


def test_settings_are_kept_within_their_limits(
    learner_client: Client, learner: User
) -> None:
    bad = learner_client.post(
        SETTINGS, {"retention": "99", "daily_cap": "0", "new_a_day": "many"}
    )
    assert bad.status_code == 422
    assert set(bad.context["form"].errors) == {"retention", "daily_cap", "new_a_day"}
    good = {"retention": "95", "daily_cap": "20", "new_a_day": "0"}
    assert learner_client.post(SETTINGS, good).status_code == 302
    kept = ReviewSetting.objects.get()
    assert (kept.retention, kept.daily_cap, kept.new_a_day) == (0.95, 20, 0)


def exported(
    client: Client, monkeypatch: pytest.MonkeyPatch, folder: Path
) -> dict[str, Any]:
    """Have the file made here and now and return what is in it."""
    put: list[int] = []
    monkeypatch.setattr(export_queue, "put", put.append)
    assert client.post(EXPORT)["Location"] == SETTINGS
    for key in put:
        making.make_export(key, cancelled=Event())
    data = b"".join(client.get(FILE).streaming_content)  # type: ignore[attr-defined]
    path = folder / "cards.apkg"
    path.write_bytes(data)
    with zipfile.ZipFile(path) as package:
        package.extractall(folder)
        media = json.loads(package.read("media"))
        sounds = {name: package.read(number) for number, name in media.items()}
    rows = sqlite3.connect(folder / "collection.anki2")
    notes = rows.execute("SELECT guid, flds, tags FROM notes ORDER BY id").fetchall()
    decks = rows.execute("SELECT decks FROM col").fetchone()[0]
    rows.close()
    return {"notes": notes, "sounds": sounds, "decks": json.loads(decks)}


@pytest.mark.django_db(transaction=True)
def test_anki_gets_every_card_with_its_voice_and_knows_it_again(
    learner_client: Client,
    learner: User,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    lesson_read(learner)
    mistake(learner, sentence="<b>I {} home</b> [sound:x.mp3]")
    shown(learner_client)
    first = exported(learner_client, monkeypatch, tmp_path)
    fields = [row[1].split("\x1f") for row in first["notes"]]
    coffee = next(row for row in fields if row[3] == "coffee")
    assert coffee[0] == "a hot drink"
    (name,) = re.findall(r"\[sound:(.+?)\]", coffee[5])
    # An MPEG frame, with a tag before it or not.
    assert first["sounds"][name][:1] in (b"I", b"\xff")
    own = next(row for row in fields if "home" in row[3])
    assert "<b>" not in own[0]
    assert "[sound:x.mp3]" not in own[0] + own[3]
    assert any("Tutor: English" in deck["name"] for deck in first["decks"].values())
    # The card changes, the note stays the same one.
    ReviewCard.objects.filter(back="coffee").update(front="something hot to drink")
    monkeypatch.setattr(making, "MOST_SOUNDS", 1)
    again = exported(learner_client, monkeypatch, tmp_path)
    assert [row[0] for row in again["notes"]] == [row[0] for row in first["notes"]]
    assert len(again["sounds"]) == 1
    export = CardExport.objects.get()
    assert (export.n_cards, export.n_sounds) == (len(fields), 1)
    path = export_path(export.pk)
    assert path.is_file()
    learner.delete()
    assert not path.exists()


@pytest.mark.django_db(transaction=True)
def test_without_a_voice_the_words_are_exported_all_the_same(
    learner_client: Client, learner: User, monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path, settings: Any, scripted: Any,
) -> None:  # fmt: skip
    scripted["synthesizer"]["OPTIONS"] = {"failures": 99}
    settings.INFERENCE = {**settings.INFERENCE, "ENGINES": scripted}
    conf.shutdown()
    lesson_read(learner)
    shown(learner_client)
    found = exported(learner_client, monkeypatch, tmp_path)
    assert len(found["notes"]) >= 3
    assert found["sounds"] == {}


@pytest.mark.django_db(transaction=True)
def test_a_file_under_way_is_not_begun_twice_and_old_ones_go(
    learner_client: Client, learner: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    card(learner)
    put: list[int] = []
    monkeypatch.setattr(export_queue, "put", put.append)
    for _ in range(3):
        learner_client.post(EXPORT)
    assert len(put) == 1
    state = learner_client.get(reverse("sessions:review-export-state")).json()
    assert state == {"state": "QUEUED", "done": 0, "total": 0}
    assert learner_client.get(FILE).status_code == 404
    CardExport.objects.update(asked_at=timezone.now() - 2 * orders.KEPT_FOR)
    call_command("purge_sessions")
    assert not CardExport.objects.exists()
