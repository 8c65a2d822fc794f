"""The sounds that stand in for a phoneme in tests."""

from __future__ import annotations

import pytest

from inference.phonetics.features import FEATURES
from inference.phonetics.inventory import phonemes
from training.languages.confusable import most_like


@pytest.mark.parametrize("language", ["es", "fr", "de"])
def test_every_phoneme_has_neighbours_of_its_kind(language: str) -> None:
    """Vowels stand in for vowels, never a phoneme for itself."""
    known = phonemes(language)
    for phoneme in known:
        near = most_like(phoneme, known)

        assert near
        assert phoneme not in near
        assert {FEATURES[p].vowel for p in near} == {FEATURES[phoneme].vowel}


def test_what_listeners_take_for_the_same_does_not_count() -> None:
    """b and β are one sound in two places."""
    assert "β" not in most_like("b", phonemes("es"))
    assert "p" in most_like("b", phonemes("es"))
