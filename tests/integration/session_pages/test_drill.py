"""Drills of two sounds: the page, its tasks, and what is kept of answers."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from inference import conf
from inference.types import assessment as values
from learners.models import DrillAnswer, LearnerProfile, PhonemeMastery, User
from learners.services.sound_plan import record_heard
from learners.sound_plan import get_plan, next_drill
from lessons.sounds.contrast import Contrast, WordPair
from lessons.sounds.contrasts import contrast_named
from sessions.drill_marks import said_result, target_right
from sessions.drill_page import DrillTask, TaskGone, read_task
from sessions.live.rate_limit import BucketPerUser
from sessions.live.spoken_words import SpokenWords
from sessions.models import ReadAloudAttempt
from sessions.views import drill
from tests.factories.learners import LearnerFactory
from tests.integration.session_pages.test_read_aloud import sound
from tests.scripted_settings import INFERENCE as SCRIPTED

pytestmark = pytest.mark.django_db
PAGE = reverse("sessions:drill")
NOW = datetime(2026, 5, 4, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def scripted(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    engines = {
        kind: {**conf_, "OPTIONS": {}} for kind, conf_ in SCRIPTED["ENGINES"].items()
    }
    engines["transcriber"]["OPTIONS"] = {"texts": ("right",)}
    settings.INFERENCE = {**SCRIPTED, "ENGINES": engines}
    monkeypatch.setattr(drill, "_answers", BucketPerUser(rate_per_s=1, burst=50))
    monkeypatch.setattr(drill, "_voices", BucketPerUser(rate_per_s=1, burst=9))
    monkeypatch.setattr(drill, "_speeches", BucketPerUser(rate_per_s=1, burst=9))
    monkeypatch.setattr(drill, "spoken_words", SpokenWords())
    conf.shutdown()
    yield
    conf.shutdown()


@pytest.fixture
def learner(client: Client) -> User:
    made: User = LearnerFactory.create()
    LearnerProfile.objects.filter(user=made).update(l1="ja", l2="en", level="A1")
    client.force_login(made)
    return made


def contrast(key: str = "ɹ-l") -> Contrast:
    found = contrast_named("ja", "en", key)
    assert found
    return found


def tasks(client: Client, key: str = "ɹ-l") -> list[dict[str, Any]]:
    shown = client.get(reverse("sessions:drill-of", args=(key,)))
    assert shown.status_code == 200
    return shown.context["tasks"]  # type: ignore[no-any-return]


def hear(learner: User, key: str, *, right: bool, at: datetime = NOW) -> None:
    pair = WordPair("right", "light")
    record_heard(
        learner_id=learner.pk, language="en", contrast=contrast(key), pair=pair,
        said="right", chosen="right" if right else "light", client_key=uuid4(), now=at,
    )  # fmt: skip


def test_a_drill_has_words_to_hear_then_words_to_say(
    client: Client, learner: User
) -> None:
    found = tasks(client)
    assert [one["kind"] for one in found] == ["minimal_pair"] * 6 + ["shadowing"] * 3
    assert found[0]["choices"] == ["light", "right"]
    # Which of the two is said is not for the eye.
    for one in found[:6]:
        shown = {key: value for key, value in one.items() if key != "exercise"}
        assert read_task(one["exercise"]).spoken in one["choices"]
        assert "spoken" not in json.dumps(shown)


def test_the_page_without_a_sound_takes_the_plans(
    client: Client, learner: User
) -> None:
    shown = client.get(PAGE)
    wanted = next_drill(learner.pk)
    assert wanted
    assert shown.context["contrast"].key == wanted.contrast.key
    assert "speakers of Japanese" in shown.content.decode()


def test_a_word_chosen_is_marked_and_counted_once(
    client: Client, learner: User
) -> None:
    (one, *_) = tasks(client)
    task = read_task(one["exercise"])
    wrong = task.pair.other if task.spoken == task.pair.word else task.pair.word
    for chosen, outcome in ((wrong, "wrong"), (task.spoken, "right")):
        answered = client.post(
            reverse("sessions:drill-answer"),
            {"exercise": one["exercise"], "answer": chosen},
        )
        assert answered.json()["outcome"] == outcome
        assert answered.json()["expected"] == task.spoken
    kept = DrillAnswer.objects.get()
    assert (kept.right, kept.contrast, kept.kind) == (0, "ɹ-l", "HEARD")


def test_a_word_is_heard_as_sound_alone(client: Client, learner: User) -> None:
    (one, *_) = tasks(client)
    said = client.post(reverse("sessions:drill-voice"), {"exercise": one["exercise"]})
    assert set(said.json()) == {"audio", "duration_ms"}


def test_a_word_said_is_judged_and_kept(client: Client, learner: User) -> None:
    one = next(one for one in tasks(client) if one["prompt"] == "right")
    said = client.post(
        reverse("sessions:drill-speech"),
        {"exercise": one["exercise"], "audio": SimpleUploadedFile("s.wav", sound())},
    )
    assert said.status_code == 200, said.content
    if said.json()["result"] is not None:
        kept = DrillAnswer.objects.get()
        assert kept.kind == "SAID"
        assert kept.reading == ReadAloudAttempt.objects.get().uuid


@pytest.mark.parametrize(
    ("name", "posted", "code"),
    [
        ("drill-answer", {}, "exercise.gone"),
        ("drill-answer", {"exercise": "made-up:token"}, "exercise.gone"),
        ("drill-voice", {"exercise": "x" * 5000}, "exercise.gone"),
        ("drill-speech", {"exercise": "\x00"}, "exercise.gone"),
    ],
)
def test_what_is_no_task_is_refused(
    client: Client, learner: User, name: str, posted: dict[str, str], code: str
) -> None:
    refused = client.post(reverse(f"sessions:{name}"), posted)
    assert refused.status_code == 404
    assert refused.json()["code"] == code


def test_a_choice_that_is_none_and_the_wrong_way_are_refused(
    client: Client, learner: User
) -> None:
    first, *_, last = tasks(client)
    answer = reverse("sessions:drill-answer")
    odd = client.post(answer, {"exercise": first["exercise"], "answer": "banana"})
    assert odd.json()["code"] == "drill.choice"
    odd = client.post(answer, {"exercise": last["exercise"], "answer": "right"})
    assert odd.json()["code"] == "drill.kind"
    assert not DrillAnswer.objects.exists()


def test_unknown_sounds_and_languages(client: Client, learner: User) -> None:
    assert client.get(reverse("sessions:drill-of", args=("q-q",))).status_code == 404
    with pytest.raises(TaskGone):
        read_task("")
    LearnerProfile.objects.update(l1="en")
    shown = client.get(PAGE)
    assert shown.context["contrast"] is None
    assert next_drill(learner.pk) is None


def test_a_first_language_without_a_table_gets_a_predicted_one(
    client: Client, learner: User
) -> None:
    LearnerProfile.objects.update(l1="pl")
    assert "Predicted" in client.get(PAGE).content.decode()
    key = get_plan(learner.pk, now=NOW).beliefs[0].contrast.key
    task = read_task(tasks(client, key)[0]["exercise"])
    assert task.contrast.key == key


def test_answers_and_talks_move_the_plan(learner: User) -> None:
    before = get_plan(learner.pk, now=NOW)
    for _ in range(6):
        hear(learner, "θ-s", right=False)
        hear(learner, "ɹ-l", right=True)
    PhonemeMastery.objects.create(
        learner=learner, language="en", phoneme="v", right=1, wrong=9, attempts=10,
        as_of=NOW,
    )  # fmt: skip
    after = get_plan(learner.pk, now=NOW)
    for key, goes_up in (("θ-s", True), ("v-b", True), ("ɹ-l", False)):
        was, now_ = before.get(key), after.get(key)
        assert was
        assert now_
        assert (now_.mean > was.mean) is goes_up
    # What was once heard wrong fades.
    later = get_plan(learner.pk, now=NOW + timedelta(days=120))
    faded, fresh = later.get("θ-s"), after.get("θ-s")
    assert faded
    assert fresh
    assert faded.mean < fresh.mean


def test_the_next_drill_is_the_same_until_something_is_answered(learner: User) -> None:
    first = [next_drill(learner.pk, now=NOW) for _ in range(3)]
    assert len({one.contrast.key for one in first if one}) == 1
    assert first[0]
    key = first[0].contrast.key
    hear(learner, key, right=True)
    following = next_drill(learner.pk, now=NOW + timedelta(minutes=3))
    assert following
    assert following.contrast.key != key


def test_a_contrast_that_was_tried_stays_in_the_plan(learner: User) -> None:
    hear(learner, "w-v", right=False)
    assert get_plan(learner.pk, now=NOW).get("w-v")


def assessed(phoneme: str, **fields: Any) -> values.PronunciationAssessment:
    score = values.PhonemeScore(
        phoneme=phoneme, start_ms=0, end_ms=80, gop=0, score=50,
        **{"verdict": values.Verdict.FINE, "wrong_probability": 0.1, **fields},
    )  # fmt: skip
    word = values.WordScore(0, "right", 0, 300, 50, values.Verdict.FINE, (score,))
    return values.PronunciationAssessment(
        outcome=values.AssessmentOutcome.JUDGED, model="x", language="en",
        source=values.PromptSource.READ, text="right", words=(word,),
    )  # fmt: skip


def test_the_target_alone_is_marked() -> None:
    pair = WordPair("right", "light")
    task = DrillTask("s", "en", contrast(), pair, "right", uuid4())
    assert target_right(task, assessed("ɹ")) == pytest.approx(0.9)
    assert target_right(task, assessed("t", wrong_probability=0.9)) is None
    heard = values.Diagnosis(values.DiagnosisKind.SUBSTITUTED, "l")
    assert target_right(task, assessed("ɹ", diagnosis=heard)) == 0
    unsure = assessed("ɹ", wrong_probability=None, verdict=values.Verdict.UNSURE)
    assert target_right(task, unsure) is None
    outcomes = [said_result(task, share)["outcome"] for share in (0.9, 0.5, 0.1, None)]
    assert outcomes == ["right", "nearly", "wrong", "open"]
    assert contrast().tip in said_result(task, 0.1)["words"]
