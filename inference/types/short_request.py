"""Requests for short answers of the tutor's model that are no part of a talk."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from .dialogue import DialogueRequest, Message


def short_request(
    messages: Sequence[tuple[str, str]],
    *,
    conversation: str,
    max_tokens: int,
    schema: Mapping[str, Any] | None = None,
) -> DialogueRequest:
    """Return the request for a short answer, the same each time it is asked.

    ``messages`` are (role, text) pairs, system first.
    """
    return DialogueRequest(
        messages=tuple(Message(role, text) for role, text in messages),  # type: ignore[arg-type]
        conversation=conversation,
        max_tokens=max_tokens,
        temperature=0.0,
        schema=schema,
    )
