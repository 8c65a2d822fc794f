"""What a voice's program says of one text: sentences, or pieces of them, as speech."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from inference.types.audio import FloatSamples
from inference.types.speech import SpeechChunk

from .loudness import amplified, fade, gain_db, speech_level_db
from .piper_phonemes import Counted, between, ipa_phonemes
from .spoken_chunk import pause_ms, with_pause
from .voice_client import RawSpeech
from .voice_level import VoiceLevel
from .word_places import Place, place_words

# The gain of a clause is set by its first piece, and comes to what the whole asks for in
# so long: less than a step that is heard, and less than a voice's level moves by itself.
_GLIDE_S = 0.25


class SpokenSentences:
    """One text that is being said. Used by one thread."""

    def __init__(
        self, written: Sequence[str], rate_hz: int, speed: float, level: VoiceLevel
    ) -> None:
        self._written = written
        self._rate_hz = rate_hz
        self._speed = speed
        self._level = level
        self._n_words = 0
        # Sentences that were heard to their end, and how far the next one was.
        self._n_heard = 0
        self._heard_until = 0.0
        self._now = -1
        self._sentence = _Sentence((), ())

    def again(self) -> None:
        """The text is said anew: what was heard of it is not heard again."""
        self._now = -1

    def chunk(self, raw: RawSpeech) -> SpeechChunk | None:
        """Return what comes next as speech; None if all of it was heard."""
        if raw.begin == 0:
            self._now += 1
        if self._now < self._n_heard:
            return None
        if raw.begin == 0:
            before = self._sentence if self._heard_until else None
            self._sentence = _Sentence(
                raw.phonemes, place_words(raw.words[self._n_words :], raw.phonemes)
            )
            self._sentence.resume(before, self._heard_until)
        chunk = self._next_of(self._sentence, raw)
        if chunk is not None:
            end = raw.begin + len(raw.samples) // 4
            self._heard_until = _how_far(raw.phonemes, end)
        if not raw.goes_on:
            self._n_heard += 1
            self._heard_until = 0.0
            self._n_words += len(self._sentence.places)
        return chunk

    def _next_of(self, sentence: _Sentence, raw: RawSpeech) -> SpeechChunk | None:
        sound = raw.sound
        end = raw.begin + sound.size
        begin = max(raw.begin, sentence.heard)
        if begin >= end > 0:
            return None
        gains = self._gains(sentence, raw, end - begin)
        voiced = fade(
            amplified(sound[begin - raw.begin :], gains),
            self._rate_hz,
            # What was made anew does not join what was heard.
            begins=begin in (0, sentence.heard),
            ends=not raw.goes_on,
        )
        codes = ipa_phonemes(raw.phonemes)
        wanted_ms = 0.0 if raw.goes_on else pause_ms(raw.phonemes) / self._speed
        return with_pause(
            voiced,
            between(codes, begin, end),
            self._words(sentence, begin, end),
            self._rate_hz,
            wanted_ms,
        )

    def _gains(
        self, sentence: _Sentence, raw: RawSpeech, n_samples: int
    ) -> FloatSamples | float:
        """Return the gain of the last ``n_samples`` of a piece, in dB."""
        if not n_samples:
            return 0.0
        level_db = raw.level_db
        if level_db is None:
            level_db = speech_level_db(raw.sound, self._rate_hz)
        if raw.goes_on:
            sentence.beginning = sentence.beginning or (level_db, raw.share)
            level_db = self._level.expected_db(level_db, raw.share)
        else:
            self._level.learn(level_db, sentence.beginning)
        wanted = gain_db(level_db)
        gained, sentence.gain_db = sentence.gain_db, wanted
        if gained is None:
            return wanted
        width = min(int(_GLIDE_S * self._rate_hz), n_samples)
        gains = np.full(n_samples, wanted, np.float32)
        gains[:width] = np.linspace(gained, wanted, width)
        return gains

    def _words(
        self, sentence: _Sentence, begin: int, end: int
    ) -> list[tuple[str, Place | None]]:
        """Return the words that begin in a piece, and end with it at the latest."""
        written = self._written[self._n_words :]
        return [
            (word, (place[0] - begin, min(place[1], end) - begin))
            for word, place in zip(written, sentence.places, strict=False)
            if place is not None and begin <= place[0] < end
        ]


class _Sentence:
    """The sentence that is being said."""

    def __init__(
        self, codes: Sequence[Counted], places: Sequence[Place | None]
    ) -> None:
        self.codes = codes
        self.places = places
        self.gain_db: float | None = None
        # The level of its beginning, and which share of it that is.
        self.beginning: tuple[float, float] | None = None
        # Samples of it that were heard before it was made anew.
        self.heard = 0

    def resume(self, before: _Sentence | None, until: float) -> None:
        """Go on where the same sentence, made before, was heard until."""
        if before is not None:
            self.gain_db = before.gain_db
            self.heard = _sample_at(self.codes, until)


def _how_far(codes: Sequence[Counted], sample: int) -> float:
    """Return how many codes are over at a sample: it is the same if they last longer."""
    at = 0
    for index, (_, n) in enumerate(codes):
        if at + n > sample:
            return index + (sample - at) / n
        at += n
    return float(len(codes))


def _sample_at(codes: Sequence[Counted], far: float) -> int:
    """Return the sample at which so many codes are over."""
    whole = int(far)
    begun = codes[whole][1] if whole < len(codes) else 0
    return sum(n for _, n in codes[:whole]) + round(begun * (far - whole))
