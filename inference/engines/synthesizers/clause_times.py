"""When the sounds of a clause are said, for voices that say nothing of them.

espeak-ng says the same clause, silently, and knows; that timeline is laid over the voice's
(``time_warp``). Without espeak-ng letters stand in. It is GPL-3: see ``espeak_library``.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence

from inference.types.audio import FloatSamples

from .espeak_library import EspeakVoice
from .piper_phonemes import Counted
from .sound_times import by_letters, laid_over, letters_of

logger = logging.getLogger(__name__)


class ClauseTimes:
    """Estimates for one program. Not thread-safe.

    ``lettered`` are languages in which letters serve better than espeak-ng.
    """

    def __init__(self, *, lettered: frozenset[str] = frozenset()) -> None:
        self._lettered = lettered
        try:
            self._espeak: EspeakVoice | None = EspeakVoice()
        except SystemExit:
            logger.warning("No espeak-ng: the mouth follows letters, not sounds")
            self._espeak = None

    def of(
        self,
        clause: str,
        language: str,
        speed: float,
        sound: FloatSamples,
        rate_hz: int,
    ) -> list[Counted]:
        """Return the sounds of a clause with counts that sum to ``sound``."""
        if self._espeak is None or language in self._lettered:
            return by_letters(clause, sound, rate_hz)
        model, codes = self._espeak.say(clause, language, speed)
        if not model.size:
            return by_letters(clause, sound, rate_hz)
        return laid_over(codes, model, self._espeak.rate_hz, sound, rate_hz)

    def sounds_of(self, word: str, language: str) -> Sequence[str]:
        """Return the sounds of a word by itself."""
        if self._espeak is None or language in self._lettered:
            return letters_of(word)
        return self._espeak.sounds_of(word, language)
