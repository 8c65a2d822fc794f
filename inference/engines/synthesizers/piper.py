"""Piper voices, spoken by a process of their own, with the time of every sound and word."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterable, Iterator
from pathlib import Path
from threading import Event

import numpy as np

from inference.calls import ProcessGone
from inference.errors import EngineUnavailable, StageError
from inference.lifecycle import FOR_LATER, ChildProcess
from inference.protocols import Cancelled
from inference.types.audio import AudioClip
from inference.types.speech import (
    PhonemeSpan,
    SpeechChunk,
    SynthesisRequest,
    WordSpan,
)

from .loudness import fade, level
from .piper_client import PiperClient, RawSpeech
from .piper_phonemes import SILENCE, ipa_phonemes
from .spoken_text import spoken_text
from .word_places import Place, place_words

_LIBRARIES = ("piper", "onnx", "onnxruntime")
_PAUSE_MS = {".": 250, "?": 250, "!": 250, ",": 120, ";": 180, ":": 180}
_PAUSE_WITHOUT_MARK_MS = 60
_SPEEDS = (0.5, 2.0)


class Piper:
    """Text to speech. One process serves all threads, one clause after the other."""

    def __init__(
        self, *, model_dir: Path, threads: int = 0, patience_s: float = 15.0
    ) -> None:
        self._client = PiperClient(
            ChildProcess(
                "inference.engines.synthesizers.piper_process",
                ["--model", str(_voice_file(model_dir)), "--threads", str(threads)],
                pipe_output=True,
                politeness=FOR_LATER,
            ),
            patience_s=patience_s,
        )

    @property
    def pid(self) -> int | None:
        """The child's process id, or None when it does not run."""
        return self._client.pid

    def warm(self) -> None:
        """Start the process and speak two words of different length."""
        for library in _LIBRARIES:
            if importlib.util.find_spec(library) is None:
                raise EngineUnavailable(
                    "engine.library_missing",
                    "Piper needs piper-tts and onnx: pip install 'piper-tts[alignment]'",
                    retryable=False,
                )
        for text in ("Yes.", "How are you getting on with it today?"):
            for _ in self.synthesize(SynthesisRequest(text), cancelled=Event()):
                pass

    def close(self) -> None:
        """End the process."""
        self._client.close()

    def synthesize(
        self, request: SynthesisRequest, *, cancelled: Cancelled
    ) -> Iterator[SpeechChunk]:
        """Speak one clause, sentence by sentence. Raises StageError ``tts.failed``."""
        voice = self._client.start()
        text = spoken_text(request.text, voice.language)
        if not text:
            return
        speed = min(max(request.speed, _SPEEDS[0]), _SPEEDS[1])
        written = request.text.split()
        words = [spoken_text(word, voice.language) for word in written]
        spoken = n_placed = 0
        for attempts_left in (1, 0):
            try:
                for index, raw in enumerate(
                    self._client.speak(text, speed, words, cancelled=cancelled)
                ):
                    # After a crash the text is spoken anew: skip what was heard.
                    if index < spoken:
                        continue
                    spoken += 1
                    places = place_words(raw.words[n_placed:], raw.phonemes)
                    said = zip(written[n_placed:], places, strict=False)
                    n_placed += len(places)
                    yield _chunk(raw, said, voice.sample_rate_hz, speed)
            except ProcessGone as gone:
                if not attempts_left:
                    raise StageError("tts.failed", "The Piper process died") from gone
            else:
                return


def _voice_file(model_dir: Path) -> Path:
    voices = sorted(model_dir.glob("*.onnx"))
    if not voices:
        raise EngineUnavailable(
            "engine.weights_missing",
            f"No .onnx voice in the folder of {model_dir.name}",
            retryable=False,
        )
    return voices[0]


def _chunk(
    raw: RawSpeech,
    words: Iterable[tuple[str, Place | None]],
    rate_hz: int,
    speed: float,
) -> SpeechChunk:
    samples = np.frombuffer(raw.samples, dtype="<f4").astype(np.float32)
    counted = list(ipa_phonemes(raw.phonemes)) or [(SILENCE, samples.size)]
    trailing = counted[-1][1] if counted[-1][0] == SILENCE else 0
    wanted = int(_pause_ms(raw.phonemes) / speed * rate_hz / 1000)
    added = max(0, wanted - trailing)
    voiced = fade(level(samples, rate_hz), rate_hz)
    padded = np.concatenate([voiced, np.zeros(added, np.float32)])
    counted.append((SILENCE, padded.size - sum(n for _, n in counted)))
    return SpeechChunk(
        AudioClip.from_float32(padded, rate_hz),
        _spans(counted, rate_hz),
        _word_spans(words, rate_hz),
    )


def _pause_ms(codes: tuple[tuple[str, int], ...]) -> int:
    for code, _ in reversed(codes):
        if code in _PAUSE_MS:
            return _PAUSE_MS[code]
        if code not in "$ \"'":
            break
    return _PAUSE_WITHOUT_MARK_MS


def _spans(counted: list[tuple[str, int]], rate_hz: int) -> tuple[PhonemeSpan, ...]:
    """Sample counts to times; neighbouring silences become one."""
    spans: list[PhonemeSpan] = []
    first = last = 0
    for phoneme, n_samples in counted:
        if n_samples <= 0:
            continue
        joins = bool(spans) and phoneme == spans[-1].phoneme == SILENCE
        first, last = first if joins else last, last + n_samples
        if joins:
            spans.pop()
        start_ms, end_ms = 1000.0 * first / rate_hz, 1000.0 * last / rate_hz
        spans.append(PhonemeSpan(phoneme, start_ms, end_ms))
    return tuple(spans)


def _word_spans(
    words: Iterable[tuple[str, Place | None]], rate_hz: int
) -> tuple[WordSpan, ...]:
    """Samples to times, of those words that have a sound."""
    return tuple(
        WordSpan(word, 1000.0 * place[0] / rate_hz, 1000.0 * place[1] / rate_hz)
        for word, place in words
        if place is not None
    )
