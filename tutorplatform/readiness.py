"""Whether this process can serve talks, part by part."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.db import DatabaseError, connection
from redis.exceptions import RedisError

from inference import conf, scaled


@dataclass(frozen=True, slots=True)
class Part:
    """Something that talks need. ``problem`` is for operators, "" where all is well."""

    name: str
    problem: str = ""


def readiness() -> list[Part]:
    """Return the parts and what is wrong with them."""
    parts = [
        Part("database", _database()),
        Part("engines", "" if conf.is_warm() else "warming up"),
    ]
    if settings.REDIS_URL:
        parts.append(Part("redis", _redis()))
    parts += [
        Part(f"workers:{stage.value}", _workers(stage.value))
        for stage in scaled.queued_stages()
    ]
    return parts


def _database() -> str:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError as error:
        return type(error).__name__
    return ""


def _redis() -> str:
    try:
        scaled.redis().ping()
    except RedisError as error:
        return type(error).__name__
    return ""


def _workers(stage: str) -> str:
    fleet = scaled.fleet()
    if not fleet.alive:
        fleet.look()
    return "" if fleet.places(stage) else "nobody"
