"""A server that hears and speaks by OpenAI's protocol, with engines of ours behind it."""

from __future__ import annotations

import io
import json
import wave
from email import message_from_bytes
from email.policy import HTTP
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event
from typing import Any

import numpy as np
import soxr

from inference.protocols import SpeechSynthesizer, Transcriber
from inference.types.audio import AudioClip
from inference.types.speech import SynthesisRequest, TranscribeRequest

RATE_HZ = 24_000
_PIECE_BYTES = 4_800


class SpeechServer(ThreadingHTTPServer):
    """Answers with what its engines hear and say.

    ``statuses`` are answered first, one a request. ``refuses_details`` as models without
    time stamps do; ``bare_words`` as OpenAI's own, whose words have no marks. While
    ``holds`` is set it reads a request and answers nothing until that is cleared; ``gone``
    is set when a client went meanwhile. ``torn_after`` ends speech after so many pieces.
    """

    daemon_threads = True

    def __init__(
        self,
        transcriber: Transcriber | None = None,
        synthesizer: SpeechSynthesizer | None = None,
    ) -> None:
        super().__init__(("127.0.0.1", 0), SpeechHandler)
        self.transcriber, self.synthesizer = transcriber, synthesizer
        self.statuses: list[int] = []
        self.refuses_details = self.bare_words = self.ignores_speed = False
        self.holds, self.gone = Event(), Event()
        self.torn_after: int | None = None
        self.asked: list[dict[str, Any]] = []

    @property
    def address(self) -> str:
        """Where it is, as settings name it."""
        return f"http://127.0.0.1:{self.server_port}/v1"


class SpeechHandler(BaseHTTPRequestHandler):
    """Speaks as much of the protocol as the engines use."""

    server: SpeechServer

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        hears = self.path == "/v1/audio/transcriptions"
        fields = self._form(body) if hears else json.loads(body)
        told = {key: value for key, value in fields.items() if key != "file"}
        told["authorization"] = self.headers.get("Authorization")
        self.server.asked.append(told)
        if self.server.holds.is_set():
            self._hold()
            return
        status = self.server.statuses.pop(0) if self.server.statuses else 200
        if status != 200:
            self._send(status, {"error": {"message": "a secret that was said"}})
        elif hears:
            self._transcribe(fields)
        else:
            self._speak(fields)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        pass

    def _form(self, body: bytes) -> dict[str, Any]:
        kind = f"Content-Type: {self.headers['Content-Type']}\r\n\r\n".encode()
        fields: dict[str, Any] = {}
        for part in message_from_bytes(kind + body, policy=HTTP).iter_parts():
            name = str(part.get_param("name", header="content-disposition"))
            value = part.get_payload(decode=True)
            assert isinstance(value, bytes)
            fields[name] = value if name == "file" else value.decode()
        return fields

    def _hold(self) -> None:
        """Wait until the client goes: its end of the connection reads as empty."""
        self.connection.settimeout(10)
        try:
            gone = self.connection.recv(1) == b""
        except ConnectionResetError:
            gone = True
        if gone:
            self.server.gone.set()

    def _transcribe(self, fields: dict[str, Any]) -> None:
        detailed = fields["response_format"] == "verbose_json"
        if detailed and self.server.refuses_details:
            self._send(400, {"error": {"message": "response_format is not supported"}})
            return
        with wave.open(io.BytesIO(fields["file"])) as sound:
            clip = AudioClip(sound.readframes(sound.getnframes()), sound.getframerate())
        assert self.server.transcriber is not None
        heard = self.server.transcriber.transcribe(
            TranscribeRequest(
                clip, fields.get("language"), hint=fields.get("prompt", "")
            ),
            cancelled=Event(),
        )
        answer: dict[str, Any] = {"text": heard.text}
        if detailed:
            answer |= {"task": "transcribe", "language": "english", "duration": 1.0}
            answer["words"] = [
                {
                    "word": w.text.strip(".,?!") if self.server.bare_words else w.text,
                    "start": w.start_ms / 1000,
                    "end": w.end_ms / 1000,
                }
                for w in heard.words
            ]
            answer["segments"] = [
                {
                    "id": 0, "seek": 0, "tokens": [], "temperature": 0.0, "text": heard.text,
                    "start": 0.0, "end": clip.duration_ms / 1000, "avg_logprob": -0.2,
                    "compression_ratio": 1.0,
                    "no_speech_prob": heard.no_speech_probability,
                }
            ]  # fmt: skip
        self._send(200, answer)

    def _speak(self, fields: dict[str, Any]) -> None:
        assert self.server.synthesizer is not None
        speed = 1.0 if self.server.ignores_speed else float(fields.get("speed", 1.0))
        request = SynthesisRequest(fields["input"], speed)
        self.send_response(200)
        self.send_header("Content-Type", f"audio/{fields['response_format']}")
        self.end_headers()
        if fields["response_format"] == "wav":
            self.wfile.write(endless_wav_header(RATE_HZ))
        sent = 0
        for chunk in self.server.synthesizer.synthesize(request, cancelled=Event()):
            samples = soxr.resample(
                chunk.clip.as_float32(), chunk.clip.sample_rate_hz, RATE_HZ
            )
            pcm = AudioClip.from_float32(samples.astype(np.float32), RATE_HZ).pcm
            for first in range(0, len(pcm), _PIECE_BYTES):
                if sent == self.server.torn_after:
                    return
                self.wfile.write(pcm[first : first + _PIECE_BYTES])
                sent += 1

    def _send(self, status: int, answer: dict[str, Any]) -> None:
        data = json.dumps(answer).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)


def endless_wav_header(rate_hz: int) -> bytes:
    """Return a header as servers send it that do not know yet how long they will speak."""
    file = io.BytesIO()
    with wave.open(file, "wb") as written:
        written.setnchannels(1)
        written.setsampwidth(2)
        written.setframerate(rate_hz)
    header = bytearray(file.getvalue())
    header[4:8] = header[40:44] = b"\xff\xff\xff\xff"
    return bytes(header)
