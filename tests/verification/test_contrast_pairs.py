"""The words of Spanish, French and German contrasts differ in one sound, says espeak-ng."""

from __future__ import annotations

from itertools import product

import pytest

from inference.phonetics.phonemizer import pronouncer
from lessons.sounds.contrast_files import defined_contrasts
from tests.fakes.spoken_pairs import shows


@pytest.mark.engine("piper")
@pytest.mark.parametrize("l2", ["es", "fr", "de"])
def test_pairs_differ_in_their_contrast(l2: str) -> None:
    said = pronouncer(l2)
    wrong = []
    try:
        for contrast in defined_contrasts(l2).values():
            for pair in contrast.pairs:
                both = [
                    [v.phonemes for word in said.pronounce(text) for v in word.variants]
                    for text in (pair.word, pair.other)
                ]
                if not any(shows(contrast, *forms) for forms in product(*both)):
                    wrong.append((contrast.key, pair))
    finally:
        said.close()
    assert wrong == []
