"""A language model that says what it was told to, and corrects by a table."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from typing import Any

from bench.tutor_models import Model
from tutor.analysis import EMBEDDED
from tutor.completion import CompletionError
from tutor.speaking import Messages, Stream


def says(reply: str) -> Stream:
    """Return a stream that always says the same, in two pieces."""

    async def stream(messages: Messages) -> AsyncIterator[str]:
        yield reply[:5]
        yield reply[5:]

    return stream


def corrects_nothing(
    messages: Sequence[tuple[str, str]],
    *,
    max_tokens: int,
    schema: Mapping[str, Any] | None = None,
    purpose: str = "",
) -> str:
    """Fail, as a model does that is not there."""
    raise CompletionError("llm.failed")


def make_model(talk: str, plain: str) -> Model:
    """Return a model that answers every turn alike."""
    return Model(
        "scripted", corrects_nothing, says(talk), says(plain), EMBEDDED,
        words_corrections=False,
    )  # fmt: skip
