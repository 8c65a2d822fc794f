"""Several server processes and one Redis: who has a talk, and asking for it.

Each process has a name, says every second that it is alive, and listens on a channel of its
own. For each talk Redis knows the name of the process that has it. No speech, no text and no
names of people go through here.

Redis may be away: then talks go on, and one that is taken up is taken without asking. The
database keeps whoever had it from writing (``sessions.generations``), so all that is lost is
the courtesy.
"""

from __future__ import annotations

import asyncio
import json
import logging
import os
import platform
import secrets
import time
from contextlib import suppress
from typing import Any
from uuid import UUID

import redis as blocking_redis
from redis import asyncio as async_redis
from redis.asyncio.retry import Retry as AsyncRetry
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

from .ownership import Talks

logger = logging.getLogger(__name__)

BEAT_S = 1.0
# So long after its last sign of life a process counts as gone.
ALIVE_MS = 3_000
# A process that is alive and does not let go is not waited for any longer.
PATIENCE_S = 4.0
LOOK_S = 0.05
REPLY_S = 1.0
# A talk never lasts so long; it is here for what was never tidied up.
TALK_MS = 24 * 3600 * 1000

_PROCESS, _TALK = "tutor:process:", "tutor:talk:"

# Takes a talk unless another process has it that is alive; then it returns its name.
_TAKE = """
local owner = redis.call('GET', KEYS[1])
if owner and owner ~= ARGV[1] and redis.call('EXISTS', ARGV[2] .. owner) == 1 then
  return owner
end
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[3])
return ''
"""
_RELEASE = """
if redis.call('GET', KEYS[1]) == ARGV[1] then redis.call('DEL', KEYS[1]) end
return ''
"""


class RedisOwnership:
    """This process among others on one Redis (not a cluster)."""

    is_shared = True

    def __init__(self, url: str) -> None:
        self._url = url
        self._name = f"{platform.node()}:{os.getpid()}:{secrets.token_hex(4)}"
        waits: dict[str, Any] = {
            "socket_timeout": REPLY_S,
            "socket_connect_timeout": REPLY_S,
        }
        self._redis: Any = async_redis.Redis.from_url(
            url, decode_responses=True, retry=AsyncRetry(NoBackoff(), 0), **waits
        )
        self._talks: Talks | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        self._listening = asyncio.Event()
        self._away = False

    def start(self, talks: Talks) -> None:
        """Begin to say that this process is alive, and to listen."""
        if self._talks is None:
            self._talks = talks
            self._soon(self._beat())
            self._soon(self._listen())

    async def claim(self, uuid: UUID) -> None:
        """Return once a talk may be taken up: whoever had it has let go, or is gone."""
        try:
            async with asyncio.timeout(PATIENCE_S + REPLY_S):
                await self._listening.wait()
                await self._claim(uuid)
        except (RedisError, OSError, TimeoutError) as error:
            self._missed(error)

    async def release(self, uuid: UUID) -> None:
        """Say that a talk is not here any more."""
        try:
            await self._redis.eval(_RELEASE, 1, f"{_TALK}{uuid}", self._name)
        except (RedisError, OSError) as error:
            self._missed(error)

    def tell_to_end(self, uuid: UUID, reason: str) -> None:
        """Have another process end a talk; without Redis it finds out by itself, later."""
        waits: dict[str, Any] = {
            "socket_timeout": REPLY_S,
            "socket_connect_timeout": REPLY_S,
        }
        try:
            with blocking_redis.Redis.from_url(
                self._url, decode_responses=True, retry=Retry(NoBackoff(), 0), **waits
            ) as client:
                owner = client.get(f"{_TALK}{uuid}")
                if owner is not None and owner != self._name:
                    message = _message("end", uuid, reason=reason)
                    client.publish(f"{_PROCESS}{owner}", message)
        except (RedisError, OSError) as error:
            self._missed(error)

    async def close(self) -> None:
        """Stop listening: from here on this process counts as gone."""
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        with suppress(RedisError, OSError):
            await self._redis.delete(f"{_PROCESS}{self._name}")
        with suppress(RedisError, OSError):
            await self._redis.aclose()

    async def _claim(self, uuid: UUID) -> None:
        until = time.monotonic() + PATIENCE_S
        asked = ""
        while owner := await self._take(uuid):
            if owner != asked:
                asked = owner
                message = _message("hand_over", uuid)
                heard = await self._redis.publish(f"{_PROCESS}{owner}", message)
                if not heard:
                    # Killed: its line to Redis was closed for it.
                    break
            if time.monotonic() > until:
                logger.warning("a process does not let go of a talk: it is taken")
                break
            await asyncio.sleep(LOOK_S)
        else:
            return
        await self._redis.set(f"{_TALK}{uuid}", self._name, px=TALK_MS)

    async def _take(self, uuid: UUID) -> str:
        """Take a talk; return the process that has it, ``""`` once it is ours."""
        key = f"{_TALK}{uuid}"
        owner = await self._redis.eval(_TAKE, 1, key, self._name, _PROCESS, TALK_MS)
        return str(owner)

    async def _beat(self) -> None:
        known = False
        while True:
            try:
                key = f"{_PROCESS}{self._name}"
                was_there = await self._redis.set(key, "1", px=ALIVE_MS, get=True)
                if known and (was_there is None or self._away):
                    # Others may have taken this process for gone.
                    await self._look_around()
                if self._away:
                    self._away = False
                    logger.warning("Redis answers again.")
                known = True
            except (RedisError, OSError) as error:
                self._missed(error)
            await asyncio.sleep(BEAT_S)

    async def _look_around(self) -> None:
        """Let go of what others have taken up; say of the rest that it is here."""
        if self._talks is not None:
            ours = await self._talks.look_whether_taken()
            for uuid in ours:
                await self._redis.set(f"{_TALK}{uuid}", self._name, px=TALK_MS)

    async def _listen(self) -> None:
        while True:
            try:
                async with self._redis.pubsub() as channel:
                    await channel.subscribe(f"{_PROCESS}{self._name}")
                    if self._away:
                        await self._look_around()
                    self._listening.set()
                    while True:
                        message = await channel.get_message(
                            ignore_subscribe_messages=True, timeout=BEAT_S
                        )
                        if message is not None:
                            self._take_message(message["data"])
            except (RedisError, OSError) as error:
                self._missed(error)
                # Nobody has to wait for the line: without it a talk is taken unasked.
                self._listening.set()
                await asyncio.sleep(BEAT_S / 2)

    def _take_message(self, data: str) -> None:
        try:
            message = json.loads(data)
            do, uuid = message["do"], UUID(message["talk"])
        except (ValueError, KeyError, TypeError):
            logger.warning("a message of another process makes no sense")
            return
        if self._talks is None:
            return
        if do == "hand_over":
            self._soon(self._talks.hand_over(uuid))
        elif do == "end":
            self._talks.end_soon(uuid, str(message.get("reason", "learner")))

    def _missed(self, error: BaseException) -> None:
        """Warn once; until Redis answers again there is nothing new to say."""
        if not self._away:
            self._away = True
            name = type(error).__name__
            logger.warning("Redis does not answer (%s): talks go on without it.", name)

    def _soon(self, work: Any) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._done)

    def _done(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            logger.error("talking to other processes: %s", type(error).__name__)


def _message(do: str, uuid: UUID, **more: str) -> str:
    return json.dumps({"do": do, "talk": str(uuid), **more})
