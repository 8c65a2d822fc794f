"""What a voice's program made of a sentence, as speech with its sounds and words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from inference.types.audio import AudioClip, FloatSamples
from inference.types.speech import PhonemeSpan, SpeechChunk, WordSpan

from .loudness import fade, level
from .piper_phonemes import SILENCE, Counted, ipa_phonemes
from .voice_client import RawSpeech
from .word_places import Place

_PAUSE_MS = {".": 250, "?": 250, "!": 250, ",": 120, ";": 180, ":": 180}
_PAUSE_WITHOUT_MARK_MS = 60


def spoken_chunk(
    raw: RawSpeech,
    words: Iterable[tuple[str, Place | None]],
    rate_hz: int,
    speed: float,
    *,
    goes_on: bool = False,
    like: FloatSamples | None = None,
) -> SpeechChunk:
    """Return the sentence at an even level, with the pause that its last mark asks for.

    One that ``goes_on`` is cut where it is silent: its end gets no pause. ``like`` is the
    sound that the level is measured on.
    """
    samples = raw.sound
    voiced = fade(level(samples, rate_hz, like=like), rate_hz)
    counted = list(ipa_phonemes(raw.phonemes))
    wanted_ms = 0.0 if goes_on else pause_ms(raw.phonemes) / speed
    return with_pause(voiced, counted, words, rate_hz, wanted_ms)


def with_pause(
    voiced: FloatSamples,
    counted: Sequence[Counted],
    words: Iterable[tuple[str, Place | None]],
    rate_hz: int,
    wanted_ms: float,
) -> SpeechChunk:
    """Return sound with its phonemes and words; silence is added to what it ends with."""
    counted = list(counted) or [(SILENCE, voiced.size)]
    trailing = counted[-1][1] if counted[-1][0] == SILENCE else 0
    added = max(0, int(wanted_ms * rate_hz / 1000) - trailing)
    padded = np.concatenate([voiced, np.zeros(added, np.float32)])
    counted.append((SILENCE, padded.size - sum(n for _, n in counted)))
    return SpeechChunk(
        AudioClip.from_float32(padded, rate_hz),
        _spans(counted, rate_hz),
        _word_spans(words, rate_hz),
    )


def pause_ms(codes: Sequence[Counted]) -> int:
    """Return how long the pause behind a sentence is that is not said slowly."""
    for code, _ in reversed(codes):
        if code in _PAUSE_MS:
            return _PAUSE_MS[code]
        if code not in "$ \"'":
            break
    return _PAUSE_WITHOUT_MARK_MS


def _spans(counted: list[Counted], rate_hz: int) -> tuple[PhonemeSpan, ...]:
    """Sample counts to times; neighbouring silences become one."""
    spans: list[PhonemeSpan] = []
    first = last = 0
    for phoneme, n_samples in counted:
        if n_samples <= 0:
            continue
        joins = bool(spans) and phoneme == spans[-1].phoneme == SILENCE
        first, last = first if joins else last, last + n_samples
        if joins:
            spans.pop()
        start_ms, end_ms = 1000.0 * first / rate_hz, 1000.0 * last / rate_hz
        spans.append(PhonemeSpan(phoneme, start_ms, end_ms))
    return tuple(spans)


def _word_spans(
    words: Iterable[tuple[str, Place | None]], rate_hz: int
) -> tuple[WordSpan, ...]:
    """Samples to times, of those words that have a sound."""
    return tuple(
        WordSpan(word, 1000.0 * place[0] / rate_hz, 1000.0 * place[1] / rate_hz)
        for word, place in words
        if place is not None
    )
