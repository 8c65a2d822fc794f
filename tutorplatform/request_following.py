"""Counts and times answers, and gives each request an id that its log lines have."""

from __future__ import annotations

import re
import time
from collections.abc import Awaitable, Callable
from typing import cast
from uuid import uuid4

from asgiref.sync import iscoroutinefunction
from django.db import DatabaseError
from django.db.backends.signals import connection_created
from django.http import HttpRequest, HttpResponse
from django.utils.decorators import sync_and_async_middleware

from telemetry import ids, metrics

HEADER = "X-Request-ID"
# Asked by machines, all the time: they say nothing about what people get.
_PROBES = frozenset({"/healthz", "/readyz", "/metrics"})
# What a proxy gave a request is kept, if it can do no harm in a line.
_GIVEN = re.compile(r"[A-Za-z0-9-]{8,64}")

Answer = Callable[[HttpRequest], HttpResponse]
AnswerLater = Callable[[HttpRequest], Awaitable[HttpResponse]]


@sync_and_async_middleware
def request_following(get_response: Answer | AnswerLater) -> Answer | AnswerLater:
    """Stands around all that pages need; files that just lie there come before it."""
    if iscoroutinefunction(get_response):

        async def follow_later(request: HttpRequest) -> HttpResponse:
            name, began_at = _id(request), time.perf_counter()
            with ids.about(request=name):
                answer = await cast(AnswerLater, get_response)(request)
            return _told(request, answer, name, began_at)

        return follow_later

    def follow(request: HttpRequest) -> HttpResponse:
        name, began_at = _id(request), time.perf_counter()
        with ids.about(request=name):
            answer = cast(Answer, get_response)(request)
        return _told(request, answer, name, began_at)

    return follow


def _id(request: HttpRequest) -> str:
    given = request.headers.get(HEADER, "")
    return given if _GIVEN.fullmatch(given) else uuid4().hex


def _told(
    request: HttpRequest, answer: HttpResponse, name: str, began_at: float
) -> HttpResponse:
    answer[HEADER] = name
    if request.path in _PROBES:
        return answer
    metrics.PAGES.labels(f"{answer.status_code // 100}xx").inc()
    metrics.PAGE_SECONDS.observe(time.perf_counter() - began_at)
    return answer


def count_database_errors() -> None:
    """Count queries that fail, on connections that are made from now on."""
    connection_created.connect(_watch, dispatch_uid="tutor_database_errors")


def _watch(connection: object, **_signal: object) -> None:
    wrappers = connection.execute_wrappers  # type: ignore[attr-defined]
    if _count not in wrappers:
        wrappers.append(_count)


def _count(execute: Callable[..., object], *arguments: object) -> object:
    try:
        return execute(*arguments)
    except DatabaseError as error:
        metrics.DATABASE_ERRORS.labels(type(error).__name__).inc()
        raise
