"""The exercises of a lesson: the page, and what its script asks of the server."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from inference import conf
from learners.models import LessonAttempt, LessonProgress, User
from learners.services.course_progress import start_course
from lessons.exercise_selectors import get_exercise_brief
from lessons.models import Course, Exercise, Lesson
from sessions.live.rate_limit import BucketPerUser
from sessions.live.spoken_words import SpokenWords
from sessions.models import (
    ReadAloudAttempt,
    Recording,
    Turn,
    TutoringSession,
    Utterance,
)
from sessions.views import lesson_exercise_sound, lesson_exercises
from tests.factories.exercises_of_lessons import all_exercises, exercise_of
from tests.factories.learners import UserFactory
from tests.factories.lessons import LessonFactory
from tests.integration.session_pages.test_read_aloud import sound
from tests.scripted_settings import INFERENCE as SCRIPTED

ANSWER = reverse("sessions:lesson-exercise-answer")
LEAVE = reverse("sessions:lesson-exercise-leave")
VOICE = reverse("sessions:lesson-exercise-voice")
SPEECH = reverse("sessions:lesson-exercise-speech")
TALK = reverse("sessions:lesson-exercise-talk")
HEARD = "I would like three cups of tea please"


@pytest.fixture(autouse=True)
def scripted(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """Run stages on scripted engines without delays; limits and cache start anew."""
    engines = {
        kind: {**conf_, "OPTIONS": {}} for kind, conf_ in SCRIPTED["ENGINES"].items()
    }
    engines["transcriber"]["OPTIONS"] = {"texts": (HEARD,)}
    settings.INFERENCE = {**SCRIPTED, "ENGINES": engines}
    for module, name in (
        (lesson_exercises, "_answers"),
        (lesson_exercise_sound, "_voices"),
        (lesson_exercise_sound, "_speeches"),
    ):
        monkeypatch.setattr(module, name, BucketPerUser(rate_per_s=1, burst=60))
    monkeypatch.setattr("sessions.lesson_exercise_voice.spoken_words", SpokenWords())
    conf.shutdown()
    yield engines
    conf.shutdown()


@pytest.fixture
def lesson(db: None) -> Lesson:
    """A lesson that is offered."""
    found: Lesson = LessonFactory.create(
        patterns=[
            {"pattern": "Nice to …", "note": "At a first meeting.", "example": ""}
        ]
    )
    return found


def page_of(lesson: Lesson) -> str:
    return reverse("sessions:lesson-exercises", args=[lesson.uuid])


def send(client: Client, row: Exercise, answer: str, **more: Any) -> Any:
    fields = {"exercise": row.uuid, "key": uuid4(), "answer": answer, **more}
    return client.post(ANSWER, fields)


def speak(
    client: Client, row: Exercise, audio: bytes | None = None, **more: Any
) -> Any:
    file = SimpleUploadedFile(
        "speech.wav", sound() if audio is None else audio, "audio/wav"
    )
    return client.post(
        SPEECH, {"exercise": row.uuid, "key": uuid4(), "audio": file, **more}
    )


def tasks(client: Client, lesson: Lesson) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = client.get(page_of(lesson)).context["page"]["tasks"]
    return found


def test_the_page_shows_every_type_and_no_answer(
    learner_client: Client, lesson: Lesson
) -> None:
    all_exercises(lesson)
    response = learner_client.get(page_of(lesson))
    shown = response.context["page"]["tasks"]
    assert {task["type"] for task in shown} == set(Exercise.Type.values)
    assert all(task["title"] and task["hint"] for task in shown[:-1])
    text = json.dumps(shown)
    for secret in (
        "small city.",
        "They're not married",
        "Nice to meet you too",
        "Some tea",
    ):
        assert secret not in text
    assert "cafe.svg" in text


def test_wrong_then_right_is_resumed_and_counted(
    learner_client: Client, learner: User, lesson: Lesson
) -> None:
    gap, order = exercise_of(lesson, "gap_fill", 1), exercise_of(lesson, "reorder", 2)
    assert send(learner_client, gap, "is").json()["outcome"] == "wrong"
    assert [task["last"] for task in tasks(learner_client, lesson)] == ["wrong", ""]
    wrong = send(learner_client, order, "to meet you nice too").json()
    assert wrong["note"] == {"pattern": "Nice to …", "words": "At a first meeting."}
    assert send(learner_client, gap, "am").json()["outcome"] == "right"
    first, second = tasks(learner_client, lesson)
    assert (first["last"], first["isRepeated"]) == ("right", True)
    assert (second["last"], second["isRepeated"]) == ("wrong", False)
    progress = LessonProgress.objects.get(learner=learner, lesson=lesson)
    assert progress.finished_at is not None


def test_what_is_sent_twice_is_counted_once_with_the_first_mark(
    learner_client: Client, lesson: Lesson
) -> None:
    row, key = exercise_of(lesson, "gap_fill"), uuid4()
    first = send(learner_client, row, "is", key=key).json()
    again = send(learner_client, row, "am", key=key).json()
    assert (first["outcome"], again["outcome"]) == ("wrong", "wrong")
    assert LessonAttempt.objects.get().answer == "is"
    other = exercise_of(lesson, "dictation", 2)
    refused = send(learner_client, other, "x", key=key)
    assert (refused.status_code, refused.json()["code"]) == (400, "exercise.key_used")


def test_a_new_round_begins_with_nothing_answered(
    learner_client: Client, lesson: Lesson
) -> None:
    row = exercise_of(lesson, "gap_fill")
    send(learner_client, row, "am")
    again = reverse("sessions:lesson-exercises-again", args=[lesson.uuid])
    assert learner_client.post(again)["Location"] == page_of(lesson)
    assert tasks(learner_client, lesson)[0]["last"] == ""
    assert LessonAttempt.objects.count() == 1


def test_what_is_left_is_kept_as_left_and_finishes_nothing(
    learner_client: Client, learner: User, lesson: Lesson
) -> None:
    row = exercise_of(lesson, "spoken_answer")
    learner_client.post(LEAVE, {"exercise": row.uuid, "key": uuid4()})
    (task,) = tasks(learner_client, lesson)
    assert (task["isLeft"], task["last"]) == (True, "")
    assert LessonProgress.objects.get(learner=learner).finished_at is None
    send(learner_client, row, "Some tea, please.")
    (task,) = tasks(learner_client, lesson)
    assert (task["isLeft"], task["last"]) == (False, "open")


def test_an_empty_answer_is_told_and_not_kept(
    learner_client: Client, lesson: Lesson
) -> None:
    found = send(learner_client, exercise_of(lesson, "dictation"), "  …  ").json()
    assert found["outcome"] == "empty"
    assert found["words"]
    assert not LessonAttempt.objects.exists()


def test_pairs_come_back_with_what_was_chosen(
    learner_client: Client, lesson: Lesson
) -> None:
    row = exercise_of(lesson, "match")
    (task,) = tasks(learner_client, lesson)
    right = dict(row.data["pairs"])
    pairs = [
        f"{at}-{task['right'].index(right[left])}"
        for at, left in enumerate(task["left"])
    ]
    assert send(learner_client, row, ",".join(pairs)).json()["outcome"] == "right"
    found = send(learner_client, row, pairs[0]).json()
    assert [pair["isRight"] for pair in found["pairs"]] == [True, False, False]


@pytest.mark.parametrize(
    ("fields", "status", "code"),
    [
        ({"key": str(uuid4())}, 404, "exercise.gone"),
        ({"exercise": "x", "key": str(uuid4())}, 404, "exercise.gone"),
        ({"exercise": str(uuid4()), "key": str(uuid4())}, 404, "exercise.gone"),
        ({"exercise": str(uuid4())}, 400, "exercise.no_key"),
        ({"exercise": str(uuid4()), "key": "1; DROP"}, 400, "exercise.no_key"),
    ],
)
@pytest.mark.parametrize("address", [ANSWER, LEAVE, VOICE, SPEECH])
def test_what_is_not_known_is_told_in_words(
    learner_client: Client, address: str, fields: dict[str, str], status: int, code: str
) -> None:
    response = learner_client.post(address, {"answer": "went", **fields})
    assert (response.status_code, response.json()["code"]) == (status, code)
    assert response.json()["message"]


def test_an_enormous_answer_is_refused_in_words(
    learner_client: Client, lesson: Lesson
) -> None:
    response = send(learner_client, exercise_of(lesson, "dictation"), "word " * 3000)
    assert (response.status_code, response.json()["code"]) == (400, "text.too_long")
    odd = send(learner_client, exercise_of(lesson, "gap_fill", 2), "a\x00m\n ")
    assert odd.json()["outcome"] == "right"


def test_answers_in_a_hurry_have_to_wait(
    learner_client: Client, lesson: Lesson, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        lesson_exercises, "_answers", BucketPerUser(rate_per_s=0, burst=0)
    )
    response = send(learner_client, exercise_of(lesson, "gap_fill"), "am")
    assert (response.status_code, response.json()["code"]) == (429, "request.too_fast")


def test_a_lesson_that_is_not_offered_is_not_found(learner_client: Client) -> None:
    hidden: Lesson = LessonFactory.create(course__is_published=False)
    row = exercise_of(hidden, "gap_fill")
    assert learner_client.get(page_of(hidden)).status_code == 404
    assert send(learner_client, row, "am").json()["code"] == "exercise.gone"
    assert (
        learner_client.post(TALK, {"exercise": row.uuid, "key": uuid4()}).status_code
        == 404
    )


def test_who_is_in_the_middle_keeps_a_version_that_was_taken_out(
    learner_client: Client, learner: User, lesson: Lesson
) -> None:
    row = exercise_of(lesson, "gap_fill")
    start_course(learner_id=learner.pk, course=lesson.course, now=timezone.now())
    Course.objects.update(is_published=False, is_current=False)
    assert send(learner_client, row, "am").json()["outcome"] == "right"
    assert learner_client.get(page_of(lesson)).status_code == 200


def test_an_exercise_whose_data_nobody_can_read_keeps_nobody_from_the_others(
    learner_client: Client, lesson: Lesson
) -> None:
    odd = exercise_of(lesson, "dictation", 1, text=7)
    exercise_of(lesson, "gap_fill", 2)
    assert [task["type"] for task in tasks(learner_client, lesson)] == ["gap_fill"]
    assert send(learner_client, odd, "x").json()["code"] == "exercise.gone"


def test_a_lesson_without_exercises_leads_to_its_talk(
    learner_client: Client, lesson: Lesson
) -> None:
    assert (
        "This lesson has no exercises"
        in learner_client.get(page_of(lesson)).content.decode()
    )


def test_who_has_no_profile_is_asked_for_it(client: Client, lesson: Lesson) -> None:
    client.force_login(UserFactory.create())
    assert client.get(page_of(lesson)).status_code == 302
    response = send(client, exercise_of(lesson, "gap_fill"), "am")
    assert response.json()["code"] == "request.no_profile"


def test_a_reading_is_judged_marked_and_kept_without_its_sound(
    learner_client: Client, lesson: Lesson
) -> None:
    found = speak(learner_client, exercise_of(lesson, "read_aloud")).json()
    assert found["pronunciation"]["outcome"] == "judged"
    assert (found["result"]["outcome"], found["note"]) == ("right", "")
    # Two of eight words were found wrong: the mark is not full.
    assert 0.8 < found["result"]["score"] < 1
    kept = LessonAttempt.objects.get()
    assert (kept.spoken, kept.answer) == (True, HEARD)
    assert kept.reading == ReadAloudAttempt.objects.get().uuid
    assert not Recording.objects.exists()


def test_speech_that_is_sent_twice_is_counted_once(
    learner_client: Client, lesson: Lesson
) -> None:
    row, key = exercise_of(lesson, "read_aloud"), uuid4()
    first = speak(learner_client, row, key=key).json()["result"]
    again = speak(learner_client, row, key=key).json()["result"]
    assert first["score"] == again["score"]
    assert LessonAttempt.objects.count() == 1


@pytest.mark.parametrize("type_", ["read_aloud", "spoken_answer", "picture_talk"])
def test_silence_is_no_answer(
    learner_client: Client, lesson: Lesson, type_: str
) -> None:
    found = speak(learner_client, exercise_of(lesson, type_), sound(level=0.0)).json()
    assert found["result"] is None
    assert found["message"]
    assert not LessonAttempt.objects.exists()
    assert not ReadAloudAttempt.objects.exists()


def test_an_answer_of_ones_own_is_judged_by_its_words(
    learner_client: Client, lesson: Lesson
) -> None:
    found = speak(learner_client, exercise_of(lesson, "picture_talk")).json()
    assert found["pronunciation"]["source"] == "heard"
    result = found["result"]
    assert (result["outcome"], result["feedback"]) == ("open", "told")
    assert result["told"]["used"] == ["tea", "cups"]
    assert result["told"]["notUsed"] == ["cake"]


def test_without_a_scorer_the_words_are_judged_and_it_says_so(
    learner_client: Client, lesson: Lesson, scripted: Any
) -> None:
    scripted["scorer"]["OPTIONS"] = {"failures": 9}
    found = speak(learner_client, exercise_of(lesson, "read_aloud")).json()
    assert found["pronunciation"] is None
    assert found["result"]["outcome"] == "right"
    assert "not the sounds" in found["note"]
    assert not ReadAloudAttempt.objects.exists()


def test_a_language_whose_sounds_nobody_judges_is_judged_by_its_words(
    learner_client: Client, learner: User, lesson: Lesson, scripted: Any
) -> None:
    scripted["transcriber"]["OPTIONS"] = {"texts": ("Je voudrais un thé",)}
    start_course(learner_id=learner.pk, course=lesson.course, now=timezone.now())
    Course.objects.update(l2="fr")
    row = exercise_of(lesson, "shadowing", text="Je voudrais un thé.")
    found = speak(learner_client, row).json()
    assert found["result"]["outcome"] == "right"
    assert "cannot judge sounds in this language" in found["note"]


def test_another_sentence_is_no_reading_of_this_one(
    learner_client: Client, lesson: Lesson, scripted: Any
) -> None:
    scripted["scorer"]["OPTIONS"] = {"outcome": "wrong_text"}
    row = exercise_of(lesson, "shadowing", text="The weather is nice.")
    found = speak(learner_client, row).json()
    assert found["result"] is None
    assert "did not sound like these words" in found["message"]


def test_a_recogniser_that_is_down_is_told(
    learner_client: Client, lesson: Lesson, scripted: Any
) -> None:
    scripted["transcriber"]["OPTIONS"] = {"failures": 9}
    response = speak(learner_client, exercise_of(lesson, "read_aloud"))
    assert (response.status_code, response.json()["code"]) == (503, "asr.failed")


def test_a_sentence_said_instead_of_written_comes_back_as_words(
    learner_client: Client, lesson: Lesson
) -> None:
    row = exercise_of(lesson, "transform")
    assert speak(learner_client, row).json()["heard"] == HEARD
    assert not LessonAttempt.objects.exists()
    sent = send(learner_client, row, "they're not married", spoken="true").json()
    assert sent["outcome"] == "right"
    assert LessonAttempt.objects.get().spoken


def test_what_is_written_is_not_spoken_and_sound_must_be_there(
    learner_client: Client, lesson: Lesson
) -> None:
    response = speak(learner_client, exercise_of(lesson, "dictation"))
    assert response.json()["code"] == "exercise.not_spoken"
    row = exercise_of(lesson, "read_aloud", 2)
    response = learner_client.post(SPEECH, {"exercise": row.uuid, "key": uuid4()})
    assert response.json()["code"] == "audio.missing"
    assert speak(learner_client, row, b"no sound").status_code == 400


def test_a_pair_is_heard_by_its_key_chosen_and_said(
    learner_client: Client, lesson: Lesson
) -> None:
    row, key = exercise_of(lesson, "minimal_pair"), uuid4()
    where = {"exercise": row.uuid, "key": key}
    asked = learner_client.post(VOICE, {**where, "words": "true"}).json()["text"]
    assert set(learner_client.post(VOICE, where).json()) == {"audio", "duration_ms"}
    assert (
        learner_client.post(VOICE, {**where, "words": "true"}).json()["text"] == asked
    )
    other = learner_client.post(VOICE, {**where, "words": "true", "part": "1"}).json()
    assert other["text"] == "three"
    assert send(learner_client, row, asked, key=key).json()["outcome"] == "right"
    said = speak(learner_client, row, part="0").json()
    assert (said["isSaid"], said["result"]) == (True, None)
    assert LessonAttempt.objects.count() == 1
    assert ReadAloudAttempt.objects.get().text == "tea"


@pytest.mark.parametrize(
    ("type_", "more", "code"),
    [
        ("dictation", {"speed": "9"}, "request.speed"),
        ("gap_fill", {}, "exercise.no_voice"),
        ("minimal_pair", {"part": "7"}, "exercise.no_voice"),
    ],
)
def test_what_cannot_be_heard_is_told_in_words(
    learner_client: Client, lesson: Lesson, type_: str, more: dict[str, str], code: str
) -> None:
    row = exercise_of(lesson, type_)
    fields = {"exercise": row.uuid, "key": uuid4(), **more}
    response = learner_client.post(VOICE, fields)
    assert (response.status_code, response.json()["code"]) == (400, code)


def _talk(learner: User, *speakers: str) -> TutoringSession:
    session = TutoringSession.objects.latest("id")
    turn = Turn.objects.create(session=session, index=1, started_at=timezone.now())
    for speaker in speakers:
        Utterance.objects.create(turn=turn, speaker=speaker, source="TEXT", text="Hi.")
    return session


@pytest.mark.parametrize("type_", ["role_play", "free_talk"])
def test_a_talk_counts_once_the_learner_spoke_there(
    learner_client: Client, learner: User, lesson: Lesson, type_: str
) -> None:
    row, key = exercise_of(lesson, type_), uuid4()
    response = learner_client.post(TALK, {"exercise": row.uuid, "key": key})
    talk = TutoringSession.objects.get()
    assert response["Location"] == reverse("sessions:session-live", args=[talk.uuid])
    assert (talk.lesson, talk.exercise) == (lesson, row.uuid)
    assert tasks(learner_client, lesson)[0]["last"] == ""
    _talk(learner, "TUTOR", "LEARNER")
    assert tasks(learner_client, lesson)[0]["last"] == "open"
    assert LessonProgress.objects.get(learner=learner).finished_at is not None


def test_a_talk_in_which_only_the_tutor_spoke_does_not_count(
    learner_client: Client, learner: User, lesson: Lesson
) -> None:
    row = exercise_of(lesson, "free_talk")
    learner_client.post(TALK, {"exercise": row.uuid, "key": uuid4()})
    _talk(learner, "TUTOR")
    assert tasks(learner_client, lesson)[0]["last"] == ""


def test_only_talks_become_talks(learner_client: Client, lesson: Lesson) -> None:
    row = exercise_of(lesson, "gap_fill")
    assert (
        learner_client.post(TALK, {"exercise": row.uuid, "key": uuid4()}).status_code
        == 404
    )
    assert learner_client.post(TALK, {"exercise": row.uuid}).status_code == 404
    assert not TutoringSession.objects.exists()


def test_in_a_role_play_the_tutor_plays_its_part(lesson: Lesson) -> None:
    play, talk = (
        exercise_of(lesson, "role_play", 1),
        exercise_of(lesson, "free_talk", 2),
    )
    brief = get_exercise_brief(lesson_id=lesson.pk, exercise=play.uuid)
    assert (brief.tutor_role, brief.opening_line) == ("A guest", "Hi! I'm Sam.")
    assert brief.tutor_facts == ()
    free = get_exercise_brief(lesson_id=lesson.pk, exercise=talk.uuid)
    assert (free.tutor_role, free.opening_line) == ("", "What do you like doing?")
    for other in (None, uuid4()):
        same = get_exercise_brief(lesson_id=lesson.pk, exercise=other)
        assert same.tutor_role == lesson.tutor_role


def test_answers_of_others_change_nothing(
    learner_client: Client, other_client: Client, lesson: Lesson
) -> None:
    row, key = exercise_of(lesson, "gap_fill"), uuid4()
    send(other_client, row, "am", key=key)
    # The same key in another browser is another showing.
    assert send(learner_client, row, "is", key=key).json()["outcome"] == "wrong"
    assert tasks(other_client, lesson)[0]["last"] == "right"


def test_an_earlier_answer_stays_behind_a_later_one_whatever_the_clock_says(
    learner_client: Client, lesson: Lesson
) -> None:
    row = exercise_of(lesson, "gap_fill")
    send(learner_client, row, "is")
    LessonAttempt.objects.update(answered_at=timezone.now() + timedelta(seconds=5))
    send(learner_client, row, "am")
    (task,) = tasks(learner_client, lesson)
    assert (task["last"], task["isRepeated"]) == ("wrong", True)
