"""Portraits become ready to speak: at once, visibly, once, whatever dies meanwhile."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from kombu import Connection
from kombu.exceptions import OperationalError
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from inference import conf
from inference.engines.avatars.clips.no_clips import NoClips
from inference.engines.avatars.no_face import NoFace
from inference.stages.stage import EngineKind
from inference.types.picture import FaceBox
from learners.models import Avatar, User
from learners.portrait_files import portrait_path, write_portrait
from sessions.models import PortraitPreparation
from sessions.portraits.orders import order_preparation, take_up_portraits
from sessions.portraits.preparing import prepare_portrait
from sessions.portraits.queue import TASK, PortraitQueue, portrait_queue
from sessions.tasks import prepare_portrait_task
from tests.factories.learners import LearnerFactory
from tests.fakes.clips import ScriptedClips, ScriptedFaceFinder, picture
from tests.fakes.faces import PortraitFace
from tutorplatform.celery import app

pytestmark = pytest.mark.django_db

LIST = reverse("sessions:portrait-list")
State = PortraitPreparation.State
SILENT = timedelta(minutes=4)
FINDER = ScriptedFaceFinder((FaceBox(100.0, 100.0, 150.0, 180.0, 0.9),))


@pytest.fixture
def renderer(private_root: Path, monkeypatch: pytest.MonkeyPatch) -> PortraitFace:
    face = PortraitFace(private_root / "portraits", private_root / "prepared_faces")
    engines = {EngineKind.FACE_RENDERER: face, EngineKind.FACE_FINDER: FINDER}
    monkeypatch.setattr(conf, "_engines", engines)
    return face


@pytest.fixture
def put(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What came into the queue, which does nothing."""
    put: list[str] = []
    monkeypatch.setattr(portrait_queue, "put", put.append)
    return put


@pytest.fixture
def teacher(client: Client) -> User:
    teacher = LearnerFactory.create(role=User.Role.TEACHER)
    client.force_login(teacher)
    return teacher


def portrait(key: str = "ana", owner: User | None = None) -> Avatar:
    path = portrait_path(key)
    write_portrait(path, picture())
    return Avatar.objects.create(
        key=key,
        kind=Avatar.Kind.PORTRAIT,
        name=key.title(),
        path=path,
        sha256=f"{key} 1",
        created_at=timezone.now(),
        created_by=owner,
    )


def order(avatar: Avatar, **fields: Any) -> PortraitPreparation:
    found = order_preparation(
        key=avatar.key, **{"now": timezone.now(), "put": lambda key: None, **fields}
    )
    assert found is not None
    return found


def prepared(avatar: Avatar) -> PortraitPreparation:
    order(avatar)
    prepare_portrait(avatar.key, cancelled=threading.Event())
    return PortraitPreparation.objects.get(avatar=avatar)


def shown(client: Client) -> str:
    page = client.get(LIST).content.decode()
    found = re.search(r'data-state="(\w+)".*?</div>', page, re.DOTALL)
    assert found, "no state is shown"
    return re.sub(r"\s+", " ", re.sub("<[^>]+>", " ", found[0]))


def upload(client: Client) -> HttpResponse:
    fields = {"name": "Ana", "description": "A drawing", "licence": "CC0"}
    file = SimpleUploadedFile("ana.png", picture(400, 400), content_type="image/png")
    return client.post(  # type: ignore[return-value]
        reverse("sessions:portrait-add"),
        {**fields, "origin": "INVENTED", "picture": file},
    )


