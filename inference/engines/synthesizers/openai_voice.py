"""Text to speech by any server with OpenAI's ``/audio/speech``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import openai

from inference.errors import EngineUnavailable
from inference.openai_connection import OpenAIConnection
from inference.protocols import Cancelled
from inference.streaming import Patience, Put

from .pcm_stream import PcmStream
from .server_voice import ServerVoice

_FORMATS = ("wav", "pcm")


class OpenAIVoice(ServerVoice):
    """Kokoro-FastAPI, speaches, LocalAI, a hosted service and their like.

    ``form`` is what is asked for: ``wav``, or ``pcm`` of ``rate_hz`` where a server
    streams only that. ``stretch``: the server ignores the speed, so it is made here.
    """

    def __init__(
        self,
        *,
        base_url: str,
        model: str,
        api_key: str = "none",
        speakers: str | Mapping[str, str] = "en=alloy",
        form: str = "wav",
        rate_hz: int = 24_000,
        stretch: bool = False,
        connect_timeout_s: float = 3.0,
        timeout_s: float = 15.0,
    ) -> None:
        if form not in _FORMATS or not model:
            raise EngineUnavailable(
                "engine.bad_option",
                f"form is {form!r}, one of wav and pcm; model is {model!r}, a name",
                retryable=False,
            )
        self._model = model
        self._form = form
        self._rate_hz = rate_hz
        self._stretches = stretch
        self._connection = OpenAIConnection(
            base_url=base_url,
            api_key=api_key,
            patience=Patience(connect_timeout_s, timeout_s, timeout_s),
            failed_code="tts.failed",
            server="The speech server",
        )
        super().__init__("The speech server", speakers)

    def close(self) -> None:
        """Close connections."""
        super().close()
        self._connection.close()

    def _stream(
        self, text: str, language: str, speed: float, cancelled: Cancelled
    ) -> Iterator[bytes]:
        asked: dict[str, Any] = {
            "model": self._model,
            "voice": self._speakers[language],
            "input": text,
            "response_format": self._form,
        }
        if speed != 1.0 and not self._stretches:
            asked["speed"] = speed

        async def work(client: openai.AsyncOpenAI, put: Put[bytes]) -> None:
            speech = client.audio.speech.with_streaming_response
            async with speech.create(**asked) as response:
                async for data in response.iter_bytes():
                    put(data)

        return self._connection.stream(work, cancelled=cancelled)

    def _pcm(self) -> PcmStream:
        return PcmStream(self._rate_hz if self._form == "pcm" else None)

    def _stretch(self, speed: float) -> float:
        return speed if self._stretches else 1.0
