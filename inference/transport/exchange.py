"""The shared store that carries sound and pictures between web processes and workers.

Any storage of Django's interface fits: a folder that all hosts mount, or S3. What is put
here is a voice, so it is taken away as soon as it was read; `sweep` finds what a process
left behind when it was killed.
"""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from typing import Any, Protocol
from uuid import uuid4

from telemetry import metrics


class Storage(Protocol):
    """What is needed of ``django.core.files.storage.Storage``."""

    def open(self, name: str, mode: str = "rb") -> Any:
        """Open a file."""

    def save(self, name: str | None, content: Any) -> str:
        """Write a file; return the name it got."""

    def delete(self, name: str) -> None:
        """Delete a file."""

    def listdir(self, path: str) -> tuple[list[str], list[str]]:
        """Return folders and files."""

    def get_modified_time(self, name: str) -> datetime:
        """Return when a file was written, aware of its zone."""


class ExchangeError(Exception):
    """The shared store does not work, or has not what was named."""


class Exchange:
    """Bytes by reference. A reference is a name that nobody can guess."""

    def __init__(self, storage: Storage, wrap: Any = BytesIO) -> None:
        """``wrap`` makes a storage's ``File`` of bytes, where it wants one."""
        self._storage = storage
        self._wrap = wrap

    def put(self, data: bytes) -> str:
        """Keep bytes; return their reference. Raises ExchangeError."""
        try:
            return str(self._storage.save(uuid4().hex, self._wrap(data)))
        except Exception as error:
            metrics.EXCHANGE_FAILURES.labels("put").inc()
            raise ExchangeError(f"not kept: {type(error).__name__}") from error

    def get(self, reference: str) -> bytes:
        """Return the bytes. Raises ExchangeError."""
        try:
            with self._storage.open(reference) as file:
                return bytes(file.read())
        except Exception as error:
            metrics.EXCHANGE_FAILURES.labels("get").inc()
            raise ExchangeError(f"not there: {type(error).__name__}") from error

    def take(self, reference: str) -> bytes:
        """Return the bytes and take them away. Raises ExchangeError."""
        data = self.get(reference)
        self.drop(reference)
        return data

    def drop(self, reference: str) -> None:
        """Take bytes away, if they are still there."""
        try:
            self._storage.delete(reference)
        except Exception:  # noqa: BLE001 `sweep` finds them later
            return

    def sweep(self, *, before: datetime) -> int:
        """Take away what was left behind; return how many pieces. Raises ExchangeError."""
        try:
            names = self._storage.listdir("")[1]
        except FileNotFoundError:
            return 0
        except Exception as error:
            raise ExchangeError(f"not listed: {type(error).__name__}") from error
        swept = 0
        for name in names:
            try:
                if self._storage.get_modified_time(name) < before:
                    self._storage.delete(name)
                    swept += 1
            except Exception:  # noqa: BLE001, S112 somebody else took it away
                continue
        return swept
