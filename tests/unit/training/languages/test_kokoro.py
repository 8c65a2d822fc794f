"""What the neural voice is told, without the voice."""

from __future__ import annotations

from inference.phonetics.pronunciation import Variant
from training.languages.kokoro import Style, symbols_of


def test_each_symbol_knows_its_phoneme() -> None:
    """Stress and spaces belong to none; a diphthong is two symbols of one phoneme."""
    ein = (Variant(("aɪ", "n"), (1, 0)), "n")
    zeh = (Variant(("ts", "eː"), (0, 2)), ",")

    symbols, owners = symbols_of([ein, zeh])

    assert "".join(symbols) == "ˈaɪn ʦˌeː,"
    assert owners == [None, 0, 0, 1, None, 2, None, 3, 3, None]


def test_a_mixed_speaker_has_the_name_of_the_nearer_one() -> None:
    """Leaving a voice out leaves out what is mostly it."""
    assert Style("jf_alpha", "jm_kumo", 0.3, 1.0).name == "kokoro/jf_alpha"
    assert Style("jf_alpha", "jm_kumo", 0.7, 1.0).name == "kokoro/jm_kumo"
