"""What processes tell of themselves: to whom, and that it is true."""

from __future__ import annotations

import json
import logging
import sys
import time
from collections.abc import Iterator
from typing import Any

import pytest
from celery import current_app
from celery.app.trace import build_tracer
from django.db import DatabaseError, connection
from django.test import Client
from pytest_django import Settings

from inference import queue_waits
from inference.queue_waits import queues_now
from scripts.testrun import services
from telemetry import metrics
from telemetry.logs import json_formatter
from tutorplatform import site_figures

pytestmark = pytest.mark.django_db

SECRET = "my name is Mina"


def value(name: str, **labels: str) -> float:
    return metrics.REGISTRY.get_sample_value(name, labels) or 0.0


@pytest.fixture
def _site() -> Iterator[None]:
    for look in site_figures.SITE:
        metrics.before_reading(look)
    yield
    for look in site_figures.SITE:
        metrics.stop_reading(look)


@pytest.mark.usefixtures("_site")
def test_figures_are_read_from_the_inside_only(
    client: Client, settings: Settings
) -> None:
    answer = client.get("/metrics")
    assert answer.status_code == 200
    text = answer.content.decode()
    assert 'tutor_part_up{part="database"} 1.0' in text
    assert "tutor_talks 0.0" in text
    assert "tutor_learners_waiting 0.0" in text

    assert client.get("/metrics", REMOTE_ADDR="203.0.113.9").status_code == 404
    passed_on = {"X-Forwarded-For": "127.0.0.1"}
    assert client.get("/metrics", headers=passed_on).status_code == 404
    settings.OBSERVING = {**settings.OBSERVING, "METRICS_FROM": ["10.0.0.0/8"]}
    assert client.get("/metrics", REMOTE_ADDR="10.2.3.4").status_code == 200
    assert client.get("/metrics", REMOTE_ADDR="::1").status_code == 404


def test_figures_that_cannot_be_looked_up_keep_no_others_back(client: Client) -> None:
    def broken() -> None:
        raise RuntimeError(SECRET)

    metrics.before_reading(broken)
    try:
        text = client.get("/metrics").content.decode()
    finally:
        metrics.stop_reading(broken)
    assert 'tutor_figures_missing_total{part="broken"}' in text
    assert "process_resident_memory_bytes" in text
    assert SECRET not in text


def test_answers_are_counted_and_named(client: Client) -> None:
    pages, missing = (
        value("tutor_pages_total", status="2xx"),
        value("tutor_pages_total", status="4xx"),
    )
    first, second = client.get("/"), client.get("/no-such-page/")
    client.get("/healthz")
    assert value("tutor_pages_total", status="2xx") == pages + 1
    assert value("tutor_pages_total", status="4xx") == missing + 1
    assert first["X-Request-ID"] != second["X-Request-ID"]
    given = client.get("/", headers={"X-Request-ID": "abc-12345"})
    assert given["X-Request-ID"] == "abc-12345"
    forged = client.get("/", headers={"X-Request-ID": 'a", "level": "x'})
    assert len(forged["X-Request-ID"]) == 32


def test_failed_queries_are_counted_by_class() -> None:
    before = value("tutor_database_errors_total", error="OperationalError")
    with pytest.raises(DatabaseError), connection.cursor() as cursor:
        cursor.execute("SELECT nothing FROM nowhere")
    after = sum(
        value("tutor_database_errors_total", error=name)
        for name in ("OperationalError", "ProgrammingError")
    )
    assert after > before


@pytest.mark.slow
def test_the_wait_in_a_queue_is_that_of_its_oldest_order(settings: Settings) -> None:
    with services.redis() as url:
        settings.CELERY_BROKER_URL = url
        queue_waits._broker.cache_clear()
        assert {(one.length, one.wait_s) for one in queues_now()} == {(0, 0.0)}
        with current_app.connection_for_write(url) as broker:
            for _ in range(2):
                current_app.send_task("inference.sweep", queue="asr", connection=broker)
                time.sleep(0.05)
        queues = {one.name: one for one in queues_now(now=time.time() + 7)}
        queue_waits._broker().close()
    queue_waits._broker.cache_clear()
    assert queues["asr"].length == 2
    assert 7 < queues["asr"].wait_s < 30
    assert queues["tts"].length == 0


def line(logger: str, level: int, message: str, *args: Any, **more: Any) -> Any:
    """Return what production writes for a record."""
    record = logging.getLogger(logger).makeRecord(
        logger, level, __file__, 1, message, args, more.pop("exc_info", None)
    )
    for name, found in more.items():
        setattr(record, name, found)
    return json.loads(json_formatter().format(record))


def test_exceptions_are_told_by_class_and_place_alone() -> None:
    try:
        try:
            raise ValueError(f"row contains ({SECRET})")
        except ValueError as cause:
            raise RuntimeError(SECRET) from cause
    except RuntimeError:
        told = line("sessions", logging.ERROR, "not saved", exc_info=sys.exc_info())
    assert [one["class"] for one in told["exception"]] == ["RuntimeError", "ValueError"]
    place = "test_exceptions_are_told_by_class_and_place_alone"
    assert told["exception"][0]["at"][-1].endswith(place)
    assert told["message"] == "not saved"
    assert SECRET not in json.dumps(told)


def test_lines_of_other_programs_quote_nothing() -> None:
    future = f"future: <Task exception=RuntimeError({SECRET!r})>"
    for told in (
        line("asyncio", logging.ERROR, f"Task exception was never retrieved\n{future}"),
        line(
            "celery.worker.consumer.consumer", logging.ERROR,
            "Received unregistered task of type %s.\nThe body was:\n%s", SECRET, SECRET,
        ),
    ):  # fmt: skip
        assert SECRET not in json.dumps(told)
        assert told["message"]


def test_a_job_that_fails_is_told_without_its_arguments(
    caplog: pytest.LogCaptureFixture,
) -> None:
    @current_app.task(name="tests.indiscreet", ignore_result=True)
    def indiscreet(text: str) -> None:
        raise RuntimeError(text)

    tracer = build_tracer("tests.indiscreet", indiscreet, app=current_app, eager=False)
    tracer("3f2a", [SECRET], {}, {"id": "3f2a", "is_eager": False})
    del current_app.tasks["tests.indiscreet"]
    (record,) = [one for one in caplog.records if one.name == "celery.app.trace"]
    told = json.loads(json_formatter().format(record))
    assert told["task"] == "tests.indiscreet"
    assert told["job"] == "3f2a"
    assert told["exception"][0]["class"] == "RuntimeError"
    assert SECRET not in json.dumps(told)


@pytest.mark.urls("tests.guards.plain_errors")
def test_a_request_that_fails_is_told_by_its_route(
    client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_arguments: object) -> None:
        raise RuntimeError(SECRET)

    client.raise_request_exception = False
    with connection.execute_wrapper(fail):
        assert client.get("/join/the-secret-of-the-link/").status_code == 500
    (told,) = [
        json.loads(json_formatter().format(one))
        for one in caplog.records
        if one.name == "django.request"
    ]
    assert told["route"] == "join/<str:token>/"
    assert not [word for word in (SECRET, "the-secret") if word in json.dumps(told)]
