"""Piper's code points put together to phonemes."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from inference.engines.synthesizers.piper_phonemes import ipa_phonemes

CODES = [*"^$_ .,?!ˈˌː̩ptʃdʒaɪoʊeəmn'"]


@given(st.lists(st.tuples(st.sampled_from(CODES), st.integers(0, 5000)), max_size=40))
def test_no_sample_is_lost(codes: list[tuple[str, int]]) -> None:
    assert sum(n for _, n in ipa_phonemes(codes)) == sum(n for _, n in codes)


def test_marks_diphthongs_and_affricates_are_joined() -> None:
    codes = [
        ("^", 1),
        ("t", 2),
        ("ʃ", 3),
        ("ˈ", 4),
        ("a", 5),
        ("ɪ", 6),
        ("ː", 7),
        ("$", 8),
    ]
    assert ipa_phonemes(codes) == (("", 1), ("tʃ", 5), ("aɪː", 22), ("", 8))


def test_a_word_boundary_is_shared_and_joins_nothing() -> None:
    codes = [("a", 10), ("t", 10), (" ", 5), ("ʃ", 10), ("i", 10)]
    assert ipa_phonemes(codes) == (("a", 10), ("t", 12), ("ʃ", 13), ("i", 10))


def test_a_boundary_beside_punctuation_is_silence() -> None:
    codes = [("a", 10), (",", 5), (" ", 6), ("ˈ", 2), ("i", 10), (".", 3), ("$", 4)]
    assert ipa_phonemes(codes) == (("a", 10), ("", 11), ("i", 12), ("", 7))
