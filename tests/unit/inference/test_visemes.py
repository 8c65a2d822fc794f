"""Mouth shapes of IPA phonemes."""

from __future__ import annotations

import pytest

from inference.phonetics.visemes import shapes_of
from inference.types.speech import Viseme


@pytest.mark.parametrize(
    ("phoneme", "shapes"),
    [
        ("p", [Viseme.PP]),
        ("m̩", [Viseme.PP]),
        ("v", [Viseme.FF]),
        ("ð", [Viseme.TH]),
        ("iː", [Viseme.I]),
        ("ɑ̃", [Viseme.AA]),
        ("aɪ", [Viseme.AA, Viseme.I]),
        ("oʊ", [Viseme.O, Viseme.U]),
        ("tʃ", [Viseme.DD, Viseme.CH]),
        ("t͡ʃ", [Viseme.DD, Viseme.CH]),
        ("tʰ", [Viseme.DD]),
        ("ˈɛ", [Viseme.E]),
        ("ɚ", [Viseme.RR]),
        ("y", [Viseme.U]),
        ("ø", [Viseme.O]),
        ("", [Viseme.SIL]),
        ("ʘ", [Viseme.E]),
    ],
)
def test_shapes_of_phonemes(phoneme: str, shapes: list[Viseme]) -> None:
    found = shapes_of(phoneme)
    assert [shape for shape, _ in found] == shapes
    assert sum(share for _, share in found) == pytest.approx(1.0)
