"""A server with OpenAI's protocol, as engines for sound ask it."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Iterator
from threading import Lock
from typing import Any, TypeVar

import openai

from .errors import EngineUnavailable, StageError
from .protocols import Cancelled
from .streaming import Patience, Put, StreamLoop

_Piece = TypeVar("_Piece")
Work = Callable[[openai.AsyncOpenAI, Put[_Piece]], Coroutine[Any, Any, None]]

# What another try may mend: nobody did anything yet, or a proxy found nobody.
_PASSING_STATUSES = frozenset({502, 503, 504})


class OpenAIConnection:
    """Asks one server from any thread; cancelling closes the request's connection.

    ``failed_code`` is the code of its errors and ``server`` what they call it, as in
    "The transcription server".
    """

    def __init__(
        self,
        *,
        base_url: str,
        api_key: str,
        patience: Patience,
        failed_code: str,
        server: str,
    ) -> None:
        if not base_url.startswith(("http://", "https://")):
            raise EngineUnavailable(
                "engine.bad_option",
                f"base_url is {base_url!r}: an address as http://127.0.0.1:8000/v1",
                retryable=False,
            )
        self._base_url = base_url
        self._api_key = api_key or "none"
        self._patience = patience
        self._failed_code = failed_code
        self._server = server
        self._loop = StreamLoop()
        self._client: openai.AsyncOpenAI | None = None
        self._lock = Lock()

    def stream(self, work: Work[_Piece], *, cancelled: Cancelled) -> Iterator[_Piece]:
        """Yield what ``work`` puts while it talks to the server.

        Raises StageError where the server fails, or is slower than our patience.
        """
        client = self._connected()

        async def produce(put: Put[_Piece]) -> None:
            try:
                await work(client, put)
            except openai.OpenAIError as failure:
                raise self.coded(failure) from failure

        return self._loop.stream(produce, self._patience, cancelled, late=self._late)

    def close(self) -> None:
        """Close connections. Safe to call twice."""
        with self._lock:
            client, self._client = self._client, None
        if client is not None:
            self._loop.run(client.close())
        self._loop.close()

    def coded(self, failure: Exception) -> StageError:
        """Name what went wrong. Messages of servers may quote speech: they stay out."""
        retryable, words = True, f"sent what nobody can read ({type(failure).__name__})"
        if isinstance(failure, openai.APITimeoutError):
            words = "does not answer"
        elif isinstance(failure, openai.APIConnectionError):
            words = "is not reachable"
        elif isinstance(failure, openai.APIStatusError):
            status = failure.status_code
            retryable = status >= 500 or status in (408, 409, 429)
            words = _STATUS_WORDS.get(status, f"answered {status}")
        return StageError(
            self._failed_code, f"{self._server} {words}", retryable=retryable
        )

    def _late(self) -> StageError:
        return StageError(self._failed_code, f"{self._server} took too long")

    def _connected(self) -> openai.AsyncOpenAI:
        with self._lock:
            if self._client is None:
                # Our own patience governs a call; a retry in secret would spend it.
                self._client = openai.AsyncOpenAI(
                    base_url=self._base_url,
                    api_key=self._api_key,
                    max_retries=0,
                    timeout=openai.Timeout(None, connect=self._patience.connect_s),
                )
            return self._client


def may_pass(failure: Exception) -> bool:
    """Whether the same question may be asked again: the server did not work on it."""
    if isinstance(failure, openai.APITimeoutError):
        return False
    if isinstance(failure, openai.APIStatusError):
        return failure.status_code in _PASSING_STATUSES
    return isinstance(failure, openai.APIConnectionError)


_STATUS_WORDS = {
    401: "refused the key (401)",
    403: "refused the key (403)",
    404: "knows no such address or model (404)",
    413: "says that the sound is too long (413)",
    429: "has too much to do, or the quota is used up (429)",
}
