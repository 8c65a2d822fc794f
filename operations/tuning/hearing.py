"""How quickly this host hears: voice detection, recognition, the end of turns, scoring."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from statistics import median
from threading import Event

import numpy as np

from inference.engines.transcribers.clips import at_16_khz
from inference.errors import StageError
from inference.protocols import SpeechDetector, Transcriber
from inference.stages.stage import EngineKind
from inference.types.assessment import AssessRequest, PromptSource
from inference.types.audio import AudioClip
from inference.types.speech import Effort, TranscribeRequest

from .engines import made, name_of, option_of, whisper_models
from .figures import BEAMS, RecognitionTime

SPEECH_S = 4
RATE_HZ = 16_000
_WINDOWS = 200


def four_seconds(spoken: AudioClip) -> AudioClip:
    """Return four seconds at 16 kHz that begin with what is spoken."""
    samples = at_16_khz(spoken)
    length = SPEECH_S * RATE_HZ
    return AudioClip.from_float32(
        np.pad(samples, (0, max(0, length - samples.size)))[:length], RATE_HZ
    )


def detector_s(clip: AudioClip) -> float:
    """Return how long voice detection takes for a window."""
    engine: SpeechDetector = made(EngineKind.DETECTOR)
    with closing(engine):
        stream = engine.open()
        size = stream.window_samples
        samples = np.resize(clip.as_float32(), _WINDOWS * size)
        stream.probability(samples[:size])
        began = time.perf_counter()
        for at in range(0, samples.size, size):
            stream.probability(samples[at : at + size])
        return (time.perf_counter() - began) / _WINDOWS


def turn_detector_s(clip: AudioClip, runs: int) -> float | None:
    """Return how long the end of a turn takes to hear; None where nothing can hear it."""
    if name_of(EngineKind.TURN_DETECTOR) == "none":
        return None
    try:
        with closing(made(EngineKind.TURN_DETECTOR)) as engine:
            engine.warm()
            samples = clip.as_float32()
            return seconds(runs, lambda: engine.end_probability(samples))
    except StageError:
        return None


def recognition(
    clip: AudioClip, threads: Iterable[int], runs: int
) -> Iterator[RecognitionTime]:
    """Yield what each model takes with so many threads, at each effort."""
    if name_of(EngineKind.TRANSCRIBER) != "faster_whisper":
        engine: Transcriber = made(EngineKind.TRANSCRIBER)
        name = name_of(EngineKind.TRANSCRIBER)
        yield from _efforts(engine, name, 0, clip, [Effort.USUAL], runs)
        return
    on_card = option_of(EngineKind.TRANSCRIBER, "device") != "cpu"
    for model in whisper_models():
        for n_threads in (0,) if on_card else threads:
            engine = made(
                EngineKind.TRANSCRIBER,
                model=model,
                threads=n_threads,
                beam_size=BEAMS[Effort.USUAL],
            )
            yield from _efforts(engine, model, n_threads, clip, Effort, runs)


def scoring_s(clip: AudioClip, text: str, runs: int) -> float | None:
    """Return how long it takes to judge what was recognised; None where nothing can."""
    transcriber: Transcriber = made(EngineKind.TRANSCRIBER)
    with closing(transcriber):
        heard = transcriber.transcribe(
            TranscribeRequest(clip, want_features=True), cancelled=Event()
        )
    request = AssessRequest(
        clip, heard.text or text, source=PromptSource.HEARD, heard=heard
    )
    try:
        with closing(made(EngineKind.SCORER)) as scorer:
            scorer.warm()
            scorer.assess(request, cancelled=Event())
            return seconds(runs, lambda: scorer.assess(request, cancelled=Event()))
    except StageError:
        return None


def seconds(runs: int, work: Callable[[], object]) -> float:
    """Return how long something takes, the middle of some runs."""
    took = []
    for _ in range(runs):
        began = time.perf_counter()
        work()
        took.append(time.perf_counter() - began)
    return median(took)


def _efforts(
    engine: Transcriber,
    model: str,
    threads: int,
    clip: AudioClip,
    efforts: Iterable[Effort],
    runs: int,
) -> Iterator[RecognitionTime]:
    def heard(request: TranscribeRequest) -> float:
        return seconds(runs, lambda: engine.transcribe(request, cancelled=Event()))

    with closing(engine):
        engine.warm()
        partial_s = heard(TranscribeRequest(clip, partial=True))
        for effort in efforts:
            request = TranscribeRequest(clip, want_features=True, effort=effort)
            yield RecognitionTime(model, threads, effort, heard(request), partial_s)
