"""The practice page, and what its script asks of the server."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from inference import conf
from learners.models import ExerciseAttempt, ExerciseItem, User
from sessions.live.rate_limit import BucketPerUser
from sessions.live.spoken_words import SpokenWords
from sessions.models import ReadAloudAttempt, TutoringSession
from sessions.views import exercise_sound, practice
from tests.factories.exercises import NOW, by_model, item, mistake, transform
from tests.factories.learners import LearnerFactory, UserFactory
from tests.factories.lessons import LessonFactory
from tests.factories.schools import common_class, taught, teacher_of
from tests.integration.session_pages.test_read_aloud import sound
from tests.scripted_settings import INFERENCE as SCRIPTED
from tutor.exercises.schema import Dictation, RolePlay, Shadowing, ShortAnswer
from tutor.learner import Level

PAGE = reverse("sessions:practice")
MAKE = reverse("sessions:practice-make")
ANSWER = reverse("sessions:practice-answer")
VOICE = reverse("sessions:exercise-voice")
SPEECH = reverse("sessions:exercise-speech")
ROLE_PLAY = reverse("sessions:role-play-start")
SENTENCE = "Three cups of tea, please."
ABOUT: dict[str, Any] = {"level": Level.A2, "l2": "en", "source": "item:tea"}


@pytest.fixture(autouse=True)
def scripted(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """Run stages on scripted engines without delays; limits and cache start anew."""
    engines = {
        kind: {**conf_, "OPTIONS": {}} for kind, conf_ in SCRIPTED["ENGINES"].items()
    }
    engines["transcriber"]["OPTIONS"] = {"texts": ("three cups of tea please",)}
    settings.INFERENCE = {**SCRIPTED, "ENGINES": engines}
    monkeypatch.setattr(practice, "_answers", BucketPerUser(rate_per_s=1, burst=50))
    monkeypatch.setattr(practice, "_makings", BucketPerUser(rate_per_s=1, burst=5))
    monkeypatch.setattr(exercise_sound, "_voices", BucketPerUser(rate_per_s=1, burst=9))
    monkeypatch.setattr(
        exercise_sound, "_speeches", BucketPerUser(rate_per_s=1, burst=9)
    )
    monkeypatch.setattr(exercise_sound, "spoken_words", SpokenWords())
    conf.shutdown()
    yield engines
    conf.shutdown()


def shadowing(learner: User, **fields: Any) -> ExerciseItem:
    said = Shadowing(prompt=SENTENCE, solution=SENTENCE, **ABOUT)
    return item(learner, said, **fields)


def question(learner: User) -> ExerciseItem:
    asked = ShortAnswer(
        prompt="Can you order a drink?", solution="", fewest_words=3, **ABOUT
    )
    return item(learner, asked)


def role_play(learner: User, **fields: Any) -> ExerciseItem:
    play = RolePlay(
        prompt="You are at a café.", solution="", tutor_role="A waiter",
        goals=("I can order a drink.",), **ABOUT,
    )  # fmt: skip
    return item(learner, play, **fields)


def answer(client: Client, exercise: ExerciseItem, text: str, **more: str) -> Any:
    return client.post(ANSWER, {"exercise": exercise.uuid, "answer": text, **more})


def speak(client: Client, exercise: ExerciseItem, audio: bytes | None = None) -> Any:
    file = SimpleUploadedFile(
        "speech.wav", sound() if audio is None else audio, "audio/wav"
    )
    return client.post(SPEECH, {"exercise": exercise.uuid, "audio": file})


def test_the_page_holds_tasks_and_no_answers(
    learner_client: Client, learner: User
) -> None:
    exercise = item(learner, transform(prompt="Yesterday I go to <b>town</b> again."))
    response = learner_client.get(PAGE)
    (task,) = response.context["page"]["tasks"]
    assert task["exercise"] == str(exercise.uuid)
    html = response.content.decode()
    assert "went" not in html
    assert "<b>town" not in html


def test_who_has_nothing_yet_is_offered_to_make_some(
    learner_client: Client, learner: User
) -> None:
    assert "Make my exercises" in learner_client.get(PAGE).content.decode()
    mistake(learner)
    response = learner_client.post(MAKE)
    assert response["Location"] == PAGE
    assert len(learner_client.get(PAGE).context["page"]["tasks"]) == 6
    made = ExerciseItem.objects.filter(learner=learner)
    assert {one.created_by_id for one in made} == {learner.pk}


def test_what_a_talk_gives_comes_first(
    learner_client: Client, learner: User, talk: TutoringSession
) -> None:
    TutoringSession.objects.update(lesson=LessonFactory.create())
    mistake(learner)
    response = learner_client.post(MAKE, {"talk": talk.uuid})
    assert response["Location"] == f"{PAGE}?talk={talk.uuid}"
    assert {one.session for one in ExerciseItem.objects.all()} == {talk.uuid}
    assert ExerciseItem.objects.filter(kind="role_play").exists()
    assert learner_client.get(response["Location"]).context["talk"] == talk.uuid


def test_making_again_says_when_there_is_nothing_new(learner_client: Client) -> None:
    for _ in range(4):
        page = learner_client.post(MAKE, follow=True)
    assert "nothing new to practise" in page.content.decode()


def test_making_in_a_hurry_has_to_wait(
    learner_client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(practice, "_makings", BucketPerUser(rate_per_s=0, burst=0))
    page = learner_client.post(MAKE, follow=True)
    assert "That was quick" in page.content.decode()
    assert not ExerciseItem.objects.exists()


@pytest.mark.parametrize("posted", ["x", "20d27ac3-9941-4d5e-991c-930bd2b0f5af"])
def test_a_talk_that_is_not_known_is_not_found(
    learner_client: Client, posted: str
) -> None:
    assert learner_client.post(MAKE, {"talk": posted}).status_code == 404


def test_somebody_elses_talk_is_not_found(
    other_client: Client, talk: TutoringSession
) -> None:
    assert other_client.post(MAKE, {"talk": talk.uuid}).status_code == 404


def test_when_all_is_done_some_can_be_done_again(
    learner_client: Client, learner: User
) -> None:
    answer(learner_client, item(learner), "went")
    assert "All done" in learner_client.get(PAGE).content.decode()
    again = learner_client.get(PAGE, {"again": "1"})
    assert len(again.context["page"]["tasks"]) == 1
    assert "Once more" in again.content.decode()


@pytest.mark.parametrize("talk_id", ["x", "1; DROP"])
def test_an_odd_address_is_not_found(learner_client: Client, talk_id: str) -> None:
    assert learner_client.get(PAGE, {"talk": talk_id}).status_code == 404


def test_an_answer_gets_its_mark(learner_client: Client, learner: User) -> None:
    exercise = item(learner)
    wrong = answer(learner_client, exercise, "go", hinted="true").json()
    assert (wrong["outcome"], wrong["feedback"]) == ("wrong", "point")
    assert wrong["whole"] == "Yesterday I went to the market."
    right = answer(learner_client, exercise, "went").json()
    assert (right["outcome"], right["score"]) == ("right", 1.0)
    first, second = ExerciseAttempt.objects.order_by("pk")
    assert (first.hinted, second.hinted) == (True, False)


@pytest.mark.parametrize(
    ("fields", "status", "code"),
    [
        ({}, 404, "exercise.gone"),
        ({"exercise": "x"}, 404, "exercise.gone"),
        ({"exercise": str(uuid4()), "answer": "went"}, 404, "exercise.gone"),
    ],
)
def test_an_unknown_exercise_is_told_in_words(
    learner_client: Client, fields: dict[str, str], status: int, code: str
) -> None:
    response = learner_client.post(ANSWER, fields)
    assert (response.status_code, response.json()["code"]) == (status, code)
    assert response.json()["message"]


def test_an_enormous_answer_is_refused_in_words(
    learner_client: Client, learner: User
) -> None:
    response = answer(learner_client, item(learner, transform()), "word " * 2000)
    assert (response.status_code, response.json()["code"]) == (
        400,
        "exercise.answer_too_long",
    )
    odd = answer(learner_client, item(learner), "went\x00")
    assert odd.json()["outcome"] == "right"


def test_exercises_of_others_are_as_unknown_as_none(
    other_client: Client, learner: User
) -> None:
    for response in (
        answer(other_client, item(learner), "went"),
        other_client.post(VOICE, {"exercise": shadowing(learner).uuid}),
        speak(other_client, shadowing(learner, digest="x")),
    ):
        assert (response.status_code, response.json()["code"]) == (404, "exercise.gone")
    assert not ExerciseAttempt.objects.exists()


def test_what_waits_for_a_teacher_cannot_be_done(
    learner_client: Client, learner: User
) -> None:
    assert answer(learner_client, by_model(learner), "went").status_code == 404
    assert learner_client.get(PAGE).context["page"]["tasks"] == ()


def test_the_tutor_says_the_sentence_and_the_words_stay_secret(
    learner_client: Client, learner: User
) -> None:
    exercise = item(learner, Dictation(prompt="", solution=SENTENCE, **ABOUT))
    said = learner_client.post(VOICE, {"exercise": exercise.uuid, "speed": "0.6"})
    assert set(said.json()) == {"audio", "duration_ms"}
    assert said.json()["duration_ms"] > 1000


@pytest.mark.parametrize(
    ("speed", "code"), [("9", "request.speed"), ("1.0", "exercise.no_voice")]
)
def test_what_cannot_be_heard_is_told_in_words(
    learner_client: Client, learner: User, speed: str, code: str
) -> None:
    response = learner_client.post(
        VOICE, {"exercise": item(learner).uuid, "speed": speed}
    )
    assert (response.status_code, response.json()["code"]) == (400, code)


def test_a_teacher_hears_what_waits(learner: User) -> None:
    client = Client()
    client.force_login(teacher_of(common_class()))
    taught(learner)
    waiting = shadowing(learner, state="REJECTED", decided_at=NOW)
    assert client.post(VOICE, {"exercise": waiting.uuid}).status_code == 200


def test_a_sentence_said_along_is_judged_marked_and_kept(
    learner_client: Client, learner: User
) -> None:
    found = speak(learner_client, shadowing(learner)).json()
    assert found["pronunciation"]["outcome"] == "judged"
    assert found["result"]["outcome"] == "right"
    kept = ExerciseAttempt.objects.get()
    reading = ReadAloudAttempt.objects.get()
    assert (kept.spoken, kept.reading) == (True, reading.uuid)
    assert kept.answer == "three cups of tea please"


def test_silence_is_no_attempt(learner_client: Client, learner: User) -> None:
    found = speak(learner_client, shadowing(learner), sound(level=0.0)).json()
    assert found["result"] is None
    assert found["pronunciation"]["message"]
    assert not ExerciseAttempt.objects.exists()
    assert not ReadAloudAttempt.objects.exists()


def test_a_spoken_answer_comes_back_as_words_and_is_not_sent_yet(
    learner_client: Client, learner: User
) -> None:
    asked = question(learner)
    heard = speak(learner_client, asked).json()
    assert heard == {"heard": "three cups of tea please"}
    assert not ExerciseAttempt.objects.exists()
    sent = answer(learner_client, asked, heard["heard"], spoken="true").json()
    assert sent["outcome"] == "open"
    assert ExerciseAttempt.objects.get().spoken


def test_what_is_written_is_not_spoken(learner_client: Client, learner: User) -> None:
    response = speak(learner_client, item(learner))
    assert (response.status_code, response.json()["code"]) == (
        400,
        "exercise.not_spoken",
    )
    response = learner_client.post(SPEECH, {"exercise": shadowing(learner).uuid})
    assert (response.status_code, response.json()["code"]) == (400, "audio.missing")


@pytest.mark.parametrize(
    ("kind", "code"), [("transcriber", "asr.failed"), ("scorer", "assess.failed")]
)
def test_an_engine_that_is_down_is_told(
    learner_client: Client, learner: User, scripted: Any, kind: str, code: str
) -> None:
    scripted[kind]["OPTIONS"] = {"failures": 9}
    response = speak(learner_client, shadowing(learner))
    assert (response.status_code, response.json()["code"]) == (503, code)
    assert not ExerciseAttempt.objects.exists()


def test_a_role_play_becomes_a_talk_on_its_lesson(
    learner_client: Client, learner: User
) -> None:
    lesson = LessonFactory.create()
    exercise = role_play(learner, lesson=lesson)
    response = learner_client.post(ROLE_PLAY, {"exercise": exercise.uuid})
    talk = TutoringSession.objects.get()
    assert response["Location"] == reverse("sessions:session-live", args=[talk.uuid])
    assert talk.lesson == lesson
    assert ExerciseAttempt.objects.get().session == talk.uuid


def test_a_role_play_without_a_lesson_or_of_others_is_not_found(
    learner_client: Client, learner: User
) -> None:
    theirs = role_play(LearnerFactory.create(), lesson=LessonFactory.create())
    unpublished = LessonFactory.create(course__is_published=False)
    for exercise in (
        theirs, role_play(learner), item(learner),
        role_play(learner, lesson=unpublished, digest="x"),
    ):  # fmt: skip
        response = learner_client.post(ROLE_PLAY, {"exercise": exercise.uuid})
        assert response.status_code == 404
    assert learner_client.post(ROLE_PLAY, {"exercise": "x"}).status_code == 404
    assert not ExerciseAttempt.objects.exists()
    assert not TutoringSession.objects.exists()


@pytest.mark.django_db
def test_without_a_profile_there_is_nothing_to_practise() -> None:
    client = Client()
    client.force_login(UserFactory.create())
    for response in (client.get(PAGE), client.post(MAKE)):
        assert response["Location"] == reverse("learners:profile-edit")
    for address in (ANSWER, VOICE, SPEECH):
        response = client.post(address)
        assert (response.status_code, response.json()["code"]) == (
            403,
            "request.no_profile",
        )


@pytest.mark.parametrize("address", [ANSWER, VOICE, SPEECH, MAKE, ROLE_PLAY])
def test_forms_of_other_sites_are_refused(learner: User, address: str) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(learner)
    assert client.post(address).status_code == 403


@pytest.mark.parametrize("address", [ANSWER, VOICE, SPEECH, MAKE, ROLE_PLAY])
def test_looking_is_not_asking(learner_client: Client, address: str) -> None:
    assert learner_client.get(address).status_code == 405


def test_too_many_answers_in_a_short_time_have_to_wait(
    learner_client: Client, learner: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(practice, "_answers", BucketPerUser(rate_per_s=0, burst=0))
    response = answer(learner_client, item(learner), "went")
    assert (response.status_code, response.json()["code"]) == (429, "request.too_fast")


def test_nothing_of_an_answer_is_logged(
    learner_client: Client, learner: User, caplog: pytest.LogCaptureFixture
) -> None:
    exercise = item(learner, transform())
    answer(learner_client, exercise, "a secret of mine")
    exercise.data = {"kind": "gap_fill", "prompt": "my secret"}
    exercise.save()
    answer(learner_client, exercise, "a secret of mine")
    assert "secret" not in json.dumps(
        [record.getMessage() for record in caplog.records]
    )
