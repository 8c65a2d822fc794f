"""The names of what is kept in Redis. Nothing here outlives a talk by more than an hour."""

from __future__ import annotations

PREFIX = "tutor:"
# Each worker listens here for runs that nobody wants any more.
CANCEL_CHANNEL = f"{PREFIX}cancel"
DEAD_LETTERS = f"{PREFIX}dead"
# Each worker listens here for talks that are over.
RELEASE_CHANNEL = f"{PREFIX}release"
# How many replies each web process has made into video.
STREAMS = f"{PREFIX}streams"
# How long runs of each web process waited lately.
WAITS = f"{PREFIX}waits"
# Sorted by when each worker was last heard of.
WORKERS = f"{PREFIX}workers"
# What stands in place of the number of an attempt once a run is over.
OVER = "over"


def replies(process: str) -> str:
    """Return the stream that a web process reads."""
    return f"{PREFIX}replies:{process}"


def run(run_id: str) -> str:
    """Return the key with the number of the attempt that counts, or ``OVER``."""
    return f"{PREFIX}run:{run_id}"


def claim(run_id: str, attempt: int) -> str:
    """Return the key that one delivery of an attempt takes before it begins."""
    return f"{PREFIX}claim:{run_id}:{attempt}"


def worker(name: str) -> str:
    """Return the key with what a worker says of itself."""
    return f"{PREFIX}worker:{name}"