def test_an_upload_is_prepared_after_it_is_saved(
    client: Client,
    teacher: User,
    renderer: PortraitFace,
    put: list[str],
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    with django_capture_on_commit_callbacks() as after_commit:
        assert upload(client).status_code == 302
    assert put == []
    key = Avatar.objects.get(kind=Avatar.Kind.PORTRAIT).key
    for callback in after_commit:
        callback()
    assert put == [key]
    assert "Waiting" in shown(client)
    renderer.meanwhile = lambda: seen.append(shown(client))
    seen: list[str] = []
    prepare_portrait(key, cancelled=threading.Event())
    assert "Being prepared" in seen[0]
    assert "Ready" in shown(client)
    assert "data-under-way" not in client.get(LIST).content.decode()


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("video.no_face", "No whole face that can speak was found"),
        ("engine.library_missing", "A program that it needs is missing"),
        ("video.failed", "Something went wrong on this site"),
    ],
)
def test_a_failure_is_told_to_who_uploaded_and_can_be_tried_again(
    client: Client,
    teacher: User,
    renderer: PortraitFace,
    put: list[str],
    code: str,
    words: str,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    avatar = portrait(owner=teacher)
    renderer.failure = code
    assert prepared(avatar).error_code == code
    assert words in shown(client)
    assert "Try again" in shown(client)
    again = reverse("sessions:portrait-prepare", args=[avatar.key])
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(again).status_code == 302
    assert put == [avatar.key]
    assert "Waiting" in shown(client)
    renderer.failure = ""
    prepare_portrait(avatar.key, cancelled=threading.Event())
    assert "Ready" in shown(client)


def test_only_who_may_change_a_portrait_has_it_prepared(
    client: Client, renderer: PortraitFace, put: list[str]
) -> None:
    avatar = portrait(owner=LearnerFactory.create(role=User.Role.TEACHER))
    again = reverse("sessions:portrait-prepare", args=[avatar.key])
    client.force_login(LearnerFactory.create(role=User.Role.TEACHER))
    assert client.post(again).status_code == 404
    assert "Prepare it" not in client.get(LIST).content.decode()
    assert client.get(again).status_code == 405
    client.force_login(LearnerFactory.create())
    assert client.post(again).status_code == 404
    assert not PortraitPreparation.objects.exists()


def test_what_is_ready_is_prepared_once_and_another_picture_anew(
    renderer: PortraitFace,
) -> None:
    avatar = portrait()
    prepared(avatar)
    assert prepared(avatar).state == State.READY
    assert renderer.prepared == ["ana"]
    Avatar.objects.update(sha256="ana 2")
    assert prepared(avatar).state == State.READY
    assert renderer.prepared == ["ana", "ana"]


def test_one_that_is_under_way_stays_unless_its_worker_is_silent(
    renderer: PortraitFace,
    put: list[str],
    client: Client,
    teacher: User,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    avatar, now = portrait(owner=teacher), timezone.now()
    with django_capture_on_commit_callbacks(execute=True):
        order(avatar, now=now - SILENT, put=None)
        order(avatar, now=now - SILENT, put=None)
    assert put == ["ana"]
    assert "Waiting" in shown(client)
    assert "Try again" in shown(client)
    PortraitPreparation.objects.update(state=State.RUNNING)
    assert "Interrupted" in shown(client)
    with django_capture_on_commit_callbacks(execute=True):
        assert order(avatar, now=now, put=None).state == State.QUEUED
    assert put == ["ana", "ana"]


def test_a_worker_that_lost_its_portrait_writes_nothing(renderer: PortraitFace) -> None:
    avatar = portrait()
    order(avatar)

    def takes_over() -> None:
        renderer.meanwhile = lambda: None
        prepare_portrait(avatar.key, cancelled=threading.Event())
        renderer.failure = "video.failed"

    renderer.meanwhile = takes_over
    prepare_portrait(avatar.key, cancelled=threading.Event())
    assert renderer.prepared == ["ana", "ana"]
    assert PortraitPreparation.objects.get().state == State.READY


def test_one_that_is_cancelled_waits_again(renderer: PortraitFace) -> None:
    order(portrait())
    stopped = threading.Event()
    renderer.meanwhile = stopped.set
    prepare_portrait("ana", cancelled=stopped)
    assert PortraitPreparation.objects.get().state == State.QUEUED


def test_the_server_goes_on_where_it_stopped(
    renderer: PortraitFace,
    put: list[str],
    settings: Settings,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    names = ["new", "ready", "waiting", "running", "faceless", "broken", "off"]
    portraits = {name: portrait(name) for name in names}
    prepared(portraits["ready"])
    for name, code in (("faceless", "video.no_face"), ("broken", "engine.broken")):
        renderer.failure = code
        prepared(portraits[name])
    order(portraits["waiting"])
    order(portraits["running"])
    PortraitPreparation.objects.filter(avatar=portraits["running"]).update(
        state=State.RUNNING
    )
    Avatar.objects.filter(key="off").update(is_active=False)
    # Who waits for workers goes on waiting.
    settings.CELERY_BROKER_URL = "memory://"
    with django_capture_on_commit_callbacks(execute=True):
        assert take_up_portraits(now=timezone.now()) == 2
    assert sorted(put) == ["broken", "new"]
    put.clear()
    settings.CELERY_BROKER_URL = ""
    with django_capture_on_commit_callbacks(execute=True):
        assert take_up_portraits(now=timezone.now()) == 4
    assert sorted(put) == ["broken", "new", "running", "waiting"]


def test_deleting_ends_what_is_being_prepared_and_leaves_nothing(
    client: Client,
    teacher: User,
    renderer: PortraitFace,
    private_root: Path,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    avatar = portrait(owner=teacher)
    order(avatar)

    def delete() -> None:
        with django_capture_on_commit_callbacks(execute=True):
            client.post(reverse("sessions:portrait-delete", args=[avatar.key]))

    renderer.meanwhile = delete
    prepare_portrait(avatar.key, cancelled=threading.Event())
    assert not PortraitPreparation.objects.exists()
    assert [path for path in private_root.rglob("*") if path.is_file()] == []
    order(portrait("berta", teacher))
    renderer.meanwhile = lambda: None
    prepare_portrait("berta", cancelled=threading.Event())
    assert (private_root / "prepared_faces/berta").exists()
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("sessions:portrait-delete", args=["berta"]))
    assert not (private_root / "prepared_faces/berta").exists()


def test_a_renderer_without_portraits_gets_none_and_the_page_says_so(
    client: Client,
    teacher: User,
    put: list[str],
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    engines: dict[EngineKind, Any] = {
        EngineKind.FACE_RENDERER: NoFace(),
        EngineKind.FACE_FINDER: FINDER,
        EngineKind.CLIP_RENDERER: NoClips(),
    }
    monkeypatch.setattr(conf, "_engines", engines)
    with django_capture_on_commit_callbacks(execute=True):
        upload(client)
        assert take_up_portraits(now=timezone.now()) == 0
    assert put == []
    assert not PortraitPreparation.objects.exists()
    page = client.get(LIST).content.decode()
    assert "kept but shown nowhere" in page
    assert "data-state" not in page
    engines[EngineKind.CLIP_RENDERER] = ScriptedClips()
    assert "speak in videos of lessons; in talks" in client.get(LIST).content.decode()


@pytest.mark.django_db(transaction=True)
def test_workers_that_cannot_be_reached_are_told_of(
    client: Client,
    teacher: User,
    renderer: PortraitFace,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def away(name: str, kwargs: dict[str, Any]) -> None:
        raise OperationalError

    settings.CELERY_BROKER_URL = "memory://"
    monkeypatch.setattr(app, "send_task", away)
    assert upload(client).status_code == 302
    assert "the workers cannot be reached" in client.get(LIST).content.decode()
    assert PortraitPreparation.objects.get().state == State.QUEUED


def test_with_a_broker_workers_get_it(
    renderer: PortraitFace, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.CELERY_BROKER_URL = "memory://"
    sent: list[tuple[str, dict[str, Any]]] = []
    avatar = portrait()
    order(avatar)
    with monkeypatch.context() as patched:
        patched.setattr(
            app, "send_task", lambda name, kwargs: sent.append((name, kwargs))
        )
        PortraitQueue().put(avatar.key)
    assert sent == [(TASK, {"portrait": "ana"})]
    with Connection("memory://") as connection:
        prepare_portrait_task.apply_async(
            kwargs=sent[0][1], producer=app.amqp.Producer(connection)
        )
        message = connection.SimpleQueue("face").get(timeout=2)
        message.ack()
    assert message.headers["task"] == TASK
    prepare_portrait_task(**sent[0][1])
    assert PortraitPreparation.objects.get().state == State.READY


@pytest.fixture
def queue() -> Iterator[PortraitQueue]:
    queue = PortraitQueue()
    yield queue
    queue.close()


@pytest.mark.django_db(transaction=True)
def test_without_a_broker_a_thread_prepares_it(
    queue: PortraitQueue, renderer: PortraitFace
) -> None:
    threads: list[str] = []
    done = threading.Event()

    def note_thread() -> None:
        threads.append(threading.current_thread().name)
        done.set()

    renderer.meanwhile = note_thread
    order(portrait(), put=queue.put)
    assert done.wait(20)
    assert queue._pool is not None
    queue._pool.shutdown(wait=True)
    assert PortraitPreparation.objects.get().state == State.READY
    assert threads == ["portraits_0"]


def test_the_command_prepares_what_is_missing(
    renderer: PortraitFace, capsys: pytest.CaptureFixture[str]
) -> None:
    prepared(portrait("berta"))
    portrait("ana")
    portrait("off")
    Avatar.objects.filter(key="off").update(is_active=False)
    # A picture that no page brought: whoever runs the site put it there.
    write_portrait(portrait_path("tutor"), picture())
    call_command("prepare_avatars")
    assert capsys.readouterr().out.splitlines() == [
        "ana: READY",
        "berta: READY",
        "tutor: READY",
    ]
    assert renderer.prepared == ["berta", "ana", "berta", "tutor"]


def test_the_command_fails_where_one_could_not_be_prepared(
    renderer: PortraitFace,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    portrait("ana")
    renderer.failure = "video.no_face"
    with pytest.raises(CommandError, match="1 avatars"):
        call_command("prepare_avatars", "--avatar", "ana")
    assert capsys.readouterr().out == "ana: FAILED video.no_face\n"
    monkeypatch.setattr(conf, "_engines", {EngineKind.FACE_RENDERER: NoFace()})
    with pytest.raises(CommandError, match="nobody to prepare"):
        call_command("prepare_avatars")
    with pytest.raises(CommandError, match="no workers"):
        call_command("prepare_avatars", "--queue")
