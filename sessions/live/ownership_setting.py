"""How processes of this site know of each other: by Redis, where the settings name one."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from channels.db import database_sync_to_async
from django.conf import settings

from sessions.generations import generations_of

from .ownership import Ownership, SoleProcess
from .redis_ownership import RedisOwnership


def ownership_of_site() -> Ownership:
    """Return what knows of the site's other processes. Wants a running event loop."""
    return RedisOwnership(settings.REDIS_URL) if settings.REDIS_URL else SoleProcess()


async def generations_now(session_uuids: Collection[UUID]) -> dict[UUID, int]:
    """Return the latest generation of each talk."""
    return await database_sync_to_async(generations_of)(session_uuids)
