"""The language model under test, as the tutor asks for it."""

from __future__ import annotations

import asyncio
import os
import threading
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import django

from inference.errors import StageError
from inference.types.dialogue import DialogueRequest, Message
from tutor.analysis import EMBEDDED, STRONG, Trust
from tutor.completion import Completion
from tutor.completion import CompletionError as ModelFailed
from tutor.speaking import Messages, Stream

SETTINGS = "tutorplatform.settings.local"
# As in a talk (sessions/live/settings.py).
MAX_TOKENS = 90
TEMPERATURE = 0.4


@dataclass(frozen=True, slots=True)
class Model:
    """A model: ``correct`` completes at temperature 0, the others stream replies.

    ``trust`` and ``words_corrections`` are what the product grants this class of models.
    """

    name: str
    correct: Completion
    talk: Stream
    plain: Stream
    trust: Trust
    words_corrections: bool


class Remembering:
    """A completion that is asked once for the same thing: at temperature 0 it is the same."""

    def __init__(self, completion: Completion) -> None:
        self._completion = completion
        self._known: dict[tuple[tuple[str, str], ...], str] = {}

    def __call__(
        self,
        messages: Sequence[tuple[str, str]],
        *,
        max_tokens: int,
        schema: Mapping[str, Any] | None = None,
        purpose: str = "",
    ) -> str:
        """Return the text. Raises CompletionError, which is not remembered."""
        key = tuple(messages)
        if key not in self._known:
            self._known[key] = self._completion(
                messages, max_tokens=max_tokens, schema=schema, purpose=purpose
            )
        return self._known[key]


def configured_model(*, plain_tokens: int, plain_temperature: float) -> Model:
    """Return the model of the settings, loaded. Raises EngineUnavailable."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    django.setup()
    from django.conf import settings  # noqa: PLC0415

    from inference.conf import get_engine  # noqa: PLC0415 settings come first
    from inference.stages.stage import EngineKind  # noqa: PLC0415

    from .tutor_errors import EngineCompletion  # noqa: PLC0415 loads engines

    engine = get_engine(EngineKind.DIALOGUE)
    engine.warm()
    options = settings.INFERENCE["ENGINES"]["dialogue"]["OPTIONS"]
    strong = settings.TEACHING["TRUST"] == "strong"
    return Model(
        name=str(options.get("model", "")),
        correct=Remembering(EngineCompletion(engine)),
        talk=streaming(engine, "talk", MAX_TOKENS, TEMPERATURE),
        plain=streaming(engine, "plain", plain_tokens, plain_temperature),
        trust=STRONG if strong else EMBEDDED,
        words_corrections=strong,
    )


def streaming(
    engine: Any, conversation: str, max_tokens: int, temperature: float
) -> Stream:
    """Return an engine's replies as a stream of text that raises CompletionError."""

    async def stream(messages: Messages) -> AsyncIterator[str]:
        request = DialogueRequest(
            messages=tuple(Message(role, text) for role, text in messages),  # type: ignore[arg-type]
            conversation=conversation,
            max_tokens=max_tokens,
            temperature=temperature,
        )
        cancelled = threading.Event()
        deltas = engine.respond(request, cancelled=cancelled)
        try:
            while True:
                delta = await asyncio.to_thread(next, deltas, None)
                if delta is None:
                    return
                yield delta.text
        except StageError as error:
            raise ModelFailed(error.code) from error
        finally:
            cancelled.set()
            # Where a thread still waits for the next piece, it sees that nobody does.
            with suppress(ValueError):
                deltas.close()

    return stream
