"""What the models under an answer take by themselves: nothing answers sooner with them.

The floor of a turn is the least silence after which anything is decided, then each model that
its first sound needed, alone on the machine and one after the other: recognition of the
learner's words, the language model where the first words were its own, the voice until its
first sound. Waiting any longer, working beside each other and all that lies between is above it.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from statistics import median
from typing import Any, Final

from inference.types.audio import AudioClip
from inference.types.speech import SynthesisRequest, TranscribeRequest

from .report import percentile, say

LANGUAGE: Final = "en"
_RUNS: Final = 3


@dataclass(frozen=True, slots=True)
class Answered:
    """A turn that was answered by sound.

    ``clip`` is what was recognised at its end, ``first_clause`` what was heard first;
    ``model_s`` is how long the language model was at work on that.
    """

    clip: AudioClip
    first_clause: str
    first_audio_s: float
    model_s: float = 0.0


@dataclass(frozen=True, slots=True)
class Floor:
    """Seconds of one turn."""

    silence_s: float
    recognition_s: float
    model_s: float
    voice_s: float

    @property
    def models_s(self) -> float:
        """All models, without the silence."""
        return self.recognition_s + self.model_s + self.voice_s

    @property
    def all_s(self) -> float:
        """The floor."""
        return self.silence_s + self.models_s


def model_s(timing: Mapping[str, Any]) -> float:
    """Return how long the language model worked on what was heard first, from a timing.

    Words that were there before the model had any are not its own.
    """
    marks: Mapping[str, float] = timing.get("marks", {})
    first: dict[str, Mapping[str, float]] = {}
    for span in timing.get("stages", []):
        first.setdefault(span["name"], span)
    own_ms = marks.get("own_words_ms")
    asked, voice = first.get("respond_first"), first.get("synthesize")
    if own_ms is None or asked is None or voice is None or voice["start_ms"] < own_ms:
        return 0.0
    return max(0.0, voice["start_ms"] - asked["start_ms"]) / 1000


def floors(answered: Sequence[Answered]) -> list[Floor]:
    """Time the models of each turn; the machine should have nothing else to do."""
    from django.conf import settings  # noqa: PLC0415 after setup

    from inference.conf import get_engine  # noqa: PLC0415
    from inference.stages.stage import EngineKind  # noqa: PLC0415

    say("timing the models by themselves")
    whisper = get_engine(EngineKind.TRANSCRIBER)
    voice = get_engine(EngineKind.SYNTHESIZER)
    found = []
    for one in answered:
        heard = TranscribeRequest(one.clip, language=LANGUAGE, want_features=True)
        said = SynthesisRequest(one.first_clause, language=LANGUAGE)
        found.append(
            Floor(
                settings.LIVE["CANDIDATE_SILENCE_MS"] / 1000,
                _usual_s(partial(_recognition_s, whisper, heard)),
                one.model_s,
                _usual_s(partial(_first_sound_s, voice, said)),
            )
        )
    return found


def gap(answered: Sequence[Answered], found: Sequence[Floor]) -> dict[str, float]:
    """Return the medians, and which share of the first audio lies above the floor."""
    audio_s = percentile([one.first_audio_s for one in answered], 0.5)
    floor_s = percentile([one.all_s for one in found], 0.5)
    return {
        "floor_p50_s": floor_s,
        "models_alone_p50_s": percentile([one.models_s for one in found], 0.5),
        "floor_gap_share": (audio_s - floor_s) / audio_s,
    }


def _recognition_s(whisper: Any, request: TranscribeRequest) -> float:
    began = time.perf_counter()
    whisper.transcribe(request, cancelled=threading.Event())
    return time.perf_counter() - began


def _first_sound_s(voice: Any, request: SynthesisRequest) -> float:
    """Return how long the first sound takes; the rest is made, too, as in a turn."""
    began = time.perf_counter()
    chunks = iter(voice.synthesize(request, cancelled=threading.Event()))
    next(chunks, None)
    took_s = time.perf_counter() - began
    for _ in chunks:
        pass
    return took_s


def _usual_s(took: Callable[[], float]) -> float:
    return median(took() for _ in range(_RUNS))
