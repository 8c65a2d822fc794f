"""Speech to text by any server with OpenAI's ``/audio/transcriptions``."""

from __future__ import annotations

import asyncio
import io
import wave
from collections.abc import Mapping
from threading import Event, Lock
from typing import Any

import openai

from inference.errors import EngineUnavailable, StageError
from inference.openai_connection import OpenAIConnection, may_pass
from inference.protocols import Cancelled, TranscriberCapabilities
from inference.streaming import Patience, Put
from inference.types.audio import AudioClip
from inference.types.speech import TranscribeRequest, Transcript

from .clips import at_16_khz, may_hold_speech, nothing_said, primary_language
from .server_answers import read_answer

# Whisper's best known ones, among them all that are taught.
_LANGUAGES = "en,es,fr,de,it,pt,nl,pl,ru,uk,tr,ar,hi,zh,ja,ko"
_WAIT_BEFORE_RETRY_S = 0.3


class OpenAITranscriber:
    """speaches, vLLM, LocalAI, whisper.cpp's server, a hosted service and their like.

    ``languages`` are tags parted by commas. ``partials`` off answers looks at unfinished
    speech with nothing, where each call costs money or a place in a queue.
    """

    def __init__(
        self,
        *,
        base_url: str,
        model: str,
        api_key: str = "none",
        languages: str = _LANGUAGES,
        partials: bool = True,
        connect_timeout_s: float = 3.0,
        timeout_s: float = 20.0,
    ) -> None:
        if not model:
            raise EngineUnavailable(
                "engine.bad_option",
                "model is empty: the name of a model that the server has",
                retryable=False,
            )
        self._model = model
        self._languages = frozenset(
            tag.strip().lower() for tag in languages.split(",") if tag.strip()
        )
        self._partials = partials
        self._connection = OpenAIConnection(
            base_url=base_url,
            api_key=api_key,
            patience=Patience(connect_timeout_s, timeout_s, timeout_s),
            failed_code="asr.failed",
            server="The transcription server",
        )
        self._lock = Lock()
        self._gives_details = True
        self._gives_times = True

    @property
    def capabilities(self) -> TranscriberCapabilities:
        """Words have times until the server is seen to give none."""
        return TranscriberCapabilities(
            word_times=self._gives_times, features=False, languages=self._languages
        )

    def warm(self) -> None:
        """Send a second of soft hum. Raises EngineUnavailable if nobody answers."""
        second = AudioClip(b"\x20\x00\xe0\xff" * 8_000, 16_000)
        language = "en" if "en" in self._languages else min(self._languages)
        request = TranscribeRequest(second, language=language)
        try:
            self._ask(request, language, Event())
        except StageError as failure:
            raise EngineUnavailable(
                failure.code, failure.message, retryable=failure.retryable
            ) from failure

    def close(self) -> None:
        """Close connections."""
        self._connection.close()

    def transcribe(
        self, request: TranscribeRequest, *, cancelled: Cancelled
    ) -> Transcript:
        """Recognise one clip. Raises StageError ``asr.failed``."""
        language = primary_language(request.language)
        silent = not may_hold_speech(at_16_khz(request.clip))
        if silent or (request.partial and not self._partials):
            # What holds no word is not sent: it would cost, and come back made up.
            return nothing_said(language)
        if language and language not in self._languages:
            raise StageError(
                "asr.failed",
                f"The transcription server is not asked for {language}",
                retryable=False,
            )
        answer = self._ask(request, language, cancelled)
        if answer is None or cancelled.is_set():
            return nothing_said(language)
        heard = read_answer(
            answer,
            language=language,
            duration_ms=request.clip.duration_ms,
            want_words=not request.partial,
        )
        if not request.partial and heard.text:
            self._gives_times = bool(heard.words)
        return heard

    def _ask(
        self, request: TranscribeRequest, language: str | None, cancelled: Cancelled
    ) -> Mapping[str, Any] | None:
        """Return the server's answer, None once cancelled."""

        async def work(client: openai.AsyncOpenAI, put: Put[Mapping[str, Any]]) -> None:
            try:
                put(await self._created(client, request, language))
            except openai.APIError as failure:
                # An unfinished clip is asked for again anyway, with more in it.
                if request.partial or not may_pass(failure):
                    raise
                await asyncio.sleep(_WAIT_BEFORE_RETRY_S)
                put(await self._created(client, request, language))

        answers = self._connection.stream(work, cancelled=cancelled)
        return next(answers, None)

    async def _created(
        self,
        client: openai.AsyncOpenAI,
        request: TranscribeRequest,
        language: str | None,
    ) -> Mapping[str, Any]:
        """Ask with all details first; servers that refuse them are asked without."""
        arguments: dict[str, Any] = {
            "file": ("speech.wav", _wav(request.clip), "audio/wav"),
            "model": self._model,
            "temperature": 0.0,
        }
        if language:
            arguments["language"] = language
        if request.hint.strip():
            arguments["prompt"] = request.hint.strip()
        # Any: the client's overloads can't be told apart from a dictionary.
        create: Any = client.audio.transcriptions.create
        if self._gives_details and not request.partial:
            try:
                answer = await create(
                    **arguments,
                    response_format="verbose_json",
                    timestamp_granularities=["word", "segment"],
                )
            except (openai.BadRequestError, openai.UnprocessableEntityError):
                # Perhaps something else was refused: then this fails for the same reason.
                plain = await create(**arguments, response_format="json")
                with self._lock:
                    self._gives_details = self._gives_times = False
                return _as_mapping(plain)
            return _as_mapping(answer)
        return _as_mapping(await create(**arguments, response_format="json"))


def _as_mapping(answer: Any) -> Mapping[str, Any]:
    """Return an answer as it came; servers that send text in any case are understood."""
    if isinstance(answer, str):
        return {"text": answer}
    found: dict[str, Any] = answer.model_dump()
    return found


def _wav(clip: AudioClip) -> bytes:
    file = io.BytesIO()
    with wave.open(file, "wb") as written:
        written.setnchannels(1)
        written.setsampwidth(2)
        written.setframerate(clip.sample_rate_hz)
        written.writeframes(clip.pcm[: 2 * clip.n_samples])
    return file.getvalue()
