"""A model that answers what a test says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from tutor.completion import CompletionError


class Answering:
    """Completes with one answer, and keeps what it was asked."""

    def __init__(self, answer: str = "", *, fails: bool = False) -> None:
        self.answer = answer
        self.fails = fails
        self.asked: list[Sequence[tuple[str, str]]] = []
        self.schemas: list[Mapping[str, Any] | None] = []

    def __call__(
        self,
        messages: Sequence[tuple[str, str]],
        *,
        max_tokens: int,
        schema: Mapping[str, Any] | None = None,
        purpose: str = "",
    ) -> str:
        self.asked.append(messages)
        self.schemas.append(schema)
        if self.fails:
            raise CompletionError("llm.timeout")
        return self.answer
