"""The tutor's voice for single words and phrases, kept for a short while."""

from __future__ import annotations

import base64
import time
from collections import OrderedDict
from collections.abc import Callable
from typing import Any

from inference.errors import StageError
from inference.phonetics.inventory import primary_tag
from inference.protocols import Cancelled
from inference.runners.base import StageRunner
from inference.stages.stage import STAGES, Stage
from inference.types.audio import AudioClip
from inference.types.speech import SpeechChunk, SynthesisRequest

from ..wav_sound import write_wav

MAX_KEPT = 64
KEPT_FOR_S = 600.0


class SpokenWords:
    """Says words and remembers how: a class practises the same ones at the same time."""

    def __init__(
        self,
        *,
        max_kept: int = MAX_KEPT,
        kept_for_s: float = KEPT_FOR_S,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._max_kept = max_kept
        self._kept_for_s = kept_for_s
        self._clock = clock
        self._kept: OrderedDict[SynthesisRequest, tuple[float, dict[str, Any]]] = (
            OrderedDict()
        )

    async def say(
        self,
        runner: StageRunner,
        text: str,
        *,
        language: str,
        speed: float,
        cancelled: Cancelled,
    ) -> dict[str, Any]:
        """Return sound and phonemes as JSON. Raises StageError ``tts.failed``."""
        request = SynthesisRequest(text, speed, primary_tag(language))
        kept = self._kept.get(request)
        if kept is not None and self._clock() - kept[0] < self._kept_for_s:
            self._kept.move_to_end(request)
            return kept[1]
        chunks = [
            produced.value
            async for produced in runner.run(
                Stage.SYNTHESIZE, request, cancelled=cancelled
            )
        ]
        if not chunks:
            raise StageError(
                STAGES[Stage.SYNTHESIZE].failed_code, "the voice said nothing"
            )
        said = _as_json(text, speed, chunks)
        self._kept[request] = (self._clock(), said)
        self._kept.move_to_end(request)
        if len(self._kept) > self._max_kept:
            self._kept.popitem(last=False)
        return said


def _as_json(text: str, speed: float, chunks: list[SpeechChunk]) -> dict[str, Any]:
    phonemes: list[dict[str, Any]] = []
    start_ms = 0.0
    for chunk in chunks:
        phonemes += [
            {
                "ipa": span.phoneme,
                "start_ms": round(start_ms + span.start_ms),
                "end_ms": round(start_ms + span.end_ms),
            }
            for span in chunk.phonemes
        ]
        start_ms += chunk.clip.duration_ms
    pcm = b"".join(chunk.clip.pcm for chunk in chunks)
    clip = AudioClip(pcm, chunks[0].clip.sample_rate_hz)
    return {
        "text": text,
        "speed": speed,
        "audio": base64.b64encode(write_wav(clip)).decode("ascii"),
        "duration_ms": round(clip.duration_ms),
        "phonemes": phonemes,
    }


spoken_words = SpokenWords()
