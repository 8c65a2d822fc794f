"""What voices are told, and what is kept of them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from inference.phonetics.pronunciation import PromptWord, Variant
from training.languages.diphone_signs import VOICES, sayable
from training.languages.diphones import first_sayable
from training.languages.sentences import held_back, read_sentences
from training.languages.utterances import Utterance, load, save

LANGUAGES = ("es", "fr", "de")


@pytest.mark.parametrize("language", LANGUAGES)
def test_sentences_are_many_short_and_different(language: str) -> None:
    """A voice says each within the encoder's window."""
    sentences = read_sentences(language)

    assert len(sentences) >= 250
    assert len(set(sentences)) == len(sentences)
    assert max(len(text.split()) for text in sentences) <= 12


def test_a_fifth_of_the_sentences_is_held_back() -> None:
    """Spread over the whole file."""
    sentences = tuple(map(str, range(20)))

    assert held_back(sentences) == {"4", "9", "14", "19"}


def test_utterances_come_back_from_their_file(tmp_path: Path) -> None:
    """Sound in 16 bits, sounds and borders as they were."""
    wave = np.sin(np.arange(800) / 20).astype(np.float32) * 0.5
    told = Utterance("ya", "kokoro/x", wave, (("ʝ", "a"),), ((0.0, 0.02), (0.02, 0.05)))
    untold = Utterance("no", "pico", wave)

    save(tmp_path / "said.npz", [told, untold])
    first, second = load(tmp_path / "said.npz")

    assert (first.text, first.voice, first.sounds) == ("ya", "kokoro/x", (("ʝ", "a"),))
    assert first.borders == told.borders
    assert (second.sounds, second.borders) == (None, None)
    assert np.abs(first.samples - wave).max() < 1e-4
    assert first.duration_s == pytest.approx(0.05)


def test_an_american_voice_says_what_it_can() -> None:
    """Without θ the next form of the word is taken."""
    word = PromptWord(
        0,
        "cinco,",
        tuple(Variant(p, (0,) * 5) for p in (tuple("θinko"), tuple("sinko"))),
    )

    spanish = first_sayable([word], "cinco,", "es", "es1")
    mexican = first_sayable([word], "cinco,", "es", "mx1")

    assert spanish is not None
    assert mexican is not None
    assert (spanish.phonemes[0], mexican.phonemes[0]) == ("θ", "s")
    assert spanish.pauses == (True,)


def test_a_sound_that_no_voice_has() -> None:
    """French y is in no Spanish voice, and then the sentence is left out."""
    word = PromptWord(0, "y", (Variant(("y",), (0,)),))

    assert all(sayable("es", voice, "y") is None for voice in VOICES["es"])
    assert first_sayable([word], "y", "es", "es1") is None
