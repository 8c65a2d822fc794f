"""What this package asks of a language model."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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
