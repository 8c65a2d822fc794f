"""The child's end of ``piper_wire``: a voice that is asked for one text after the other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from threading import Lock
from typing import Protocol

import numpy as np

from inference.serving import Answers, Inbox, serve
from inference.types.audio import FloatSamples

from .piper_phonemes import Counted


class ProgramVoice(Protocol):
    """A voice inside its program."""

    rate_hz: int

    def speak(
        self, text: str, language: str, speed: float
    ) -> Iterator[tuple[FloatSamples, list[Counted]]]:
        """Yield sentences: samples, and sounds whose counts sum to them."""
        ...

    def sounds_of(self, word: str, language: str) -> Sequence[str]:
        """Return how a word is said by itself; nothing if it is not said."""
        ...


def run(voice: ProgramVoice) -> None:
    """Answer the tutor until it goes. One text is spoken at a time."""
    lock = Lock()

    def speak(inbox: Inbox) -> Answers:
        asked = inbox.opener[0]
        language = asked["language"]
        with lock:
            if inbox.cancelled.is_set():
                return
            words = [
                list(voice.sounds_of(word, language)) if word else []
                for word in asked["words"]
            ]
            for samples, codes in voice.speak(asked["text"], language, asked["speed"]):
                sound = np.ascontiguousarray(samples, dtype="<f4").tobytes()
                yield {"kind": "chunk", "phonemes": codes, "words": words}, sound

    serve({"speak": speak}, ready={"rate": voice.rate_hz, "voice": ""})
