"""What is measured of a host, and what it is tuned for: plain values, times in seconds."""

from __future__ import annotations

from dataclasses import dataclass

from inference.types.speech import Effort

# The beams of a recogniser's efforts.
BEAMS = {Effort.QUICK: 1, Effort.USUAL: 2, Effort.THOROUGH: 5}


@dataclass(frozen=True, slots=True)
class RecognitionTime:
    """How long four seconds of speech take a model, with so many threads and this effort.

    ``partial_s`` is a look at them while they are unfinished.
    """

    model: str
    threads: int
    effort: Effort
    seconds: float
    partial_s: float


@dataclass(frozen=True, slots=True)
class WritingSpeed:
    """How quick the language model is with so many threads.

    ``first_s`` is to the first token of a turn of usual length whose conversation was read
    before. ``read_per_s`` is None where the server does not say.
    """

    threads: int
    first_s: float
    written_per_s: float
    read_per_s: float | None = None

    def clause_s(self, tokens: int) -> float:
        """Return how long so many tokens take, from the question on."""
        return self.first_s + (tokens - 1) / self.written_per_s


@dataclass(frozen=True, slots=True)
class HostFigures:
    """What a host can do, each engine by itself.

    ``voice_s`` is to the first sound of eight words, ``detector_s`` for a window of 32 ms.
    ``face_cores`` is how many cores the drawn head's video takes while it is made in real
    time; None: it cannot be made.
    ``own_model``: the language model runs on this host. ``load`` is what else ran.
    """

    cores: int
    recognition: tuple[RecognitionTime, ...]
    writing: tuple[WritingSpeed, ...]
    voice_s: float
    detector_s: float
    turn_detector_s: float | None = None
    scoring_s: float | None = None
    face_cores: float | None = None
    face_keeps_up: bool = False
    own_model: bool = True
    load: float = 0.0


@dataclass(frozen=True, slots=True)
class Situation:
    """What the operator has chosen and keeps: tuning goes by it and does not change it.

    ``fixed`` are the kinds whose engines have nothing to tune. ``face`` is the engine of the
    tutor's video.
    """

    target_ms: float
    end_silence_ms: float
    words_decide: bool
    face: str = "none"
    fixed: frozenset[str] = frozenset()
