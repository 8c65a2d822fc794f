"""Mouth cues: gapless, in order, exact, and the lips close when they must."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inference.engines.avatars.cue_timing import mouth_cues
from inference.phonetics.visemes import shapes_of
from inference.types.speech import PhonemeSpan, Viseme

LIPS = frozenset("pbmfv")
ENGLISH = [
    "p",
    "b",
    "m",
    "f",
    "v",
    "θ",
    "ð",
    "t",
    "d",
    "s",
    "z",
    "ʃ",
    "ʒ",
    "tʃ",
    "dʒ",
    "k",
    "ɡ",
    "ŋ",
    "n",
    "l",
    "ɹ",
    "j",
    "w",
    "h",
    "iː",
    "ɪ",
    "ɛ",
    "æ",
    "ɑː",
    "ɔː",
    "ʊ",
    "uː",
    "ʌ",
    "ɜː",
    "ə",
    "ɚ",
    "eɪ",
    "aɪ",
    "ɔɪ",
    "oʊ",
    "aʊ",
    "ɾ",
    "ʔ",
    "ᵻ",
]
phonemes = st.lists(
    st.tuples(st.sampled_from([*ENGLISH, "", "ɬ̩", "?"]), st.floats(0.0, 300.0)),
    max_size=40,
)


def spans(pairs: list[tuple[str, float]]) -> tuple[list[PhonemeSpan], float]:
    at, made = 0.0, []
    for phoneme, length in pairs:
        made.append(PhonemeSpan(phoneme, at, at + length))
        at += length
    return made, at


@given(phonemes, st.floats(0.0, 200.0))
def test_cues_cover_the_chunk_without_gap_or_overlap(
    pairs: list[tuple[str, float]], tail: float
) -> None:
    made, end = spans(pairs)
    cues = mouth_cues(made, end + tail)

    if end + tail == 0:
        assert cues == ()
        return
    assert cues[0].start_ms == 0.0
    assert cues[-1].end_ms == end + tail
    for one, following in itertools.pairwise(cues):
        assert one.end_ms == following.start_ms
        assert one.viseme is not following.viseme
    assert all(cue.end_ms > cue.start_ms for cue in cues)


@given(
    st.lists(
        st.tuples(st.sampled_from(ENGLISH), st.floats(45.0, 250.0)),
        min_size=1,
        max_size=30,
    )
)
def test_every_lip_closure_can_be_seen(pairs: list[tuple[str, float]]) -> None:
    pairs = [("", 100.0), *pairs, ("", 100.0)]
    made, end = spans(pairs)
    cues = mouth_cues(made, end)

    for before, span, after in zip(made, made[1:], made[2:], strict=False):
        if span.phoneme not in LIPS:
            continue
        if before.phoneme in LIPS and after.phoneme in LIPS:
            # Nobody beside it has time to lend.
            continue
        wanted = shapes_of(span.phoneme)[0][0]
        middle = (span.start_ms + span.end_ms) / 2
        held = [
            c for c in cues if c.viseme is wanted and c.start_ms <= middle < c.end_ms
        ]
        assert held, f"{span.phoneme} is never closed"
        assert held[0].end_ms - held[0].start_ms >= 59.9


def test_a_closure_begins_before_its_sound() -> None:
    made, end = spans([("ɑː", 150.0), ("p", 30.0), ("ə", 150.0)])
    closed = next(c for c in mouth_cues(made, end) if c.viseme is Viseme.PP)
    assert closed.start_ms < 150.0
    assert closed.end_ms > 180.0
    assert closed.end_ms - closed.start_ms == pytest.approx(70.0)


def test_a_very_short_shape_does_not_flicker() -> None:
    made, end = spans([("ɑː", 150.0), ("t", 12.0), ("ɑː", 150.0)])
    assert [c.viseme for c in mouth_cues(made, end)] == [Viseme.AA]


def test_silence_shuts_the_mouth_and_a_gap_is_silence() -> None:
    cues = mouth_cues([PhonemeSpan("ɑː", 100.0, 200.0)], 400.0)
    assert [c.viseme for c in cues] == [Viseme.SIL, Viseme.AA, Viseme.SIL]


def test_phonemes_that_overlap_or_run_over_the_end_stay_inside() -> None:
    cues = mouth_cues(
        [PhonemeSpan("ɑː", 0.0, 200.0), PhonemeSpan("s", 150.0, 900.0)], 500.0
    )
    assert cues[-1].end_ms == 500.0
    assert [c.viseme for c in cues] == [Viseme.AA, Viseme.SS]
