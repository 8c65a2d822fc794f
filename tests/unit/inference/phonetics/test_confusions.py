"""Which mistakes are plausible enough to be named."""

from __future__ import annotations

import pytest

from inference.phonetics.confusions import (
    SUBSTITUTES,
    may_be_dropped,
    may_be_inserted,
)
from inference.phonetics.inventory import (
    EN_PHONES,
    acoustic_class,
    class_phoneme,
    is_vowel,
)


def substitutes(phoneme: str) -> set[str]:
    return {class_phoneme(i) for i in SUBSTITUTES[acoustic_class(phoneme)]}


@pytest.mark.parametrize(
    ("target", "heard"),
    [
        ("θ", "s"), ("θ", "t"), ("θ", "f"), ("ð", "d"), ("ð", "z"), ("v", "w"), ("v", "f"),
        ("ɹ", "l"), ("l", "ɹ"), ("n", "l"), ("ŋ", "n"), ("ʃ", "s"), ("z", "s"), ("dʒ", "ʒ"),
        ("ɪ", "i"), ("i", "ɪ"), ("æ", "ɛ"), ("ʌ", "ɑ"), ("ʊ", "u"), ("eɪ", "ɛ"), ("d", "t"),
    ],
)  # fmt: skip
def test_well_known_mistakes_can_be_named(target: str, heard: str) -> None:
    assert heard in substitutes(target)


@pytest.mark.parametrize(
    ("target", "heard"),
    [
        ("θ", "m"),
        ("k", "s"),
        ("i", "ɑ"),
        ("m", "t"),
        ("u", "æ"),
        ("l", "s"),
        ("p", "ɹ"),
    ],
)
def test_wild_ones_are_not(target: str, heard: str) -> None:
    assert heard not in substitutes(target)


def test_every_class_has_a_few_and_never_itself() -> None:
    assert set(SUBSTITUTES) == set(range(len(EN_PHONES)))
    for target, others in SUBSTITUTES.items():
        assert 1 <= len(others) <= 9, EN_PHONES[target]
        assert target not in others
        assert len(set(others)) == len(others)


@pytest.mark.parametrize(
    ("word", "dropped"),
    [
        ("k æ t", "t"), ("h æ t", "h t"), ("p l eɪ", "l"), ("æ s k t", "s k t"),
        ("b ə n æ n ə", "ə"), ("n j u", "j"), ("ð ə", ""), ("i z i", ""), ("w ɔ t ɚ", ""),
    ],
)  # fmt: skip
def test_what_learners_leave_out(word: str, dropped: str) -> None:
    row = word.split()
    found = {row[at] for at in range(len(row)) if may_be_dropped(row, at)}
    assert found == set(dropped.split())


def test_helping_vowels_come_where_consonants_meet_or_end() -> None:
    rows: list[tuple[str | None, str | None]]
    rows = [("d", None), ("s", "t"), ("p", "l"), ("b", "ɹ")]
    for before, after in rows:
        inserted = may_be_inserted(before, after)
        assert inserted
        assert all(is_vowel(class_phoneme(i)) for i in inserted)
    assert acoustic_class("ɛ") in may_be_inserted(None, "s")
    assert acoustic_class("ɡ") in may_be_inserted("ŋ", None)
    rows = [("t", "i"), ("i", None), ("n", None), (None, "t"), ("t", "j")]
    for before, after in rows:
        assert may_be_inserted(before, after) == ()
