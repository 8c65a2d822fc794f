"""How espeak-ng would say a clause: the timeline for voices on other machines.

It runs in its own program (``espeak_voice_process``): GPL-3, see ``espeak_library``.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.util import find_spec

import numpy as np

from inference.calls import ProcessGone
from inference.errors import StageError
from inference.lifecycle import FOR_LATER, ChildProcess
from inference.protocols import Cancelled
from inference.types.audio import FloatSamples

from .piper_phonemes import Counted, between
from .sound_times import by_letters, laid_over, letters_of
from .time_warp import open_end
from .voice_client import VoiceClient

logger = logging.getLogger(__name__)

_PATIENCE_S = 3.0


@dataclass(frozen=True, slots=True)
class ClauseModel:
    """A clause as espeak-ng says it; ``rate_hz`` 0 where nobody knows how it sounds.

    ``words`` are the sounds of each word of the whole text by itself.
    """

    text: str
    samples: FloatSamples
    rate_hz: int
    codes: tuple[Counted, ...]
    words: tuple[tuple[str, ...], ...]

    def over(self, sound: FloatSamples, rate_hz: int) -> list[Counted]:
        """Return the clause's sounds with counts that sum to all of ``sound``."""
        if not self.rate_hz:
            return by_letters(self.text, sound, rate_hz)
        return laid_over(self.codes, self.samples, self.rate_hz, sound, rate_hz)

    def over_beginning(self, sound: FloatSamples, rate_hz: int) -> list[Counted]:
        """Return the sounds that ``sound``, the clause's beginning, holds."""
        end = int(open_end(self.samples, self.rate_hz, sound, rate_hz) * self.rate_hz)
        codes = between(self.codes, 0, end)
        return laid_over(codes, self.samples[:end], self.rate_hz, sound, rate_hz)


class ClauseModels:
    """Asks espeak-ng; without it, letters stand in for sounds. Thread-safe."""

    def __init__(self) -> None:
        self._client = VoiceClient(
            ChildProcess(
                "inference.engines.synthesizers.espeak_voice_process",
                (),
                pipe_output=True,
                politeness=FOR_LATER,
            ),
            name="espeak-ng",
            patience_s=_PATIENCE_S,
        )
        self._is_here = find_spec("piper") is not None

    def close(self) -> None:
        """End the program."""
        self._client.close()

    def of(
        self, clause: str, words: Sequence[str], language: str, cancelled: Cancelled
    ) -> ClauseModel:
        """Return how a clause sounds."""
        try:
            if self._is_here:
                return self._asked(clause, words, language, cancelled)
        except (StageError, ProcessGone) as failure:
            logger.warning("No times from espeak-ng: %s", type(failure).__name__)
        alone = tuple(tuple(letters_of(word)) for word in words)
        return ClauseModel(clause, np.zeros(0, np.float32), 0, (), alone)

    def _asked(
        self, clause: str, words: Sequence[str], language: str, cancelled: Cancelled
    ) -> ClauseModel:
        rate_hz = self._client.start().sample_rate_hz
        sounds: list[FloatSamples] = []
        codes: list[Counted] = []
        alone: tuple[tuple[str, ...], ...] = ()
        for raw in self._client.speak(
            clause, 1.0, words, language=language, cancelled=cancelled
        ):
            sounds.append(np.frombuffer(raw.samples, "<f4").astype(np.float32))
            codes += raw.phonemes
            alone = raw.words
        if not sounds:
            raise StageError("tts.failed", "espeak-ng says nothing")
        return ClauseModel(clause, np.concatenate(sounds), rate_hz, tuple(codes), alone)
