"""Jobs go to the queue they declare, and do the same as the plain call."""

from __future__ import annotations

import inspect
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from celery import current_app
from celery.exceptions import QueueNotFound
from kombu import Connection
from pytest_django import Settings

from inference import conf
from inference.errors import StageError
from inference.stages.stage import EngineKind
from inference.tasks import prepare_avatar
from tests.fakes.faces import ScriptedFace
from tutorplatform.celery import app


@pytest.fixture
def _face(monkeypatch: pytest.MonkeyPatch) -> None:
    engines = {EngineKind.FACE_RENDERER: ScriptedFace()}
    monkeypatch.setattr(conf, "_engines", engines)


def own_tasks() -> list[Any]:
    app.loader.import_default_modules()
    return [t for name, t in app.tasks.items() if not name.startswith("celery.")]


def test_every_task_declares_a_queue_that_workers_know() -> None:
    assert "inference.prepare_avatar" in {task.name for task in own_tasks()}
    for task in own_tasks():
        assert task.name in app.conf.task_routes, task.name
        assert app.conf.task_routes[task.name]["queue"] in app.amqp.queues, task.name


def test_tasks_take_keywords_only_and_bear_unknown_ones() -> None:
    for task in own_tasks():
        kinds = [p.kind for p in inspect.signature(task.run).parameters.values()]
        assert kinds[-1] is inspect.Parameter.VAR_KEYWORD, task.name
        assert set(kinds[:-1]) <= {inspect.Parameter.KEYWORD_ONLY}, task.name


def test_a_sent_job_waits_in_its_queue_with_its_arguments() -> None:
    with Connection("memory://") as connection:
        producer = app.amqp.Producer(connection)
        prepare_avatar.apply_async(kwargs={"avatar": "tutor"}, producer=producer)
        queue = connection.SimpleQueue("face")
        message = queue.get(timeout=2)
        message.ack()
    assert message.headers["task"] == "inference.prepare_avatar"
    assert message.decode()[:2] == [[], {"avatar": "tutor"}]


def test_tasks_are_sent_by_the_sites_app_in_every_thread() -> None:
    with ThreadPoolExecutor(1) as pool:
        assert pool.submit(lambda: current_app.main).result() == "tutorplatform"


def test_a_misspelt_queue_is_an_error() -> None:
    with Connection("memory://") as connection:
        producer = app.amqp.Producer(connection)
        with pytest.raises(QueueNotFound):
            prepare_avatar.apply_async(
                kwargs={"avatar": "tutor"}, queue="fcae", producer=producer
            )


@pytest.mark.usefixtures("_face")
def test_the_plain_call_prepares_and_tells_what(settings: Settings) -> None:
    assert not settings.CELERY_BROKER_URL
    assert prepare_avatar(avatar="tutor", later_argument=1) == {
        "avatar": "tutor", "sha256": "0" * 64, "width": 512, "height": 512, "fps": 25,
    }  # fmt: skip


@pytest.mark.usefixtures("_face")
def test_an_avatar_nobody_knows_is_told() -> None:
    with pytest.raises(StageError) as told:
        prepare_avatar(avatar="nobody")
    assert told.value.code == "video.failed"
