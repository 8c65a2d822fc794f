"""A model that answers what a test says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from tutor.completion import CompletionError


class Answering:
    """Completes with one answer, and keeps what it was asked.

    ``plainly`` is its answer where no schema is asked for, if that is another one.
    """

    def __init__(
        self, answer: str = "", *, plainly: str | None = None, fails: bool = False
    ) -> None:
        self.answer = answer
        self.plainly = answer if plainly is None else plainly
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
        return self.plainly if schema is None else self.answer
