"""``make train-languages``: phone models of Spanish, French and German from voices.

Nobody has rated speech in these languages here, and hardly anybody recorded it: the
models learn from synthetic voices, are tested on others, and promise no agreement with
experts. Seeds are fixed; what was said and encoded is kept in the work folder.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from pathlib import Path

import torch

from inference.engines.scorers.frame_encoder import FrameEncoder
from inference.phonetics.phonemizer import pronouncer

from .languages.course import Course
from .languages.kokoro_files import KokoroFilesError
from .languages.programs import VoiceError, missing
from .languages.stored import write
from .train_scorer import log

LANGUAGES = ("es", "fr", "de")
_MODELS = "~/.cache/tutorplatform/models"
_PROGRAMS = {
    "espeak-ng": "espeak-ng",
    "pico2wave": "libttspico-utils (non-free)",
    "mbrola": "mbrola and its voices (contrib, non-free)",
}


def run(options: argparse.Namespace) -> dict[str, object]:
    """Train every language, write the weights, return every figure."""
    torch.set_num_threads(options.threads)
    encoder = FrameEncoder(options.encoder, threads=options.threads)
    report: dict[str, object] = {}
    courses = []
    try:
        for language in options.languages:
            log(f"{language}: voices")
            courses.append(
                Course(language, pronouncer(language), encoder, options.work, log)
            )
        for course in courses:
            model = course.trained()
            path = options.output / f"phones_{course.language}.npz"
            write(model, path)
            others = [c for c in courses if c is not course]
            report[course.language] = {
                "phonemes": len(model.phonemes),
                "bytes": path.stat().st_size,
                **course.figures(model, others, options.recordings),
            }
            log(json.dumps({course.language: report[course.language]}))
    finally:
        for course in courses:
            course.close()
    return report


def main() -> int:
    """Read the command line, train, print the figures as one JSON object."""
    parser = argparse.ArgumentParser(description=__doc__)
    models = Path(os.environ.get("TUTOR_MODELS_DIR", _MODELS)).expanduser()
    parser.add_argument(
        "--encoder",
        type=Path,
        default=models / "whisper-base",
        help="whisper-base, CTranslate2",
    )
    parser.add_argument("--output", type=Path, required=True, help="folder of weights")
    parser.add_argument("--work", type=Path, default=Path(".dev/training/languages"))
    parser.add_argument("--languages", nargs="+", choices=LANGUAGES, default=LANGUAGES)
    parser.add_argument(
        "--recordings",
        type=Path,
        default=Path("/"),
        help="where Asterisk's announcements are installed",
    )
    parser.add_argument("--threads", type=int, default=2)
    options = parser.parse_args()
    if absent := missing(tuple(_PROGRAMS)):
        log("Install from Debian: " + ", ".join(_PROGRAMS[name] for name in absent))
        return 1
    try:
        report = run(options)
    except (VoiceError, KokoroFilesError) as error:
        log(str(error))
        return 1
    sys.stdout.write(json.dumps(report, indent=1) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
