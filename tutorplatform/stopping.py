"""Ends what goes on beside requests, whatever server runs the application.

uvicorn says when it stops (``lifespan``), daphne does not, and Python itself waits at its
end for every thread of a pool with all that queues for it: a list of thousands of learners
or a long video would keep a stopped server alive until it is done.
"""

from __future__ import annotations

import threading

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
_lock = threading.Lock()
_watcher: threading.Thread | None = None


def stop_all() -> None:
    """Give up jobs (the database keeps them), end engines; safe to do again."""
    for queue in _QUEUES:
        queue.give_up()
    conf.shutdown()
    for queue in _QUEUES:
        queue.close()


def stop_with_the_process() -> None:
    """Have all of it end as soon as the main thread does."""
    global _watcher
    with _lock:
        if _watcher is None:
            _watcher = threading.Thread(
                target=_stop_after_main, name="stopping", daemon=True
            )
            _watcher.start()


def _stop_after_main() -> None:
    threading.main_thread().join()
    stop_all()
