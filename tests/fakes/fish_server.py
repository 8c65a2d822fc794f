"""A server with Fish Speech's ``/v1/tts``, held to the schema it publishes."""

from __future__ import annotations

from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event
from typing import Annotated, Literal

import msgpack
import numpy as np
import soxr
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from inference.protocols import SpeechSynthesizer
from inference.types.audio import AudioClip
from inference.types.speech import SynthesisRequest

from .speech_server import endless_wav_header

RATE_HZ = 44_100


class Reference(BaseModel):
    """A voice to speak like."""

    model_config = ConfigDict(extra="forbid", strict=True)
    audio: bytes
    text: str


class Asked(BaseModel):
    """What the server takes; other fields are refused here, where it ignores them."""

    model_config = ConfigDict(extra="forbid", strict=True)
    text: str
    chunk_length: Annotated[int, Field(ge=100, le=1000)] = 200
    format: Literal["wav", "pcm", "mp3", "opus"] = "wav"
    latency: Literal["normal", "balanced"] = "normal"
    references: list[Reference] = []
    reference_id: str | None = None
    seed: int | None = None
    use_memory_cache: Literal["on", "off"] = "off"
    normalize: bool = True
    streaming: bool = False
    max_new_tokens: int = 1024
    top_p: Annotated[float, Field(ge=0.1, le=1.0)] = 0.8
    repetition_penalty: Annotated[float, Field(ge=0.9, le=2.0)] = 1.1
    temperature: Annotated[float, Field(ge=0.1, le=1.0)] = 0.8


class FishServer(ThreadingHTTPServer):
    """Speaks with an engine of ours; ``key`` is asked for, if there is one."""

    daemon_threads = True

    def __init__(self, synthesizer: SpeechSynthesizer, key: str = "") -> None:
        super().__init__(("127.0.0.1", 0), FishHandler)
        self.synthesizer, self.key = synthesizer, key
        self.asked: list[Asked] = []

    @property
    def address(self) -> str:
        """Where it is, as settings name it."""
        return f"http://127.0.0.1:{self.server_port}"


class FishHandler(BaseHTTPRequestHandler):
    """One request, one sound."""

    server: FishServer

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        key = self.headers.get("Authorization")
        if self.server.key and key != f"Bearer {self.server.key}":
            self._refuse(401)
        elif self.path != "/v1/tts":
            self._refuse(404)
        elif self.headers["Content-Type"] != "application/msgpack":
            self._refuse(415)
        else:
            try:
                asked = Asked.model_validate(msgpack.unpackb(body))
            except ValidationError:
                self._refuse(422)
                return
            self.server.asked.append(asked)
            self._speak(asked)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        pass

    def _speak(self, asked: Asked) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "audio/wav")
        self.end_headers()
        self.wfile.write(endless_wav_header(RATE_HZ))
        request = SynthesisRequest(asked.text)
        for chunk in self.server.synthesizer.synthesize(request, cancelled=Event()):
            samples = soxr.resample(
                chunk.clip.as_float32(), chunk.clip.sample_rate_hz, RATE_HZ
            )
            self.wfile.write(
                AudioClip.from_float32(samples.astype(np.float32), RATE_HZ).pcm
            )

    def _refuse(self, status: int) -> None:
        self.send_response(status)
        self.send_header("Content-Length", "0")
        self.end_headers()
