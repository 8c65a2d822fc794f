"""A Redis for tests of workers: the one of the run, or one of their own."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from redis import Redis

from scripts.testrun import services


@pytest.fixture(scope="session")
def redis_url() -> Iterator[str]:
    """The address of a real Redis."""
    if url := os.environ.get("TUTOR_REDIS_URL"):
        yield url
        return
    with services.redis() as url:
        yield url


@pytest.fixture
def redis(redis_url: str) -> Iterator[Redis]:
    """A client of it."""
    client: Redis = Redis.from_url(redis_url, socket_timeout=3)
    yield client
    client.close()
