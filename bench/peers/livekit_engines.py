"""Whisper and Piper for LiveKit Agents, which has neither of them for this machine.

Whisper is called as Pipecat calls it, so that both peers hear alike.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from typing import Any

import numpy as np
from livekit import rtc
from livekit.agents import stt, tts, utils
from livekit.agents.types import DEFAULT_API_CONNECT_OPTIONS, APIConnectOptions

from .wire import MIC_RATE_HZ


class Whisper(stt.STT):
    """Whole utterances, as voice detection cuts them."""

    def __init__(self, folder: str, *, beam: int) -> None:
        super().__init__(
            capabilities=stt.STTCapabilities(streaming=False, interim_results=False)
        )
        from faster_whisper import WhisperModel

        self._model = WhisperModel(folder, device="cpu", compute_type="int8")
        self._beam = beam

    async def _recognize_impl(
        self, buffer: utils.AudioBuffer, **_options: Any
    ) -> stt.SpeechEvent:
        frame = rtc.combine_audio_frames(buffer)
        if frame.sample_rate != MIC_RATE_HZ:
            raise ValueError(f"{frame.sample_rate} Hz is not the microphone's rate")
        samples = np.frombuffer(frame.data, np.int16).astype(np.float32) / 32768
        text = await asyncio.to_thread(self._heard, samples)
        return stt.SpeechEvent(
            type=stt.SpeechEventType.FINAL_TRANSCRIPT,
            alternatives=[stt.SpeechData(language="en", text=text)],
        )

    def _heard(self, samples: Any) -> str:
        segments, _ = self._model.transcribe(
            samples, language="en", beam_size=self._beam
        )
        return " ".join(segment.text.strip() for segment in segments)


class Piper(tts.TTS):
    """A Piper voice in this process, a sentence at a time."""

    def __init__(self, voice: str) -> None:
        from piper import PiperVoice

        self.voice = PiperVoice.load(voice)
        super().__init__(
            capabilities=tts.TTSCapabilities(streaming=False),
            sample_rate=self.voice.config.sample_rate,
            num_channels=1,
        )

    def synthesize(
        self,
        text: str,
        *,
        conn_options: APIConnectOptions = DEFAULT_API_CONNECT_OPTIONS,
    ) -> tts.ChunkedStream:
        """Return the speech of a text."""
        return _Speech(tts=self, input_text=text, conn_options=conn_options)


class _Speech(tts.ChunkedStream):
    async def _run(self, output_emitter: tts.AudioEmitter) -> None:
        output_emitter.initialize(
            request_id=utils.shortuuid(),
            sample_rate=self._tts.sample_rate,
            num_channels=1,
            mime_type="audio/pcm",
        )
        chunks: Iterator[Any] = iter(self._tts.voice.synthesize(self._input_text))
        while (chunk := await asyncio.to_thread(next, chunks, None)) is not None:
            output_emitter.push(chunk.audio_int16_bytes)
        output_emitter.flush()
