"""A file that a worker touches for as long as it lives, for container health checks.

It says that the process runs and its interpreter is not stuck, and nothing of Redis: a
worker that waits for a lost broker must not be started anew, its models with it. Whether it
works is what it tells through Redis itself.
"""

from __future__ import annotations

import threading
from contextlib import suppress
from pathlib import Path
from typing import Any

from celery.signals import beat_init, worker_ready
from django.conf import settings

EVERY_S = 5.0


def keep_touching(path: Path, ended: threading.Event, every_s: float = EVERY_S) -> None:
    """Touch a file until ``ended``; a disk that is full for a while ends nothing."""
    while True:
        with suppress(OSError):
            path.touch()
        if ended.wait(every_s):
            return


def start(**_signal: Any) -> None:
    """Begin, if the settings name a file. The thread ends with the process."""
    if not settings.ALIVE_FILE:
        return
    arguments = (Path(settings.ALIVE_FILE), threading.Event())
    threading.Thread(
        target=keep_touching, args=arguments, name="alive", daemon=True
    ).start()


def connect() -> None:
    """Start with workers, once their engines are loaded, and with beat."""
    worker_ready.connect(start, dispatch_uid="alive", weak=False)
    beat_init.connect(start, dispatch_uid="alive", weak=False)
