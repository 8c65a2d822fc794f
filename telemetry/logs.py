"""Log lines as JSON, for whatever gathers them: ids and fixed words, never what was said.

All code logs through the standard library; structlog only writes it down. An exception is
told by its class and where it was raised: its message may quote a row of the database, so
it is left out, and so are arguments of jobs.
"""

from __future__ import annotations

import logging
import os
import sys
import traceback
from collections.abc import Iterator
from types import TracebackType
from typing import Any

import structlog
from structlog.typing import EventDict, Processor

# Frames of a traceback that are told: the innermost ones.
MOST_FRAMES = 12
MOST_CAUSES = 4
_QUOTE = ("celery", "kombu", "asyncio")


def json_formatter() -> logging.Formatter:
    """Return the formatter of ``LOGGING``'s console in production."""
    before: list[Processor] = [
        _words,
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _exceptions,
    ]
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=before,
        processors=[
            _process,
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.EventRenamer("message"),
            structlog.processors.JSONRenderer(sort_keys=True),
        ],
        pass_foreign_args=True,
    )


def plain_formatter() -> logging.Formatter:
    """Return the formatter for people at a terminal."""
    return logging.Formatter("{levelname} {name}: {message}", style="{")


def _words(_logger: Any, _method: str, event: EventDict) -> EventDict:
    """Cut what other programs' lines quote of what they handle; our own have ids only."""
    record: logging.LogRecord = event["_record"]
    arguments: Any = event.pop("positional_args", ())
    if record.name.startswith("django.request"):
        # An address may have a token in it.
        match = getattr(getattr(record, "request", None), "resolver_match", None)
        event["event"] = "request failed"
        event["status"] = getattr(record, "status_code", 0)
        event["route"] = match.route if match else ""
    elif record.name.startswith(_QUOTE) and record.levelno >= logging.WARNING:
        # Further lines have exceptions in words, bodies of messages, what jobs returned.
        event["event"] = str(record.msg).strip().partition("\n")[0]
        if isinstance(arguments, dict):
            event["event"] = arguments.get("description") or "job"
            event["task"] = arguments.get("name", "")
            event["job"] = arguments.get("id", "")
    return event


def _exceptions(_logger: Any, _method: str, event: EventDict) -> EventDict:
    """Tell an exception and its causes by class and place, without messages."""
    found = event.pop("exc_info", None)
    event.pop("stack_info", None)
    if found is True:
        found = sys.exc_info()
    error = found[1] if isinstance(found, tuple) else found
    if isinstance(error, BaseException):
        event["exception"] = [
            {"class": type(one).__name__, "at": _places(one.__traceback__)}
            for one in _with_causes(error)
        ]
    return event


def _with_causes(error: BaseException) -> Iterator[BaseException]:
    one: BaseException | None = error
    for _ in range(MOST_CAUSES):
        if one is None:
            return
        yield one
        hidden = one.__cause__ is None and one.__suppress_context__
        one = None if hidden else one.__cause__ or one.__context__


def _places(found: TracebackType | None) -> list[str]:
    frames = traceback.extract_tb(found)[-MOST_FRAMES:]
    folder = f"{os.getcwd()}{os.sep}"
    return [
        f"{frame.filename.removeprefix(folder)}:{frame.lineno} {frame.name}"
        for frame in frames
    ]


def _process(_logger: Any, _method: str, event: EventDict) -> EventDict:
    event["pid"] = os.getpid()
    return event
