"""The lines of a clip, said by the tutor's voice one after the other."""

from __future__ import annotations

from inference.conf import get_engine
from inference.errors import StageError
from inference.protocols import Cancelled
from inference.stages.executor import execute_stage
from inference.stages.stage import STAGES, Stage
from inference.types.audio import AudioClip
from inference.types.speech import PhonemeSpan, SpeechChunk, SynthesisRequest

from .captions import Cue

PAUSE_MS = 700
# A still moment before the first word: players fade in.
LEAD_MS = 300


def say_lines(
    lines: tuple[str, ...], *, language: str, cancelled: Cancelled
) -> tuple[tuple[SpeechChunk, ...], tuple[Cue, ...]]:
    """Return the speech with its pauses, and when each line is said.

    Raises StageError ``tts.failed``.
    """
    said: list[SpeechChunk] = []
    cues: list[Cue] = []
    at_ms = 0.0
    for line in lines:
        chunks: list[SpeechChunk] = list(
            execute_stage(
                Stage.SYNTHESIZE,
                SynthesisRequest(line, language=language),
                get_engine=get_engine,
                cancelled=cancelled,
            )
        )
        if cancelled.is_set():
            return (), ()
        if not chunks:
            raise StageError(
                STAGES[Stage.SYNTHESIZE].failed_code, "the voice said nothing"
            )
        rest = _silence(PAUSE_MS if said else LEAD_MS, chunks[0].clip.sample_rate_hz)
        said += [rest, *chunks]
        start_ms = at_ms + rest.clip.duration_ms
        at_ms = start_ms + sum(chunk.clip.duration_ms for chunk in chunks)
        cues.append(Cue(line, round(start_ms), round(at_ms)))
    if said:
        said.append(_silence(PAUSE_MS, said[0].clip.sample_rate_hz))
    return tuple(said), tuple(cues)


def _silence(ms: int, rate_hz: int) -> SpeechChunk:
    clip = AudioClip(bytes(2 * (rate_hz * ms // 1000)), rate_hz)
    return SpeechChunk(clip, (PhonemeSpan("", 0.0, clip.duration_ms),))
