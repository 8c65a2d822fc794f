"""The tutor's end of a voice's program: what is asked of it, and what it answers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from inference.calls import ChildCalls
from inference.lifecycle import ChildProcess
from inference.protocols import Cancelled
from inference.types.audio import FloatSamples


@dataclass(frozen=True, slots=True)
class RawSpeech:
    """One sentence as the voice made it: float32 samples and sample counts.

    ``words`` are the phonemes of each word of the whole text by itself. A sentence may
    come in pieces that join without a seam: ``begin`` is the sample that a piece begins
    with, more follows one that ``goes_on``, and ``phonemes`` are the whole sentence's.
    ``level_db`` is how loud that ``share`` of the sentence is which is made; None: nobody
    has measured it.
    """

    samples: bytes
    phonemes: tuple[tuple[str, int], ...]
    words: tuple[tuple[str, ...], ...]
    begin: int = 0
    goes_on: bool = False
    level_db: float | None = None
    share: float = 1.0

    @property
    def sound(self) -> FloatSamples:
        """The samples as numbers."""
        return np.frombuffer(self.samples, dtype="<f4").astype(np.float32)


@dataclass(frozen=True, slots=True)
class Voice:
    """What the process says of the voice it loaded; no language: it has several."""

    sample_rate_hz: int
    language: str


class VoiceClient:
    """Many threads may ask at once; the process answers one request after the other.

    ``patience_s`` is how long it may be silent while a request waits, and
    ``load_patience_s`` until it is ready.
    """

    def __init__(
        self,
        child: ChildProcess,
        *,
        name: str,
        patience_s: float,
        load_patience_s: float = 60.0,
    ) -> None:
        self._calls = ChildCalls(
            child,
            name=name,
            failed_code="tts.failed",
            load_patience_s=load_patience_s,
        )
        self._patience_s = patience_s

    @property
    def pid(self) -> int | None:
        """Process id, or None when it does not run."""
        return self._calls.pid

    def start(self) -> Voice:
        """Start the process if it does not run. Raises EngineUnavailable."""
        ready = self._calls.start()
        return Voice(ready["rate"], ready["voice"])

    def speak(
        self,
        text: str,
        speed: float,
        words: Sequence[str],
        *,
        language: str,
        cancelled: Cancelled,
        voice: str = "",
    ) -> Iterator[RawSpeech]:
        """Yield the sentences of ``text``, or pieces of them. Raises ProcessGone or StageError."""
        with self._calls.call() as call:
            call.send(
                "speak",
                text=text,
                speed=speed,
                words=list(words),
                language=language,
                voice=voice,
            )
            for header, samples in call.answers(
                cancelled=cancelled, patience_s=self._patience_s
            ):
                spans = tuple((str(p), int(n)) for p, n in header["phonemes"])
                words_alone = tuple(tuple(map(str, word)) for word in header["words"])
                yield RawSpeech(
                    samples,
                    spans,
                    words_alone,
                    begin=header.get("begin", 0),
                    goes_on=header.get("goes_on", False),
                    level_db=header.get("level_db"),
                    share=header.get("share", 1.0),
                )

    def close(self) -> None:
        """End the process. Safe to call twice."""
        self._calls.close()
