"""Wrong texts and sounds without a reading: the same each time, and really wrong."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from bench.pronunciation_sounds import sounds
from bench.pronunciation_swaps import CONFUSABLE, Swaps
from bench.pronunciation_system import words_of
from inference.phonetics.inventory import EN_PHONES, acoustic_class
from training.corpus import Reading

from .readings import make_readings


@pytest.fixture
def readings(tmp_path: Path) -> tuple[Reading, ...]:
    return make_readings(tmp_path)


def test_every_phone_has_others_to_be_mixed_up_with() -> None:
    assert set(CONFUSABLE) == set(EN_PHONES)
    for phone, others in CONFUSABLE.items():
        assert phone not in others
        assert set(others) <= set(EN_PHONES)


def test_another_prompt_shares_no_word(readings: tuple[Reading, ...]) -> None:
    swaps = Swaps(readings)
    for reading in readings:
        swap = swaps.prompt(reading)
        assert swap is not None
        assert not set(swap.text.upper().split()) & set(reading.text.split())


def test_one_word_or_one_phone_differs_and_no_more(
    readings: tuple[Reading, ...],
) -> None:
    swaps = Swaps(readings)
    for reading in readings:
        true = words_of(reading)
        word = swaps.word(reading)
        assert word is not None
        changed = [
            i
            for i, (a, b) in enumerate(zip(true, word.words, strict=True))
            if a.variants != b.variants
        ]
        assert changed == [word.position]
        phone = swaps.phone(reading)
        assert phone is not None
        before = [p for w in true for p in w.variants[0].phonemes]
        after = [p for w in phone.words for p in w.variants[0].phonemes]
        assert [
            i
            for i, (a, b) in enumerate(zip(before, after, strict=True))
            if acoustic_class(a) != acoustic_class(b)
        ] == [phone.position]


def test_an_utterances_phone_swap_does_not_hang_on_the_others(
    readings: tuple[Reading, ...],
) -> None:
    assert Swaps(readings).phone(readings[0]) == Swaps(readings[:2]).phone(readings[0])
    assert Swaps(readings).word(readings[4]) == Swaps(readings[::-1]).word(readings[4])


def test_a_lone_text_has_no_other_to_be_mixed_up_with(
    readings: tuple[Reading, ...],
) -> None:
    assert Swaps(readings[:1]).prompt(readings[0]) is None


def test_sounds_are_the_same_each_time_and_as_loud_as_said() -> None:
    speech = [np.sin(np.arange(8000) / 9).astype(np.float32)] * 3
    first, second = sounds(speech, 4), sounds(speech, 4)
    assert set(first) == {"silence", "white", "pink", "babble", "music"}
    for kind, clips in first.items():
        for one, again in zip(clips, second[kind], strict=True):
            assert np.array_equal(one, again)
            assert one.dtype == np.float32
            assert one.size == 64_000
        if kind == "silence":
            assert not any(clip.any() for clip in clips)
        else:
            level_db = 20 * np.log10(np.sqrt(np.mean(clips[0] ** 2)))
            assert level_db == pytest.approx(-50, abs=0.1)
