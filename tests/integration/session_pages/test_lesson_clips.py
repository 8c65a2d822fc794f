"""Videos of lessons: ordered once, shown to learners, failing in words."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from kombu import Connection
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from inference import conf
from inference.stages.stage import EngineKind
from learners.models import Avatar, User
from lessons.models import Lesson
from sessions.clips.orders import order_clip, take_up
from sessions.clips.queue import TASK, ClipQueue, clip_queue
from sessions.clips.rendering import render_clip
from sessions.models import RenderedClip
from sessions.tasks import render_clip_task
from tests.factories.learners import LearnerFactory
from tests.factories.lessons import LessonFactory
from tests.fakes.clips import ScriptedClips
from tests.fakes.engines import ScriptedSynthesizer
from tutorplatform.celery import app

pytestmark = pytest.mark.django_db
READY, FAILED = RenderedClip.State.READY, RenderedClip.State.FAILED
QUEUED, RUNNING = RenderedClip.State.QUEUED, RenderedClip.State.RUNNING


@pytest.fixture(autouse=True)
def renderer(monkeypatch: pytest.MonkeyPatch) -> ScriptedClips:
    clips = ScriptedClips()
    engines = {
        EngineKind.CLIP_RENDERER: clips,
        EngineKind.SYNTHESIZER: ScriptedSynthesizer(),
    }
    monkeypatch.setattr(conf, "_engines", engines)
    return clips


@pytest.fixture
def lesson() -> Lesson:
    return LessonFactory.create()


@pytest.fixture
def teacher(client: Client) -> User:
    teacher = LearnerFactory.create(role=User.Role.TEACHER)
    client.force_login(teacher)
    return teacher


def order(lesson: Lesson, **changed: Any) -> RenderedClip:
    values = {"avatar_key": "ada", "ordered_by_id": None, "now": timezone.now()}
    return order_clip(
        lesson_id=lesson.pk, **values | {"put": lambda uuid: None} | changed
    )


def made(lesson: Lesson, **changed: Any) -> RenderedClip:
    clip = order(lesson, **changed)
    render_clip(clip.uuid, cancelled=threading.Event())
    clip.refresh_from_db()
    return clip


def page(client: Client, lesson: Lesson) -> str:
    address = reverse("lessons:lesson-detail", args=[lesson.uuid])
    return client.get(address).content.decode()


def test_a_clip_is_made_with_captions_poster_and_sound(
    lesson: Lesson, renderer: ScriptedClips, private_root: Path
) -> None:
    clip = made(lesson)
    assert clip.state == READY
    assert (clip.progress, clip.has_speech) == (1.0, True)
    files = {path.name for path in (private_root / clip.folder).iterdir()}
    assert files == {"clip.mp4", "poster.jpg", "speech.flac"}
    assert [cue["text"] for cue in clip.cues] == [
        lesson.opening_line,
        *lesson.target_phrases,
    ]
    times = [time for cue in clip.cues for time in (cue["start_ms"], cue["end_ms"])]
    assert times == sorted(times)
    assert times[-1] < renderer.asked[0].duration_ms
    assert renderer.asked[0].avatar.key == "ada"


def test_the_same_is_not_made_twice(lesson: Lesson, renderer: ScriptedClips) -> None:
    first, again = made(lesson), made(lesson)
    assert first.uuid == again.uuid
    assert len(renderer.asked) == 1
    render_clip_task(clip=str(first.uuid), later_argument=1)
    assert len(renderer.asked) == 1


def test_other_words_faces_and_engines_are_other_clips(
    lesson: Lesson, renderer: ScriptedClips
) -> None:
    uuids = {made(lesson).uuid, made(lesson, avatar_key="mei").uuid}
    renderer.version = "2"
    uuids.add(made(lesson).uuid)
    lesson.opening_line = "Something else?"
    lesson.save()
    uuids.add(made(lesson).uuid)
    assert len(uuids) == 4


def test_a_failure_has_a_code_and_can_be_tried_again(
    lesson: Lesson, renderer: ScriptedClips
) -> None:
    renderer.failures, renderer.code = 1, "clip.no_face"
    clip = made(lesson)
    assert (clip.state, clip.error_code) == (FAILED, "clip.no_face")
    assert clip.has_speech
    assert made(lesson).state == READY
    assert RenderedClip.objects.count() == 1


def test_progress_is_seen_while_it_is_made(
    lesson: Lesson, renderer: ScriptedClips, teacher: User, client: Client
) -> None:
    clip = order(lesson)
    seen: list[dict[str, Any]] = []
    address = reverse("sessions:clip-state", args=[clip.uuid])
    renderer.before_clip = lambda: seen.append(client.get(address).json())
    render_clip(clip.uuid, cancelled=threading.Event())
    assert seen[0]["state"] == RUNNING
    assert 0.4 < seen[0]["progress"] < 0.6
    assert client.get(address).json() == {
        "state": READY, "under_way": False, "progress": 1.0, "message": "",
    }  # fmt: skip


def test_a_worker_that_lost_its_clip_writes_nothing(
    lesson: Lesson, renderer: ScriptedClips
) -> None:
    clip = order(lesson)

    def somebody_else_took_it() -> None:
        RenderedClip.objects.filter(pk=clip.pk).update(attempt=7)
        # Progress is told once a second at most; the flag is set by the next write.

    renderer.before_clip = somebody_else_took_it
    render_clip(clip.uuid, cancelled=threading.Event())
    clip.refresh_from_db()
    assert (clip.state, clip.attempt) == (RUNNING, 7)


def test_a_clip_deleted_while_it_is_made_leaves_no_file(
    lesson: Lesson, renderer: ScriptedClips, private_root: Path
) -> None:
    clip = order(lesson)
    renderer.before_clip = lambda: RenderedClip.objects.all().delete()
    render_clip(clip.uuid, cancelled=threading.Event())
    assert not (private_root / clip.folder).exists()


def test_what_is_given_up_waits_again(lesson: Lesson, renderer: ScriptedClips) -> None:
    clip, stop = order(lesson), threading.Event()
    renderer.before_clip = stop.set
    render_clip(clip.uuid, cancelled=stop)
    clip.refresh_from_db()
    assert clip.state == QUEUED
    assert made(lesson).state == READY


def test_a_clip_whose_worker_died_is_taken_up(
    lesson: Lesson,
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    clip = order(lesson)
    put: list[object] = []
    monkeypatch.setattr(clip_queue, "put", put.append)
    now = timezone.now()
    RenderedClip.objects.update(state=RUNNING, touched_at=now)
    with django_capture_on_commit_callbacks(execute=True):
        assert take_up(now=now + timedelta(minutes=1)) == 0
        assert take_up(now=now + timedelta(minutes=5)) == 1
    assert put == [clip.uuid]


def test_a_teacher_orders_by_button(
    client: Client,
    teacher: User,
    lesson: Lesson,
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    shown = page(client, lesson)
    assert "Make the video of this lesson" in shown
    put: list[object] = []
    monkeypatch.setattr(clip_queue, "put", put.append)
    address = reverse("sessions:clip-order", args=[lesson.uuid])
    with django_capture_on_commit_callbacks(execute=True):
        for _ in range(2):
            client.post(address, {"avatar": "jonas"})
    clip = RenderedClip.objects.get()
    assert (clip.avatar.key, clip.ordered_by_id) == ("jonas", teacher.pk)
    assert put == [clip.uuid]
    waiting = page(client, lesson)
    assert "The video is waiting to be made." in waiting
    assert "<progress" in waiting
    assert reverse("sessions:clip-state", args=[clip.uuid]) in waiting
    assert client.post(address, {"avatar": "nobody"}).status_code == 404


def test_learners_watch_and_do_not_order(client: Client, lesson: Lesson) -> None:
    client.force_login(LearnerFactory.create())
    assert 'id="lesson-clip"' not in page(client, lesson)
    address = reverse("sessions:clip-order", args=[lesson.uuid])
    assert client.post(address, {"avatar": "ada"}).status_code == 404
    clip = made(lesson)
    shown = page(client, lesson)
    assert "<video" in shown
    assert 'kind="captions"' in shown
    assert "Make the video" not in shown
    for name, kind in (
        ("clip.mp4", "video/mp4"),
        ("speech.flac", "audio/flac"),
        ("poster.jpg", "image/jpeg"),
    ):
        media = client.get(reverse("sessions:clip-media", args=[clip.uuid, name]))
        assert (media.status_code, media["Content-Type"]) == (200, kind)
        assert b"".join(media.streaming_content)  # type: ignore[attr-defined]
    part = client.get(
        reverse("sessions:clip-media", args=[clip.uuid, "clip.mp4"]),
        headers={"Range": "bytes=0-9"},
    )
    assert part.status_code == 206
    captions = client.get(reverse("sessions:clip-captions", args=[clip.uuid]))
    assert lesson.opening_line in captions.content.decode()
    odd = reverse("sessions:clip-media", args=[clip.uuid, "x.mp4"])
    assert client.get(odd).status_code == 404


def test_a_clip_of_other_words_is_not_shown(client: Client, lesson: Lesson) -> None:
    client.force_login(LearnerFactory.create())
    made(lesson)
    lesson.opening_line = "Something else?"
    lesson.save()
    assert "<video" not in page(client, lesson)


def test_drafts_show_nothing_to_anybody(client: Client, teacher: User) -> None:
    lesson = LessonFactory.create(course__is_published=False)
    clip = made(lesson)
    for name, values in (
        ("clip-state", [clip.uuid]),
        ("clip-captions", [clip.uuid]),
        ("clip-media", [clip.uuid, "clip.mp4"]),
        ("clip-part", [lesson.uuid]),
    ):
        assert client.get(reverse(f"sessions:{name}", args=values)).status_code == 404


def test_the_learners_own_tutor_is_shown_first(client: Client, lesson: Lesson) -> None:
    learner = LearnerFactory.create()
    client.force_login(learner)
    made(lesson, avatar_key="mei")
    mine = made(lesson, avatar_key="ada")
    made(lesson, avatar_key="jonas")
    learner.profile.avatar = Avatar.objects.get(key="ada")
    learner.profile.save()
    assert str(mine.uuid) in page(client, lesson)


def test_when_the_picture_failed_there_are_words_and_sound(
    client: Client, lesson: Lesson, renderer: ScriptedClips
) -> None:
    client.force_login(LearnerFactory.create())
    renderer.failures, renderer.code = 1, "clip.timeout"
    made(lesson)
    shown = page(client, lesson)
    assert "Making the video took too long." in shown
    assert "<audio" in shown
    assert "<video" not in shown


def test_files_leave_with_their_lesson(
    lesson: Lesson,
    private_root: Path,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    clip = made(lesson)
    with django_capture_on_commit_callbacks(execute=True):
        lesson.delete()
    assert not (private_root / clip.folder).exists()


def test_the_command_makes_what_is_missing(
    lesson: Lesson, renderer: ScriptedClips, capsys: pytest.CaptureFixture[str]
) -> None:
    other = LessonFactory.create(course=lesson.course)
    made(other)
    call_command("render_lessons", "--course", lesson.course.key, "--avatar", "ada")
    assert capsys.readouterr().out.splitlines() == [
        f"{each.course.key} {each.key}: READY" for each in (lesson, other)
    ]
    with pytest.raises(CommandError, match="no tutor 'nobody'"):
        call_command("render_lessons", "--avatar", "nobody")


def test_with_a_broker_workers_get_it(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, lesson: Lesson
) -> None:
    settings.CELERY_BROKER_URL = "memory://"
    sent: list[tuple[str, dict[str, Any]]] = []
    clip = order(lesson)
    with monkeypatch.context() as patched:
        patched.setattr(
            app, "send_task", lambda name, kwargs: sent.append((name, kwargs))
        )
        ClipQueue().put(clip.uuid)
    assert sent == [(TASK, {"clip": str(clip.uuid)})]
    with Connection("memory://") as connection:
        render_clip_task.apply_async(
            kwargs=sent[0][1], producer=app.amqp.Producer(connection)
        )
        message = connection.SimpleQueue("face").get(timeout=2)
        message.ack()
    assert message.headers["task"] == TASK


@pytest.fixture
def queue() -> Iterator[ClipQueue]:
    queue = ClipQueue()
    yield queue
    queue.close()


@pytest.mark.django_db(transaction=True)
def test_without_a_broker_a_thread_makes_it(
    queue: ClipQueue, lesson: Lesson, renderer: ScriptedClips
) -> None:
    clip = order(lesson)
    threads: list[str] = []
    done = threading.Event()

    def note_thread() -> None:
        threads.append(threading.current_thread().name)
        done.set()

    renderer.before_clip = note_thread
    queue.put(clip.uuid)
    assert done.wait(20)
    assert queue._pool is not None
    queue._pool.shutdown(wait=True)
    clip.refresh_from_db()
    assert clip.state == READY
    assert threads == ["clips_0"]
