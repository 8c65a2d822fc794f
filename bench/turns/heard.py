"""What the recogniser makes of a clip, looked up where it was recognised before."""

from __future__ import annotations

import hashlib
import json
import threading
import time
from dataclasses import dataclass
from pathlib import Path

from inference.protocols import Transcriber
from inference.types.audio import AudioClip
from inference.types.speech import TranscribeRequest, Transcript, Word


@dataclass(frozen=True, slots=True)
class Recognised:
    """A transcript and how long it took, in milliseconds."""

    transcript: Transcript
    took_ms: float


class Recogniser:
    """Recognises clips; each is heard once and then read from ``folder``.

    ``name`` tells the recogniser's results from another's.
    """

    def __init__(self, transcriber: Transcriber, folder: Path, *, name: str) -> None:
        self._transcriber = transcriber
        self._folder = folder
        self._name = name

    def hear(self, clip: AudioClip, *, language: str = "en") -> Recognised:
        """Return what is heard in a clip."""
        told = f"{self._name} {language} {clip.sample_rate_hz} ".encode()
        key = hashlib.sha256(told + clip.pcm).hexdigest()[:20]
        path = self._folder / f"{key}.json"
        if path.exists():
            return _read(path)
        began = time.monotonic()
        transcript = self._transcriber.transcribe(
            TranscribeRequest(clip, language), cancelled=threading.Event()
        )
        took_ms = 1000 * (time.monotonic() - began)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(_written(transcript, took_ms), "utf-8")
        return _read(path)


def _written(transcript: Transcript, took_ms: float) -> str:
    return json.dumps(
        {
            "text": transcript.text,
            "words": [
                [word.text, word.start_ms, word.end_ms, word.confidence]
                for word in transcript.words
            ],
            "language": transcript.language,
            "confidence": transcript.confidence,
            "no_speech": transcript.no_speech_probability,
            "took_ms": took_ms,
        }
    )


def _read(path: Path) -> Recognised:
    kept = json.loads(path.read_text("utf-8"))
    transcript = Transcript(
        text=kept["text"],
        words=tuple(Word(*word) for word in kept["words"]),
        language=kept["language"],
        confidence=kept["confidence"],
        no_speech_probability=kept["no_speech"],
    )
    return Recognised(transcript, kept["took_ms"])
