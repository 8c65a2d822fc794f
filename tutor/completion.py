"""What this package asks of a language model, and how to take a question back."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextvars import ContextVar
from threading import Lock
from typing import Any, Protocol


class CompletionError(Exception):
    """The model failed, timed out or broke the schema; the message holds no speech."""


class Completion(Protocol):
    """A short, deterministic completion (temperature 0) by any language model."""

    def __call__(
        self,
        messages: Sequence[tuple[str, str]],
        *,
        max_tokens: int,
        schema: Mapping[str, Any] | None = None,
        purpose: str = "",
    ) -> str:
        """Return the text. ``messages`` are (role, text) pairs, system first.

        ``schema`` is a JSON schema that the server enforces where it can; the caller
        validates all the same. ``purpose`` names the fixed prefix (``correction``), so
        that an engine with a prefix cache keeps it. Raises CompletionError.
        """
        ...


class Stop:
    """Takes back what one caller asks: what was asked already and what it still would.

    Whoever asks in a thread cannot be interrupted there, and may not even have asked yet.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._is_set = False
        self._then: list[Callable[[], object]] = []

    def is_set(self) -> bool:
        """Whether nobody waits for an answer any more."""
        return self._is_set

    def set(self) -> None:
        """Stop, for good."""
        with self._lock:
            self._is_set = True
            then, self._then = self._then, []
        for call in then:
            call()

    def then(self, call: Callable[[], object]) -> None:
        """Have something called when it is set; at once if it is."""
        with self._lock:
            if not self._is_set:
                self._then.append(call)
                return
        call()


# Of the caller in whose context something is asked.
current_stop: ContextVar[Stop | None] = ContextVar("current_stop", default=None)
