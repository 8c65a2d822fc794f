"""The cache in Redis, and without it."""

from __future__ import annotations

import logging
from collections.abc import Iterator

import pytest
from django.conf import settings

from tutorplatform.shared_cache import SharedCache

NOWHERE = "redis://127.0.0.1:1/0"


@pytest.fixture(autouse=True)
def as_new() -> Iterator[None]:
    """Nothing is known of Redis yet."""
    yield
    SharedCache._rests_until, SharedCache._away = 0.0, False


def test_without_redis_this_process_counts(caplog: pytest.LogCaptureFixture) -> None:
    cache = SharedCache(NOWHERE, {})
    cache.clear()
    with caplog.at_level(logging.WARNING):
        assert cache.add("tries", 0, timeout=60)
        assert [cache.incr("tries") for _ in range(3)] == [1, 2, 3]
        assert not cache.add("tries", 0, timeout=60)
        with pytest.raises(ValueError, match="not found"):
            cache.incr("others")
        assert cache.get_or_set("slow", lambda: "found", 60) == "found"
        assert cache.get_many(["slow", "tries"]) == {"slow": "found", "tries": 3}
    assert len(caplog.messages) == 1, "told once"


def test_it_is_asked_again_after_a_while(monkeypatch: pytest.MonkeyPatch) -> None:
    cache = SharedCache(NOWHERE, {})
    cache.set("a", 1)
    asked = SharedCache._rests_until
    cache.set("a", 2)
    assert SharedCache._rests_until == asked, "it rests"
    SharedCache._rests_until = 0.0
    cache.set("a", 3)
    assert SharedCache._rests_until > asked


@pytest.mark.skipif(not settings.REDIS_URL, reason="needs a Redis")
def test_with_redis_all_processes_count_together() -> None:
    one, other = (SharedCache(settings.REDIS_URL, {}) for _ in range(2))
    one.set("together", 1, timeout=60)
    assert other.incr("together") == 2
    one.delete("together")
    assert other.get("together") is None
