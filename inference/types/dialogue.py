"""What the tutor's language model is asked, and what it says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

Role = Literal["system", "user", "assistant"]


@dataclass(frozen=True, slots=True)
class Message:
    """One message of the conversation."""

    role: Role
    text: str


@dataclass(frozen=True, slots=True)
class DialogueRequest:
    """A conversation to be continued by the tutor.

    ``conversation`` names the session, so that an engine with slots can keep its
    prompt's prefix in the same one. ``max_tokens=0`` only reads the prompt in. ``schema``
    is a JSON schema that the server enforces where it can; callers validate all the same.
    ``model`` names another model than the engine's; engines that have but one pass it over.
    """

    messages: tuple[Message, ...]
    conversation: str
    max_tokens: int = 120
    temperature: float = 0.4
    stop: tuple[str, ...] = ()
    schema: Mapping[str, Any] | None = None
    model: str = ""


@dataclass(frozen=True, slots=True)
class ReplyDelta:
    """The next piece of the tutor's text."""

    text: str
