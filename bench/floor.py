"""How fast each model is by itself on this machine: what no pipeline can go below.

``python -m bench.floor`` prints one JSON object; progress goes to stderr.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median
from threading import Event
from typing import Any

import numpy as np
import soxr

from inference.engines.dialogue.llama_cpp import LlamaCpp
from inference.engines.synthesizers.piper import Piper
from inference.engines.transcribers.faster_whisper import FasterWhisper
from inference.types.audio import AudioClip
from inference.types.dialogue import DialogueRequest, Message
from inference.types.speech import SynthesisRequest, TranscribeRequest

EIGHT_WORDS = "That sounds like a really nice weekend, Mina."
SPOKEN = "Yesterday I went to the market with my sister and we bought two apples."
# About 40 tokens in the tokenizers of both models.
TURN = (
    "Yesterday I go to the market with my sister and we buy two apples and some bread "
    "for the dinner, but it was closed early so we come back home."
)
RULES = (
    "You are a friendly tutor of English. You speak with a learner at level A2. " * 8
)

Figures = dict[str, float]


def transcription_floor(whisper: FasterWhisper, piper: Piper, runs: int) -> Figures:
    """Seconds to recognise four seconds of speech, whole and partial."""
    speech = _four_seconds(piper)
    final = _times(
        runs, lambda: whisper.transcribe(TranscribeRequest(speech), cancelled=Event())
    )
    quick = TranscribeRequest(speech, partial=True)
    partial = _times(runs, lambda: whisper.transcribe(quick, cancelled=Event()))
    return {"transcribe_4s_p50_s": median(final), "partial_4s_p50_s": median(partial)}


def synthesis_floor(piper: Piper, runs: int) -> Figures:
    """Seconds to the first sound of eight words."""

    def first() -> None:
        next(piper.synthesize(SynthesisRequest(EIGHT_WORDS), cancelled=Event()))

    return {"tts_first_audio_8_words_p50_s": median(_times(runs, first))}


def dialogue_floor(llama: LlamaCpp, runs: int) -> Figures:
    """First token of a 40-token turn on a cached prefix, and tokens a second."""
    firsts, read, written = [], [], []
    for run in range(runs):
        # The rules stay in the slot; the turn is new each time.
        turn = Message("user", f"{run}. {TURN}")
        request = DialogueRequest((Message("system", RULES), turn), "floor", 32, 0.0)
        _read_rules(llama)
        start = time.perf_counter()
        for index, _ in enumerate(llama.respond(request, cancelled=Event())):
            if index == 0:
                firsts.append(time.perf_counter() - start)
        use = llama.prompt_use("floor")
        if use is not None and use.read_ms and use.written_ms:
            read.append(1000 * use.read_tokens / use.read_ms)
            written.append(1000 * use.written_tokens / use.written_ms)
    llama.release("floor")
    return {
        "llm_first_token_p50_s": median(firsts),
        "llm_read_tokens_per_s": median(read),
        "llm_write_tokens_per_s": median(written),
    }


def machine() -> dict[str, Any]:
    """What the figures were measured on."""
    return {
        "cores": os.cpu_count(),
        "processor": platform.processor() or platform.machine(),
        "python": platform.python_version(),
        "load": os.getloadavg()[0],
    }


def _read_rules(llama: LlamaCpp) -> None:
    rules = DialogueRequest((Message("system", RULES),), "floor", max_tokens=0)
    for _ in llama.respond(rules, cancelled=Event()):
        pass


def _four_seconds(piper: Piper) -> AudioClip:
    samples = clip_of(piper, SPOKEN).as_float32()
    return AudioClip.from_float32(np.pad(samples, (0, 64_000))[:64_000], 16_000)


def clip_of(piper: Piper, text: str) -> AudioClip:
    """Return a sentence as a microphone would give it, at 16 kHz."""
    chunks = list(piper.synthesize(SynthesisRequest(text), cancelled=Event()))
    whole = np.concatenate([chunk.clip.as_float32() for chunk in chunks])
    at_16 = soxr.resample(whole, chunks[0].clip.sample_rate_hz, 16_000)
    return AudioClip.from_float32(at_16.astype(np.float32), 16_000)


def _times(runs: int, work: Callable[[], object]) -> list[float]:
    took = []
    for _ in range(runs):
        start = time.perf_counter()
        work()
        took.append(time.perf_counter() - start)
    return took


def _say(text: str) -> None:
    print(text, file=sys.stderr)  # noqa: T201


def measure(models: Path, language_models: Sequence[str], runs: int) -> dict[str, Any]:
    """Load one engine after the other and measure it alone."""
    figures: Figures = {}
    piper = Piper(model_dir=models / "piper-en_US-joe-medium")
    whisper = FasterWhisper(model_dir=models / "whisper-base")
    _say("voice and recogniser ...")
    piper.warm()
    whisper.warm()
    figures |= synthesis_floor(piper, runs)
    figures |= transcription_floor(whisper, piper, runs)
    piper.close()
    whisper.close()
    for number, name in enumerate(language_models):
        _say(f"{name} ...")
        llama = LlamaCpp(model_dir=models / name, slots=1)
        llama.warm()
        found = dialogue_floor(llama, runs)
        figures |= (
            found if number == 0 else {f"{key}:{name}": found[key] for key in found}
        )
        llama.close()
    return figures


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    default = Path.home() / ".cache/tutorplatform/models"
    parser.add_argument(
        "--models", type=Path, default=Path(os.environ.get("TUTOR_MODELS_DIR", default))
    )
    parser.add_argument(
        "--language-model",
        action="append",
        help="may be given several times; the first one's figures have no suffix",
    )
    parser.add_argument("--runs", type=int, default=7)
    arguments = parser.parse_args()
    names = arguments.language_model or ["qwen2.5-coder-1.5b-instruct-q4_k_m"]
    figures = measure(arguments.models, names, arguments.runs)
    result = {"figures": figures, "targets": {}, "machine": machine(), "detail": {}}
    print(json.dumps(result, indent=2))  # noqa: T201


if __name__ == "__main__":
    main()
