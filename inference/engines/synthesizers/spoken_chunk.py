"""What a voice's program made of a sentence, as speech with its sounds and words."""

from __future__ import annotations

from collections.abc import Iterable

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
    samples = np.frombuffer(raw.samples, dtype="<f4").astype(np.float32)
    counted = list(ipa_phonemes(raw.phonemes)) or [(SILENCE, samples.size)]
    trailing = counted[-1][1] if counted[-1][0] == SILENCE else 0
    pause_ms = 0.0 if goes_on else _pause_ms(raw.phonemes) / speed
    wanted = int(pause_ms * rate_hz / 1000)
    added = max(0, wanted - trailing)
    voiced = fade(level(samples, rate_hz, like=like), rate_hz)
    padded = np.concatenate([voiced, np.zeros(added, np.float32)])
    counted.append((SILENCE, padded.size - sum(n for _, n in counted)))
    return SpeechChunk(
        AudioClip.from_float32(padded, rate_hz),
        _spans(counted, rate_hz),
        _word_spans(words, rate_hz),
    )


def _pause_ms(codes: tuple[Counted, ...]) -> int:
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
