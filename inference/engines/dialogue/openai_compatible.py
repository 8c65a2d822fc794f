"""The tutor's words from any server that speaks OpenAI's chat protocol."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from threading import Event, Lock
from typing import TYPE_CHECKING, Any

from inference.errors import EngineUnavailable, StageError
from inference.protocols import Cancelled
from inference.streaming import Patience, Put, StreamLoop
from inference.types.dialogue import DialogueRequest, Message, ReplyDelta

if TYPE_CHECKING:
    from openai import AsyncOpenAI

logger = logging.getLogger(__name__)

# Called when a reply is over with what the server tells of its work, if it does.
Observer = Callable[[str, Mapping[str, Any]], None]


class OpenAICompatible:
    """Streams replies from vLLM, llama.cpp, Ollama, a hosted service and their like.

    With ``reads_ahead`` prompts are sent before they are needed, for one token that is
    thrown away: for servers of one's own that keep what they have read.
    """

    def __init__(
        self,
        *,
        base_url: str,
        model: str,
        api_key: str = "none",
        connect_timeout_s: float = 3.0,
        first_token_timeout_s: float = 20.0,
        between_tokens_timeout_s: float = 10.0,
        reads_ahead: bool = False,
        observe: Observer | None = None,
    ) -> None:
        self._base_url = base_url
        self._model = model
        self._api_key = api_key
        self._patience = Patience(
            connect_timeout_s, first_token_timeout_s, between_tokens_timeout_s
        )
        self._reads_ahead = reads_ahead
        self._observe = observe
        self._stream_loop = StreamLoop()
        self._client: AsyncOpenAI | None = None
        self._refuses_schemas = False
        self._unknown_models: set[str] = set()
        self._lock = Lock()

    def warm(self) -> None:
        """Ask for one token. Raises EngineUnavailable when the server does not answer."""
        request = DialogueRequest(
            (Message("user", "Hello"),), conversation="warm-up", max_tokens=1
        )
        try:
            for _ in self.respond(request, cancelled=Event()):
                pass
        except StageError as failure:
            raise EngineUnavailable(failure.code, failure.message) from failure

    def close(self) -> None:
        """Close connections."""
        with self._lock:
            client, self._client = self._client, None
        if client is not None:
            self._stream_loop.run(client.close())
        self._stream_loop.close()

    def respond(
        self,
        request: DialogueRequest,
        *,
        cancelled: Cancelled,
        extra: Mapping[str, Any] | None = None,
    ) -> Iterator[ReplyDelta]:
        """Stream the reply. Raises StageError ``llm.failed`` or ``llm.timeout``.

        ``extra`` is sent along in the body, for servers that know more than OpenAI's.
        """
        only_read = request.max_tokens == 0
        if only_read and not (extra or self._reads_ahead):
            # Elsewhere reading ahead would be paid for, and perhaps for nothing.
            return
        client = self._connected()

        async def produce(put: Put[str]) -> None:
            await self._reply(client, request, put, extra or {})

        for text in self._stream_loop.stream(
            produce, self._patience, cancelled, late=_late
        ):
            if not only_read:
                yield ReplyDelta(text)

    def release(self, conversation: str) -> None:
        """Nothing is kept here for a conversation."""

    async def _reply(
        self,
        client: AsyncOpenAI,
        request: DialogueRequest,
        put: Put[str],
        extra: Mapping[str, Any],
    ) -> None:
        import openai

        seen: Mapping[str, Any] = {}
        try:
            stream = await self._asked(client, request, extra)
            async for chunk, text in _pieces(stream):
                seen = (chunk.model_extra or {}).get("timings") or seen
                if text:
                    put(text)
        except openai.APIError as failure:
            raise _coded(failure) from failure
        if self._observe is not None and seen:
            self._observe(request.conversation, seen)

    async def _asked(
        self, client: AsyncOpenAI, request: DialogueRequest, extra: Mapping[str, Any]
    ) -> Any:
        """Return the stream of a reply, by the engine's model where another is unknown."""
        import openai

        named = request.model
        other = bool(named) and named not in self._unknown_models | {self._model}
        arguments: dict[str, Any] = {
            "model": named if other else self._model,
            "messages": [
                {"role": message.role, "content": message.text}
                for message in request.messages
            ],
            # Nobody's protocol knows "read only": one token, thrown away, is that.
            "max_tokens": max(1, request.max_tokens),
            "temperature": request.temperature,
            "stop": list(request.stop) or None,
            "stream": True,
            "extra_body": dict(extra) or None,
        }
        try:
            return await self._created(client, arguments, request.schema)
        except openai.NotFoundError:
            if not other:
                raise
        stream = await self._created(
            client, arguments | {"model": self._model}, request.schema
        )
        # The other model answers, so it is the name that the server does not know.
        self._unknown_models.add(named)
        logger.warning("The language model's server has no %r: not asked again", named)
        return stream

    async def _created(
        self,
        client: AsyncOpenAI,
        arguments: Mapping[str, Any],
        schema: Mapping[str, Any] | None,
    ) -> Any:
        """Return the stream of a reply, without the schema where a server refuses it."""
        import openai

        # Any: the client's overloads can't be told apart from a dictionary.
        create: Any = client.chat.completions.create
        if schema is None or self._refuses_schemas:
            return await create(**arguments)
        try:
            return await create(**arguments, response_format=_response_format(schema))
        except (openai.BadRequestError, openai.UnprocessableEntityError):
            # Perhaps something else was refused: then this fails for the same reason.
            stream = await create(**arguments)
            self._refuses_schemas = True
            return stream

    def _connected(self) -> AsyncOpenAI:
        try:
            from openai import AsyncOpenAI, Timeout
        except ImportError as missing:
            raise EngineUnavailable(
                "engine.library_missing",
                "This engine needs the openai client: pip install openai",
                retryable=False,
            ) from missing
        with self._lock:
            if self._client is None:
                # Our own patience governs the stream; a retry in secret would spend it.
                self._client = AsyncOpenAI(
                    base_url=self._base_url,
                    api_key=self._api_key,
                    max_retries=0,
                    timeout=Timeout(None, connect=self._patience.connect_s),
                )
            return self._client


async def _pieces(stream: Any) -> AsyncIterator[tuple[Any, str]]:
    async with stream:
        async for chunk in stream:
            text = chunk.choices[0].delta.content if chunk.choices else ""
            yield chunk, text or ""


def _response_format(schema: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "type": "json_schema",
        "json_schema": {"name": "answer", "schema": dict(schema), "strict": True},
    }


def _late() -> StageError:
    return StageError("llm.timeout", "The language model took too long")


def _coded(failure: Exception) -> StageError:
    """Name what went wrong. Messages of servers may quote the prompt: they stay out."""
    import openai

    if isinstance(failure, openai.APITimeoutError):
        return StageError("llm.timeout", "The language model's server does not answer")
    if isinstance(failure, openai.APIConnectionError):
        return StageError("llm.failed", "The language model's server is not reachable")
    if isinstance(failure, openai.APIStatusError):
        status = failure.status_code
        if "context" in str(failure).lower() and status == 400:
            return StageError(
                "llm.failed",
                "The conversation is longer than the context",
                retryable=False,
            )
        return StageError(
            "llm.failed",
            f"The language model's server answered {status}",
            retryable=status >= 500 or status == 429,
        )
    return StageError("llm.failed", f"Unreadable answer ({type(failure).__name__})")
