"""What hearing several learners at once brings: clips a second, alone and together.

``python -m bench.recognition`` prints one JSON object; progress goes to stderr.
"""

from __future__ import annotations

import argparse
import os
import time
from pathlib import Path
from statistics import median
from threading import Event
from typing import Any

from bench.floor import clip_of
from bench.report import machine, report, say
from inference.engines.synthesizers.piper import Piper
from inference.engines.transcribers.faster_whisper import FasterWhisper
from inference.types.speech import TranscribeRequest, Transcript

_TEXTS = (
    "What time does the train leave?",
    "I would like a cup of tea.",
    "My sister is twenty years old.",
    "He works in a small hospital near the sea.",
    "I have never been to London.",
    "We are going to see a film tonight.",
    "Can you repeat the question, please?",
    "Yesterday I went to the market.",
)


def measure(
    whisper: FasterWhisper, requests: list[TranscribeRequest], size: int, runs: int
) -> tuple[dict[str, float], list[float]]:
    """Return the figures of one size of batch. Alone and together take turns."""
    alone, together = [], []
    group = [requests[i % len(requests)] for i in range(size)]
    for _ in range(runs):
        start = time.perf_counter()
        one_by_one = [whisper.transcribe(each, cancelled=Event()) for each in group]
        between = time.perf_counter()
        at_once = whisper.transcribe_batch(group)
        alone.append(between - start)
        together.append(time.perf_counter() - between)
        if one_by_one != at_once:
            raise SystemExit("Clips were heard in another way together")
    slow, quick = median(alone), median(together)
    say(f"  {size} clips: {slow:.2f} s one by one, {quick:.2f} s together")
    return {
        f"alone_{size}_clips_per_s": size / slow,
        f"together_{size}_clips_per_s": size / quick,
        f"together_{size}_ratio": slow / quick,
    }, together


def main() -> None:
    """Measure batches of 2, 4 and 8 clips of about two seconds, final and partial."""
    parser = argparse.ArgumentParser(description=__doc__)
    models = Path.home() / ".cache/tutorplatform/models"
    parser.add_argument(
        "--models", type=Path, default=os.environ.get("TUTOR_MODELS_DIR", str(models))
    )
    parser.add_argument("--model", default="whisper-base")
    parser.add_argument("--voice", default="piper-en_US-joe-medium")
    parser.add_argument("--device", default="cpu")
    parser.add_argument("--compute-type", default="")
    parser.add_argument("--runs", type=int, default=5)
    arguments = parser.parse_args()
    before = machine()
    piper = Piper(model_dir=arguments.models / arguments.voice)
    clips = [clip_of(piper, text) for text in _TEXTS]
    piper.close()
    whisper = FasterWhisper(
        model_dir=arguments.models / arguments.model,
        device=arguments.device,
        compute_type=arguments.compute_type,
        batch=len(clips),
    )
    whisper.warm()
    figures: dict[str, float] = {}
    detail: dict[str, Any] = {"model": arguments.model, "runs": arguments.runs}
    requests = [TranscribeRequest(clip) for clip in clips]
    detail["texts"] = [
        heard.text if isinstance(heard, Transcript) else heard.code
        for heard in whisper.transcribe_batch(requests)
    ]
    for size in (2, 4, 8):
        found, times = measure(whisper, requests, size, arguments.runs)
        figures |= found
        detail[f"together_{size}_s"] = [round(each, 3) for each in times]
    partial = [TranscribeRequest(clip, partial=True) for clip in clips]
    found, _ = measure(whisper, partial, 8, arguments.runs)
    figures |= {f"partial_{name}": value for name, value in found.items()}
    whisper.close()
    report(figures, {"together_8_ratio": ">= 1.2 times"}, detail, before=before)


if __name__ == "__main__":
    main()
