"""A sentence that comes in pieces is heard, seen and read like one that comes whole."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from inference.engines.synthesizers.loudness import TARGET_LEVEL_DB, speech_level_db
from inference.engines.synthesizers.piper_phonemes import Counted
from inference.engines.synthesizers.spoken_sentences import SpokenSentences
from inference.engines.synthesizers.voice_client import RawSpeech
from inference.engines.synthesizers.voice_level import VoiceLevel
from inference.types.audio import FloatSamples
from inference.types.speech import SpeechChunk

RATE_HZ = 8_000
TEXT = "pa mi to."
WORDS = (("p", "a"), ("m", "i"), ("t", "o"))
CODES: tuple[Counted, ...] = (
    ("^", 200), ("p", 600), ("ˈ", 100), ("a", 1_900), (" ", 301), ("m", 800),
    ("i", 2_500), (" ", 300), ("t", 700), ("ˈ", 0), ("o", 2_400), (".", 900), ("$", 100),
)  # fmt: skip
# In the middle of each gap between words.
BREAKS = (2_950, 6_551)
SIZE = sum(n for _, n in CODES)


def sound(loud: float = 0.05, size: int = SIZE) -> FloatSamples:
    tone: FloatSamples = (loud * np.sin(np.arange(size) * 0.7)).astype(np.float32)
    return tone


def raws(
    codes: tuple[Counted, ...], made: FloatSamples, cuts: tuple[int, ...]
) -> list[RawSpeech]:
    """Return a sentence in pieces, as a voice's program would send it."""
    ends = [*cuts, made.size]
    return [
        RawSpeech(
            made[begin:end].astype("<f4").tobytes(),
            codes,
            WORDS,
            begin=begin,
            goes_on=end < made.size,
            level_db=speech_level_db(made[:end], RATE_HZ),
            share=end / made.size,
        )
        for begin, end in pairwise([0, *ends])
    ]


def sentences(level: VoiceLevel | None = None) -> SpokenSentences:
    return SpokenSentences(TEXT.split(), RATE_HZ, 1.0, level or VoiceLevel())


def said(pieces: list[RawSpeech], saying: SpokenSentences) -> list[SpeechChunk]:
    return [chunk for raw in pieces if (chunk := saying.chunk(raw)) is not None]


def timeline(
    chunks: list[SpeechChunk],
) -> tuple[list[tuple[str, int]], list[tuple[str, int, int]]]:
    """Return phonemes and words with their times in the whole, in samples."""
    phonemes: list[tuple[str, int]] = []
    words: list[tuple[str, int, int]] = []
    at_ms = 0.0
    samples = RATE_HZ / 1000
    for chunk in chunks:
        for s in chunk.phonemes:
            phonemes.append((s.phoneme, round((at_ms + s.start_ms) * samples)))
        for w in chunk.words:
            begin, end = at_ms + w.start_ms, at_ms + w.end_ms
            words.append((w.text, round(begin * samples), round(end * samples)))
        at_ms += chunk.clip.duration_ms
    return phonemes, words


def heard(chunks: list[SpeechChunk]) -> FloatSamples:
    return np.concatenate([chunk.clip.as_float32() for chunk in chunks])


@pytest.mark.parametrize("cuts", [BREAKS[:1], BREAKS[1:], BREAKS])
def test_times_are_those_of_the_whole_sentence(cuts: tuple[int, ...]) -> None:
    whole = said(raws(CODES, sound(), ()), sentences())
    pieces = said(raws(CODES, sound(), cuts), sentences())
    assert len(pieces) == len(cuts) + 1
    assert timeline(pieces) == timeline(whole)
    assert [word for word, *_ in timeline(whole)[1]] == TEXT.split()
    for chunk in pieces:
        assert chunk.phonemes[0].start_ms == 0
        assert chunk.phonemes[-1].end_ms == pytest.approx(chunk.clip.duration_ms)
        assert chunk.words


def test_pieces_join_without_a_fade_a_pause_or_a_step() -> None:
    """The beginning is louder than the rest, so its gain is not that of the whole."""
    made = sound()
    made[: BREAKS[0]] *= 2.0
    pieces = said(raws(CODES, made, BREAKS), sentences())
    together = heard(pieces)
    assert together[0] == together[-1] == 0.0
    speech = slice(100, SIZE - 100)
    audible = np.abs(made[speech]) > 0.03
    gain_db = 20 * np.log10(together[speech][audible] / made[speech][audible])
    # Two dB are glided over, not jumped; rounding to 16 bits is a part of what is left.
    assert np.ptp(gain_db) > 0.5
    assert np.abs(np.diff(gain_db)).max() < 0.05
    whole = said(raws(CODES, made, ()), sentences())
    assert together.size == heard(whole).size


def test_clauses_come_out_evenly_though_beginnings_differ() -> None:
    level, chance = VoiceLevel(), np.random.default_rng(1)
    levels = []
    for _ in range(40):
        made = sound(0.05 * 10 ** (chance.normal(0, 1.4) / 20))
        made[: BREAKS[0]] *= 10 ** (chance.normal(1.5, 1.0) / 20)
        pieces = said(raws(CODES, made, BREAKS[:1]), sentences(level))
        levels.append(speech_level_db(heard(pieces), RATE_HZ))
    assert np.abs(np.array(levels[3:]) - TARGET_LEVEL_DB).max() < 1.5
    assert np.std(levels[3:]) < 0.6


def test_what_was_heard_is_not_heard_again_though_it_lasts_longer_now() -> None:
    saying = sentences()
    (first,) = said(raws(CODES, sound(), BREAKS)[:1], saying)
    slower = tuple((code, 2 * n) for code, n in CODES)
    saying.again()
    rest = said(raws(slower, sound(size=2 * SIZE), (1_000,)), saying)
    assert [w.text for chunk in [first, *rest] for w in chunk.words] == TEXT.split()
    left = 2 * (SIZE - BREAKS[0])
    assert heard(rest).size - left < 0.25 * RATE_HZ
    assert heard(rest).size >= left
    # It is another sound, so it does not join what was heard.
    assert heard(rest)[0] == 0.0


def test_after_whole_sentences_only_the_others_are_heard_again() -> None:
    saying = sentences()
    one = raws(CODES[:4] + ((".", 200),), sound(size=3_000), ())
    two = raws(
        (("^", 10), *CODES[5:]), sound(size=sum(n for _, n in CODES[5:]) + 10), ()
    )
    assert [w.text for c in said(one, saying) for w in c.words] == ["pa"]
    saying.again()
    assert [w.text for c in said([*one, *two], saying) for w in c.words] == [
        "mi",
        "to.",
    ]


def test_a_beginning_says_half_of_what_it_seems_to() -> None:
    level = VoiceLevel()
    assert level.expected_db(-22.0, 1.0) == -22.0
    for _ in range(20):
        level.learn(-24.0, (-22.0, 0.2))
    assert level.expected_db(-22.0, 0.2) == pytest.approx(-24.0, abs=0.1)
    assert -24.0 < level.expected_db(-20.0, 0.2) < -22.5
    assert level.expected_db(-30.0, 1.0) == pytest.approx(-30.0)
