"""Keeps one llama.cpp server running: starts it, waits for it, replaces it."""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Lock, Thread
from typing import IO

from inference.errors import EngineUnavailable
from inference.lifecycle import FOR_LATER, ChildProcess

from .llama_server import KEY_VARIABLE


@dataclass(frozen=True, slots=True)
class Address:
    """Where a server listens, and the key it wants to see."""

    base_url: str
    api_key: str


class LlamaChild:
    """The server's process. Threads may ask for its address at the same time."""

    def __init__(
        self,
        model_file: Path,
        *,
        slots: int,
        slot_context_tokens: int,
        threads: int,
        gpu_layers: int,
        environment: Mapping[str, str],
        load_timeout_s: float,
    ) -> None:
        self._key = secrets.token_urlsafe(32)
        self._load_timeout_s = load_timeout_s
        self._lock = Lock()
        self._address: Address | None = None
        self._closed = False
        self._child = ChildProcess(
            "inference.engines.dialogue.llama_server",
            [
                *("--model", str(model_file)),
                *("--slots", str(slots)),
                *("--slot-context-tokens", str(slot_context_tokens)),
                *("--threads", str(threads)),
                *("--gpu-layers", str(gpu_layers)),
            ],
            environment={**environment, KEY_VARIABLE: self._key},
            pipe_output=True,
            politeness=FOR_LATER,
        )

    @property
    def pid(self) -> int | None:
        """Process id, or None when it does not run."""
        return self._child.pid

    def died(self) -> bool:
        """Whether the server is gone. A kill shows at the socket before it shows here."""
        return self._child.ends_within(0.3)

    def address(self) -> tuple[Address, bool]:
        """Return where the server listens, and whether it was started for this call."""
        with self._lock:
            if self._closed:
                raise EngineUnavailable("llm.failed", "The engine was closed")
            if self._address is not None and self._child.alive:
                return self._address, False
            self._address = None
            process = self._child.start()
            if process.stdout is None:
                raise EngineUnavailable("llm.failed", "The process has no pipes")
            line = _first_line(process.stdout, self._load_timeout_s)
            if not line:
                raise EngineUnavailable(
                    "llm.failed",
                    "llama.cpp did not load its model; its stderr says why",
                )
            url = str(json.loads(line)["address"])
            self._address = Address(f"{url}/v1", self._key)
            return self._address, True

    def close(self) -> None:
        """End the server."""
        self._closed = True
        self._child.stop()


def _first_line(stream: IO[bytes], timeout_s: float) -> bytes:
    lines: SimpleQueue[bytes] = SimpleQueue()

    def read() -> None:
        try:
            lines.put(stream.readline())
        except (OSError, ValueError):
            lines.put(b"")

    Thread(target=read, daemon=True).start()
    try:
        return lines.get(timeout=timeout_s)
    except Empty:
        return b""
