"""Ends what goes on beside requests, whatever server runs the application.

uvicorn says when it stops (``lifespan``), daphne does not, and Python itself waits at its
end for every thread of a pool with all that queues for it: a list of thousands of learners
or a long video would keep a stopped server alive until it is done.
"""

from __future__ import annotations

import concurrent.futures.thread  # its own last step has to be registered before ours
import threading
from functools import cache

from connect.lti.roster_orders import course_queue
from connect.post import post_queue
from coursework.mail_queue import return_queue
from inference import conf
from learners.rosters.queue import roster_queue
from operations.export.queue import data_export_queue
from sessions.anki.queue import export_queue
from sessions.clips.queue import clip_queue
from sessions.portraits.queue import portrait_queue

_QUEUES = (
    clip_queue, portrait_queue, export_queue, roster_queue, data_export_queue,
    return_queue, course_queue, post_queue,
)  # fmt: skip


def stop_all() -> None:
    """Give up jobs (the database keeps them), end engines; safe to do again."""
    for queue in _QUEUES:
        queue.give_up()
    conf.shutdown()
    for queue in _QUEUES:
        queue.close()


@cache
def stop_with_the_process() -> None:
    """Have all of it end once the main thread is through.

    ``atexit`` comes too late: Python waits for the threads of pools before. What they
    register with themselves is called latest first, so this comes before their waiting.
    """
    assert concurrent.futures.thread  # noqa: S101 loaded
    threading._register_atexit(stop_all)  # type: ignore[attr-defined]
