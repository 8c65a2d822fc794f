"""Fish Speech through its API server (``tools/api_server.py``): ``/v1/tts``, streamed WAV.

The body is MessagePack, which every version of the server reads; sounds of reference go
into it as they are.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import httpx
import msgpack

from inference.errors import EngineUnavailable, StageError
from inference.protocols import Cancelled
from inference.streaming import Patience, Put, StreamLoop

from .server_voice import ServerVoice

# Letters that the server speaks in one go: its least, for the first sound to come early.
_CHUNK_LENGTH = 100


class FishSpeech(ServerVoice):
    """Speaks like a reference: a name the server knows, or a sound that is sent along.

    ``speakers`` names a reference for each language. Where ``references_dir`` has
    ``<reference>.wav`` and its words in ``<reference>.txt`` they are sent with each
    request; else the server looks the name up among its own. It has no speed: that is
    made here.
    """

    def __init__(
        self,
        *,
        base_url: str,
        api_key: str = "",
        speakers: str | Mapping[str, str],
        references_dir: str = "",
        streaming: bool = True,
        connect_timeout_s: float = 3.0,
        timeout_s: float = 20.0,
    ) -> None:
        if not base_url.startswith(("http://", "https://")):
            raise EngineUnavailable(
                "engine.bad_option",
                f"base_url is {base_url!r}: an address as http://127.0.0.1:8080",
                retryable=False,
            )
        super().__init__("Fish Speech", speakers)
        self._address = base_url.rstrip("/").removesuffix("/v1") + "/v1/tts"
        self._headers = {"Content-Type": "application/msgpack"}
        if api_key and api_key != "none":
            self._headers["Authorization"] = f"Bearer {api_key}"
        self._streaming = streaming
        self._patience = Patience(connect_timeout_s, timeout_s, timeout_s)
        self._references = {
            name: _reference(Path(references_dir), name)
            for name in self._speakers.values()
            if references_dir
        }
        self._loop = StreamLoop()

    def close(self) -> None:
        """Close connections."""
        super().close()
        self._loop.close()

    def _stream(
        self, text: str, language: str, speed: float, cancelled: Cancelled
    ) -> Iterator[bytes]:
        body = msgpack.packb(self._body(text, self._speakers[language]))

        async def work(put: Put[bytes]) -> None:
            timeout = httpx.Timeout(None, connect=self._patience.connect_s)
            try:
                async with (
                    httpx.AsyncClient(timeout=timeout, headers=self._headers) as client,
                    client.stream("POST", self._address, content=body) as response,
                ):
                    if response.status_code != httpx.codes.OK:
                        raise _refused(response.status_code)
                    async for data in response.aiter_bytes():
                        put(data)
            except httpx.HTTPError as failure:
                raise _failed(failure) from failure

        return self._loop.stream(work, self._patience, cancelled, late=_late)

    def _body(self, text: str, name: str) -> dict[str, Any]:
        reference = self._references.get(name)
        return {
            "text": text,
            "format": "wav",
            "streaming": self._streaming,
            "chunk_length": _CHUNK_LENGTH,
            "normalize": True,
            "references": [reference] if reference else [],
            "reference_id": None if reference else name,
            # The server reads a reference once, not for every clause.
            "use_memory_cache": "on",
        }

    def _stretch(self, speed: float) -> float:
        return speed


def _reference(folder: Path, name: str) -> dict[str, Any] | None:
    """Return a sound and its words, None where the folder has none of that name."""
    sound, words = folder / f"{name}.wav", folder / f"{name}.txt"
    if not sound.is_file():
        return None
    if not words.is_file():
        raise EngineUnavailable(
            "engine.bad_option",
            f"{words.name} with the words of {sound.name} is not in {folder}",
            retryable=False,
        )
    return {"audio": sound.read_bytes(), "text": words.read_text("utf-8").strip()}


def _refused(status: int) -> StageError:
    words = {
        401: "refused the key (401)",
        404: "knows no such address (404)",
        415: "reads no MessagePack (415)",
    }.get(status, f"answered {status}")
    retryable = status >= 500 or status == 429
    return StageError("tts.failed", f"Fish Speech {words}", retryable=retryable)


def _failed(failure: httpx.HTTPError) -> StageError:
    if isinstance(failure, httpx.TimeoutException | httpx.ConnectError):
        return StageError("tts.failed", "Fish Speech is not reachable")
    return StageError("tts.failed", f"Fish Speech broke off ({type(failure).__name__})")


def _late() -> StageError:
    return StageError("tts.failed", "Fish Speech took too long")
