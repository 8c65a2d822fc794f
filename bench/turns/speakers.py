"""Several speakers out of the voices that are here, and what they said, kept in files."""

from __future__ import annotations

import hashlib
import json
import threading
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import soxr

from bench.report import say
from inference.conf import model_store
from inference.errors import StageError
from inference.registry import create_engine
from inference.types.audio import FloatSamples
from inference.types.speech import SynthesisRequest, WordSpan

RATE_HZ = 16_000
# Learners speak slower than the voices were made for.
SPEED = 0.85
# Without the voice of the others, this one speaks for them.
EVERYWHERE = "joe"


@dataclass(frozen=True, slots=True)
class Speaker:
    """A voice; ``pitch`` above 1 makes it higher, as from a smaller person."""

    engine: str
    options: dict[str, Any] = field(default_factory=dict)
    pitch: float = 1.0


_JOE = {"voice": "piper-en_US-joe-medium", "threads": 1}
SPEAKERS = {
    "joe": Speaker("piper", _JOE),
    "joe_higher": Speaker("piper", _JOE, pitch=1.18),
    "pico": Speaker("pico"),
    "espeak": Speaker("espeak"),
    "kokoro": Speaker(
        "kokoro",
        {"voice": "kokoro-82m-int8", "threads": 1, "speaker": "jf_alpha"},
    ),
}


@dataclass(frozen=True, slots=True)
class Said:
    """16 kHz sound of a line and when each of its words is said; none if not known."""

    samples: FloatSamples
    words: tuple[WordSpan, ...]


class Speakers:
    """Says lines; each is made once and then read from ``folder``."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._engines: dict[str, Any] = {}
        # Those whose voice is not on this machine.
        self.missing: set[str] = set()

    def say(self, name: str, text: str, *, speed: float = SPEED) -> Said:
        """Return a line in a speaker's voice, or in the one that is everywhere."""
        speaker = SPEAKERS[name]
        path = self._folder / f"{_key(speaker, text, speed)}.npz"
        if path.exists():
            with np.load(path) as kept:
                spans = json.loads(str(kept["words"]))
                return Said(kept["samples"], tuple(WordSpan(*span) for span in spans))
        try:
            said = self._made(speaker, text, speed)
        except StageError:
            if name == EVERYWHERE:
                raise
            self.missing.add(name)
            return self.say(EVERYWHERE, text, speed=speed)
        path.parent.mkdir(parents=True, exist_ok=True)
        spans = [[word.text, word.start_ms, word.end_ms] for word in said.words]
        np.savez_compressed(path, samples=said.samples, words=json.dumps(spans))
        return said

    def close(self) -> None:
        """End the voices' processes."""
        for engine in self._engines.values():
            with suppress(StageError):
                engine.close()
        self._engines.clear()

    def _made(self, speaker: Speaker, text: str, speed: float) -> Said:
        say(f"  {speaker.engine}: {text}")
        key = f"{speaker.engine} {speaker.options}"
        if key not in self._engines:
            self._engines[key] = create_engine(
                "synthesizer", speaker.engine, speaker.options, model_store().path
            )
        # A higher voice is the same sound played faster: it is said slower before.
        request = SynthesisRequest(text, speed / speaker.pitch)
        samples: list[FloatSamples] = []
        words: list[WordSpan] = []
        rate_hz, at_ms = 0, 0.0
        for chunk in self._engines[key].synthesize(
            request, cancelled=threading.Event()
        ):
            rate_hz = chunk.clip.sample_rate_hz
            samples.append(chunk.clip.as_float32())
            words += [
                WordSpan(
                    word.text,
                    (at_ms + word.start_ms) / speaker.pitch,
                    (at_ms + word.end_ms) / speaker.pitch,
                )
                for word in chunk.words
            ]
            at_ms += chunk.clip.duration_ms
        # At once: pieces of a sentence join without a seam only as they were made.
        whole = np.concatenate(samples)
        sound = soxr.resample(whole, rate_hz * speaker.pitch, RATE_HZ)
        return Said(sound.astype(np.float32), tuple(words))


def _key(speaker: Speaker, text: str, speed: float) -> str:
    whole = json.dumps([speaker.engine, speaker.options, speaker.pitch, text, speed])
    return hashlib.sha256(whole.encode()).hexdigest()[:20]
