"""What happens when the server starts and stops."""

from __future__ import annotations

import asyncio
import gc
import logging
import sys
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connections
from django.utils import timezone
from kombu.exceptions import OperationalError

from connect.post import take_up_post
from coursework.mail_queue import take_up_return_mails
from inference import conf
from learners.rosters.queue import take_up_rosters
from operations.export.orders import take_up_data_exports
from sessions.clips.orders import take_up
from sessions.live.registry import live_sessions
from sessions.portraits.orders import take_up_portraits
from tutor import analysis

from .stopping import stop_all

SWITCH_INTERVAL_S = 0.0005
GC_THRESHOLDS = (20_000, 20, 50)

logger = logging.getLogger(__name__)


async def lifespan(scope: Any, receive: Any, send: Any) -> None:
    """Warm the engines up while the first pages are served; end what runs at the stop.

    ASGI lifespan protocol, https://asgi.readthedocs.io/en/latest/specs/lifespan.html
    """
    warming: asyncio.Task[Any] | None = None
    while True:
        message = await receive()
        if message["type"] == "lifespan.startup":
            # The event loop gives the interpreter up at every read and write; by default
            # it may then wait 5 ms for each busy thread before it gets it back.
            sys.setswitchinterval(SWITCH_INTERVAL_S)
            # What is loaded by now stays: no need to look through it for garbage, nor to
            # look for garbage at every few hundred frames.
            gc.collect()
            gc.freeze()
            gc.set_threshold(*GC_THRESHOLDS)
            live_sessions.start()
            warming = asyncio.create_task(asyncio.to_thread(_warm))
            await send({"type": "lifespan.startup.complete"})
        elif message["type"] == "lifespan.shutdown":
            await live_sessions.close()
            await asyncio.to_thread(stop_all)
            if warming is not None:
                warming.cancel()
            await send({"type": "lifespan.shutdown.complete"})
            return


def _warm() -> None:
    problems = conf.warm(conf.live_kinds_here())
    if settings.TEACHING["ENABLED"]:
        # What corrections are typed with takes seconds and some 200 MB, too.
        analysis.warm("en")
    for kind, problem in problems.items():
        logger.error("%s cannot be used: %s", kind.value, problem)
    if not problems:
        logger.info("The tutor is ready.")
    _take_up_rosters()
    _take_up_clips()
    _take_up_portraits()
    _take_up_data_exports()
    take_up_return_mails()
    take_up_post()


def _take_up_clips() -> None:
    """Go on with videos of lessons that waited when the server stopped.

    With a broker they wait there.
    """
    if settings.CELERY_BROKER_URL:
        return
    try:
        taken_up = take_up(now=timezone.now())
    except DatabaseError as error:
        logger.error("Videos of lessons wait: %s", type(error).__name__)
    else:
        if taken_up:
            logger.info("%d videos of lessons are being made.", taken_up)
    finally:
        connections.close_all()


def _take_up_rosters() -> None:
    """Go on with lists of learners that were being taken in when the server stopped."""
    if settings.CELERY_BROKER_URL:
        return
    try:
        taken_up = take_up_rosters()
    except DatabaseError as error:
        logger.error("Lists of learners wait: %s", type(error).__name__)
    else:
        if taken_up:
            logger.info("%d lists of learners are being taken in.", taken_up)
    finally:
        connections.close_all()


def _take_up_portraits() -> None:
    """Go on with portraits that waited, and prepare those that nobody prepared yet."""
    try:
        taken_up = take_up_portraits(now=timezone.now())
    except (DatabaseError, OperationalError) as error:
        logger.error("Portraits wait: %s", type(error).__name__)
    else:
        if taken_up:
            logger.info("%d portraits are being prepared.", taken_up)
    finally:
        connections.close_all()


def _take_up_data_exports() -> None:
    """Go on with archives of learners' data that waited when the server stopped."""
    if settings.CELERY_BROKER_URL:
        return
    try:
        taken_up = take_up_data_exports(now=timezone.now())
    except DatabaseError as error:
        logger.error("Archives of data wait: %s", type(error).__name__)
    else:
        if taken_up:
            logger.info("%d archives of data are being made.", taken_up)
    finally:
        connections.close_all()
