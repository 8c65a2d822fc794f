"""Administrators see each worker, what waits for them, and what was given up."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings
from redis import Redis

from inference import queue_waits, scaled
from inference.transport.dead_letters import DeadLetter, bury
from inference.transport.fleet import WorkerState, report
from scripts.testrun import services
from tests.factories.learners import LearnerFactory

pytestmark = pytest.mark.django_db

PAGE = "/operations/figures/machines/"


def worker(name: str, *, silent_s: float = 0.0, **more: Any) -> WorkerState:
    now = time.time()
    return WorkerState(
        name=name,
        host="gpu-7",
        pid=1,
        queues=("asr",),
        started_at=now - 3600,
        at=now - silent_s,
        places={"transcribe": 4},
        running={"transcribe": 3},
        engines={"transcriber": "faster_whisper whisper-base"},
        memory_mb=2345.6,
        **more,
    )


@pytest.fixture
def admin_client(client: Client) -> Client:
    client.force_login(LearnerFactory.create(role="ADMIN"))
    return client


def figure(client: Client, key: str) -> list[str]:
    """Return the lines of a figure's CSV."""
    answer = client.get(f"/operations/figures/machines/{key}.csv")
    assert answer.status_code == 200
    return answer.content.decode().splitlines()


def test_a_site_without_workers_says_that_it_needs_none(admin_client: Client) -> None:
    text = admin_client.get(PAGE).content.decode()
    assert "This site does all the work in its own processes" in text
    assert "Work that was given up" not in text


@pytest.fixture
def redis(settings: Settings) -> Iterator[Redis]:
    """A site with workers, and its Redis."""
    with services.redis() as url:
        settings.REDIS_URL = settings.CELERY_BROKER_URL = url
        settings.INFERENCE = {**settings.INFERENCE, "RUNNER": "queued"}
        _forget()
        yield scaled.redis()
        scaled.fleet().close()
        scaled.redis().close()
        _forget()


def _forget() -> None:
    for kept in (scaled.redis, scaled.fleet, queue_waits._broker):
        kept.cache_clear()


@pytest.mark.slow
def test_workers_queues_and_what_was_given_up(
    admin_client: Client, redis: Redis
) -> None:
    card = {
        "name": "NVIDIA L4", "load": 71.0, "memory_mb": 9100.0,
        "memory_total_mb": 24_000.0, "temperature": 64.0,
    }  # fmt: skip
    report(redis, worker("asr@gpu-7:1", done=12, gpus=(card,)))
    problems = {"transcriber": "no weights"}
    report(redis, worker("asr@gpu-7:2", silent_s=30, problems=problems))
    bury(redis, DeadLetter(time.time(), "transcribe", "r1", "a worker is lost", "w"))

    page = admin_client.get(PAGE).content.decode()
    for shown in ("asr@gpu-7:1", "NVIDIA L4, 71 %, 9.1/24.0 GB, 64 °C", "no weights"):
        assert shown in page

    head, well, silent = figure(admin_client, "workers")
    assert head.startswith('Worker,"Heard, s ago",At work,Places,Problems')
    assert ",3,4,,transcriber: faster_whisper whisper-base,asr,2346," in well
    assert well.endswith(",gpu-7")
    assert silent.startswith("asr@gpu-7:2,30.")
    assert "asr,0,0.0" in figure(admin_client, "waits")
    assert figure(admin_client, "given-up")[1].endswith(
        "transcribe,r1,a worker is lost,w"
    )


@pytest.mark.slow
def test_without_redis_the_page_still_comes(
    admin_client: Client, settings: Settings
) -> None:
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    settings.INFERENCE = {**settings.INFERENCE, "RUNNER": "queued"}
    _forget()
    try:
        assert "Redis does not answer" in admin_client.get(PAGE).content.decode()
    finally:
        scaled.redis().close()
        _forget()
