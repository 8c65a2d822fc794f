"""``make check-voices``: what the voices say, written down again by the recogniser.

Lines of dialogues and examples of words from the courses that ship are spoken by the voice
of their language and transcribed. The share of words heard otherwise is the word error
rate. It holds the recogniser's own mistakes too: compare voices by it, not languages.
"""

from __future__ import annotations

import argparse
import os
import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Event
from typing import Any

import django
import numpy as np
import soxr
from django.conf import settings

from inference import conf
from inference.stages.stage import EngineKind
from inference.types.audio import AudioClip
from inference.types.speech import SynthesisRequest, TranscribeRequest

from .report import machine, report, say
from .words_heard import words_wrong

SETTINGS = "tutorplatform.settings.local"
LANGUAGES = ("en", "es", "fr", "de")
CONTENT = Path(__file__).parents[1] / "lessons" / "content"
WORST = 8
# What a voice should reach on whisper-base; measured values are in docs/engines.md.
TARGETS = {"en": "<= 0.1", "es": "<= 0.2", "fr": "<= 0.2", "de": "<= 0.2"}
_SEED = 7
_RATE_HZ = 16_000


@dataclass(frozen=True, slots=True)
class Heard:
    """A line, what the recogniser wrote, and how long saying it took."""

    line: str
    heard: str
    wrong: int
    words: int
    speech_s: float
    made_s: float
    first_s: float


def main() -> None:
    """Check the voices and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--language", choices=LANGUAGES, action="append")
    parser.add_argument(
        "--sample", type=int, default=0, help="lines of each language; 0: all"
    )
    parser.add_argument(
        "--only", default="", help="one engine of those listed for the languages: pico"
    )
    options = parser.parse_args()
    before = machine()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    django.setup()
    languages = options.language or list(LANGUAGES)
    _choose(options.only)
    figures: dict[str, float] = {}
    detail: dict[str, Any] = {}
    try:
        for language in languages:
            lines = _sample(sorted(set(course_lines(language))), options.sample)
            results = list(_checked(language, lines))
            figures |= _figures(language, results)
            detail[language] = _detail(language, results)
    finally:
        conf.shutdown()
    targets = {
        f"word_error_rate_{tag}": TARGETS[tag] for tag in languages if not options.only
    }
    report(figures, targets, detail, before=before)


def course_lines(language: str) -> Iterator[str]:
    """Yield what is spoken in the courses of a language: dialogues and examples."""
    # It has words in it that are translated, so it needs the settings.
    from lessons.course_files.reading import read_course  # noqa: PLC0415

    for folder in sorted(CONTENT.glob("*/course.yaml")):
        course = read_course(folder.parent)
        if course.course.l2.split("-")[0] != language:
            continue
        for lesson in course.lessons:
            yield from (utterance.text for utterance in lesson.dialogue)
            yield from (word.example for word in lesson.words)


def _choose(engine: str) -> None:
    """Leave only one engine in the lists of voices; fetch nothing on the way."""
    synthesizer = settings.INFERENCE["ENGINES"]["synthesizer"]
    synthesizer["OPTIONS"]["fetch_in_background"] = False
    voices = synthesizer["OPTIONS"]["voices"]
    for language, listed in voices.items():
        if engine:
            voices[language] = [one for one in listed if one["NAME"] == engine]
        if engine and not voices[language]:
            voices[language] = [{"NAME": engine, "OPTIONS": {}}]


def _sample(lines: Sequence[str], n_lines: int) -> list[str]:
    if not n_lines or n_lines >= len(lines):
        return list(lines)
    return random.Random(_SEED).sample(lines, n_lines)  # noqa: S311 - no secret


def _checked(language: str, lines: Sequence[str]) -> Iterator[Heard]:
    voice = conf.get_engine(EngineKind.SYNTHESIZER)
    whisper = conf.get_engine(EngineKind.TRANSCRIBER)
    for _ in voice.synthesize(
        SynthesisRequest(lines[0], language=language), cancelled=Event()
    ):
        pass
    for number, line in enumerate(lines, start=1):
        began = time.monotonic()
        first_s, sounds, rate_hz = 0.0, [], _RATE_HZ
        request = SynthesisRequest(line, language=language)
        for chunk in voice.synthesize(request, cancelled=Event()):
            first_s = first_s or time.monotonic() - began
            rate_hz = chunk.clip.sample_rate_hz
            sounds.append(chunk.clip.as_float32())
        made_s = time.monotonic() - began
        sound = np.concatenate(sounds)
        clip = AudioClip.from_float32(
            np.asarray(soxr.resample(sound, rate_hz, _RATE_HZ), np.float32), _RATE_HZ
        )
        asked = TranscribeRequest(clip, language=language)
        text = whisper.transcribe(asked, cancelled=Event()).text
        wrong, words = words_wrong(line, text, language)
        yield Heard(line, text, wrong, words, sound.size / rate_hz, made_s, first_s)
        if number % 20 == 0 or number == len(lines):
            say(f"  {language}: {number} of {len(lines)} lines")


def _figures(language: str, results: Sequence[Heard]) -> dict[str, float]:
    speech_s = sum(one.speech_s for one in results)
    return {
        f"word_error_rate_{language}": sum(one.wrong for one in results)
        / max(1, sum(one.words for one in results)),
        f"lines_not_heard_{language}": float(sum(not one.heard for one in results)),
        f"made_s_per_s_{language}": sum(one.made_s for one in results) / speech_s,
        f"first_sound_p50_s_{language}": float(np.median([r.first_s for r in results])),
        f"lines_{language}": float(len(results)),
    }


def _detail(language: str, results: Sequence[Heard]) -> dict[str, Any]:
    voices = conf.get_engine(EngineKind.SYNTHESIZER).capabilities.voices
    worst = sorted(results, key=lambda one: one.wrong / max(1, one.words))[::-1][:WORST]
    return {
        "voice": voices[language].name if language in voices else "",
        "worst": [
            {"said": one.line, "heard": one.heard, "wrong": one.wrong}
            for one in worst
            if one.wrong
        ],
    }


if __name__ == "__main__":
    main()
