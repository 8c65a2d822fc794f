"""Learner speech for benchmarks: made by our own voice, or read from a folder."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import soundfile
import soxr

from inference.conf import get_engine
from inference.stages.stage import EngineKind
from inference.types.speech import SynthesisRequest

RATE_HZ = 16_000
FRAME_SAMPLES = 320
# Quieter than this against the loudest part is silence.
SILENCE_DB = -40.0

SENTENCES = (
    "Yesterday I go to the market with my sister and we buy some fruit.",
    "I have twenty two years and I study engineering in Madrid.",
    "In my free time I like to play football with my friends.",
    "My favourite food is noodles, because my mother cooks it very well.",
    "Last weekend I visited my grandmother in a small village.",
    "I think the weather is too cold here in the winter.",
    "Can you tell me what is the best way to learn new words?",
    "I am working in a big company since three years.",
    "When I was a child I wanted to be a doctor.",
    "My brother don't like to get up early in the morning.",
    "I would like to travel to Canada next summer.",
    "We usually eat dinner together at eight o'clock.",
    "The film was very interesting but a little too long.",
    "I have never been in London, but I want to go there.",
    "She is more tall than me and she runs very fast.",
    "I forgot my umbrella at home, so I was completely wet.",
    "There are many people in the bus every morning.",
    "I am agree with you, it is important to practise every day.",
    "My job is difficult because I must speak with many customers.",
    "If I have time tomorrow, I will call my best friend.",
    "I need to buy a present for my father's birthday.",
    "In my country people drink a lot of tea.",
)


@dataclass(frozen=True, slots=True)
class LearnerSpeech:
    """One utterance as frames; ``last_voiced_frame`` holds its last voiced sample."""

    name: str
    frames: list[bytes]
    first_voiced_frame: int
    last_voiced_frame: int

    @property
    def seconds(self) -> float:
        """Length of the voiced part."""
        return (self.last_voiced_frame - self.first_voiced_frame + 1) * 0.02


def synthesized(count: int) -> list[LearnerSpeech]:
    """Return ``count`` utterances spoken by the configured voice, a little slowly."""
    voice = get_engine(EngineKind.SYNTHESIZER)
    speech = []
    for i in range(count):
        text = SENTENCES[i % len(SENTENCES)]
        request = SynthesisRequest(text, speed=0.9)
        chunks = list(voice.synthesize(request, cancelled=threading.Event()))
        rate_hz = chunks[0].clip.sample_rate_hz
        samples = np.concatenate([chunk.clip.as_float32() for chunk in chunks])
        speech.append(from_samples(text, samples, rate_hz))
    return speech


def from_folder(folder: Path) -> list[LearnerSpeech]:
    """Return the utterances of a folder of sound files, in the order of their names."""
    speech = []
    for path in sorted(folder.iterdir()):
        if path.suffix.lower() in {".wav", ".flac", ".ogg", ".opus"}:
            samples, rate_hz = soundfile.read(path, dtype="float32", always_2d=True)
            speech.append(from_samples(path.stem, samples.mean(axis=1), rate_hz))
    return speech


def from_samples(
    name: str, samples: npt.NDArray[np.float32], rate_hz: int
) -> LearnerSpeech:
    """Cut samples into frames and find where the voice begins and ends."""
    at_16k = soxr.resample(samples, rate_hz, RATE_HZ) if rate_hz != RATE_HZ else samples
    padded = np.pad(at_16k, (0, -len(at_16k) % FRAME_SAMPLES))
    blocks = padded.reshape(-1, FRAME_SAMPLES)
    level = np.sqrt(np.mean(blocks**2, axis=1))
    voiced = np.flatnonzero(level > level.max() * 10 ** (SILENCE_DB / 20))
    pcm = np.clip(blocks * 32767, -32768, 32767).astype("<i2")
    return LearnerSpeech(
        name=name,
        frames=[block.tobytes() for block in pcm],
        first_voiced_frame=int(voiced[0]),
        last_voiced_frame=int(voiced[-1]),
    )
