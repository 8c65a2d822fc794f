"""The channel layer between web processes, on a real Redis."""

from __future__ import annotations

import pytest
from channels.layers import get_channel_layer
from django.conf import settings


@pytest.mark.skipif(
    not settings.REDIS_URL, reason="needs a Redis: `make test` starts one"
)
async def test_a_group_is_reached_through_redis() -> None:
    layer = get_channel_layer()
    assert layer is not None
    channel = await layer.new_channel()
    await layer.group_add("class", channel)
    await layer.group_send("class", {"type": "hello", "n": 1})
    assert await layer.receive(channel) == {"type": "hello", "n": 1}
    await layer.group_discard("class", channel)
    await layer.flush()
