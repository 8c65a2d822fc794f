"""Puts together what stages on workers need, from ``settings``: Redis, exchange, runner."""

from __future__ import annotations

import os
import socket
import threading
from functools import cache
from typing import Any
from uuid import uuid4

from celery import current_app
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from redis import Redis

from inference.runners.ordering import CelerySender, Ordering
from inference.runners.placement import Placement
from inference.runners.queued import QueuedRunner
from inference.runners.replies import Replies
from inference.runners.video_places import VideoPlaces
from inference.runners.waits import Waits
from inference.stages.stage import STAGES, EngineKind, Stage
from inference.transport import shared_waits
from inference.transport.exchange import Exchange
from inference.transport.fleet import Fleet
from inference.transport.shared_streams import SharedStreams
from inference.workers.followed import followed
from inference.workers.host import Warm, WorkerHost
from telemetry import ids

_lock = threading.Lock()


def is_queued() -> bool:
    """Whether stages are done by workers."""
    return bool(settings.INFERENCE["RUNNER"] == "queued")


def queued_stages() -> tuple[Stage, ...]:
    """Return the stages that workers do. Raises ValueError for one that has no queue.

    Those that need the same engine go together.
    """
    if not is_queued():
        return ()
    stages = tuple(Stage(name) for name in settings.QUEUED["STAGES"])
    for stage in stages:
        if stage.value not in settings.QUEUED["QUEUES"]:
            raise ValueError(f"TUTOR_QUEUED_STAGES: {stage.value} has no queue")
    kinds = {STAGES[stage].engine for stage in stages}
    return tuple(stage for stage in Stage if STAGES[stage].engine in kinds)


def queued_kinds() -> frozenset[EngineKind]:
    """Return the kinds of engine that stand on workers."""
    return frozenset(STAGES[stage].engine for stage in queued_stages())


@cache
def redis() -> Redis:
    """Return this process' client of Redis. Raises ValueError without an address.

    It does not try again by itself: whoever asks knows how long that is worth while.
    """
    if not settings.REDIS_URL:
        raise ValueError("stages on workers need TUTOR_REDIS_URL")
    timeout_s = settings.QUEUED["REDIS_TIMEOUT_S"]
    client: Redis = Redis.from_url(
        settings.REDIS_URL,
        socket_timeout=timeout_s,
        socket_connect_timeout=timeout_s,
        health_check_interval=15,
    )
    return client


@cache
def exchange() -> Exchange:
    """Return the shared store of sound and pictures."""
    with _lock:
        return Exchange(storages["exchange"], wrap=ContentFile)


@cache
def fleet() -> Fleet:
    """Return the view of the workers."""
    process, streams = uuid4().hex, _streams()

    def look(client: Redis) -> None:
        shared_waits.tell(client, process, waits().worst())
        streams.look(client)

    return Fleet(redis(), at_each_look=look)


@cache
def _streams() -> SharedStreams:
    return SharedStreams(uuid4().hex)


@cache
def video_places() -> VideoPlaces:
    """Return the replies that face workers keep up with."""
    return VideoPlaces(fleet(), _streams())


@cache
def waits() -> Waits:
    """Return how long runs of this process waited lately."""
    return Waits()


def queued_runner() -> QueuedRunner:
    """Return a runner whose stages are done by workers."""
    replies = Replies(redis())
    queues = settings.QUEUED["QUEUES"]
    return QueuedRunner(
        ordering=Ordering(
            redis=redis(),
            exchange=exchange(),
            send=CelerySender(current_app),
            placement=Placement(
                {Stage(stage): queue for stage, queue in queues.items()}, fleet()
            ),
            replies=replies.stream,
            carry_trace=ids.carry,
        ),
        replies=replies,
        fleet=fleet(),
        waits=waits(),
        deadline_s={
            Stage(stage): seconds
            for stage, seconds in settings.INFERENCE["DEADLINE_S"].items()
        },
    )


def stages_of(queues: tuple[str, ...]) -> tuple[Stage, ...]:
    """Return the stages that a worker of these queues does."""
    kinds = {name.split(".")[0] for name in queues}
    served: dict[str, str] = settings.QUEUED["QUEUES"]
    return tuple(Stage(stage) for stage, queue in served.items() if queue in kinds)


def worker_host(
    queues: tuple[str, ...], places: int, *, get_engine: Any, warm: Warm
) -> WorkerHost:
    """Return the host of a worker's stages."""
    return WorkerHost(
        name=f"{'+'.join(queues)}@{socket.gethostname()}:{os.getpid()}",
        queues=queues,
        stages=stages_of(queues),
        places=places,
        redis=redis(),
        exchange=exchange(),
        get_engine=get_engine,
        warm=warm,
        engine_words=engine_words,
        around=followed,
    )


def engine_words(kind: EngineKind) -> str:
    """Return an engine and its model, as administrators know them."""
    conf: dict[str, Any] = settings.INFERENCE["ENGINES"][kind.value]
    model = conf["OPTIONS"].get("model") or conf["OPTIONS"].get("voice") or ""
    return f"{conf['NAME']} {model}".strip()
