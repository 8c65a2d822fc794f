"""Laying a text over the sound: words said, words left out, words nobody knows."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from inference.engines.scorers.laying import lay
from inference.engines.scorers.prompt import SoundedWord, sounded
from inference.phonetics.pronunciation import PromptWord, Variant, VariantKind

SILENCE = 8
SOUNDS = {letter: n for n, letter in enumerate("abcdefgh")}


def word(
    index: int, *pronunciations: str, kind: VariantKind = VariantKind.DICTIONARY
) -> PromptWord:
    """A word whose phonemes are letters."""
    variants = tuple(Variant(tuple(p), (0,) * len(p), kind) for p in pronunciations)
    return PromptWord(index, f"word{index}", variants)


def text(*words: PromptWord) -> tuple[SoundedWord, ...]:
    """The words with acoustic classes."""
    return sounded(words, SOUNDS)


def sound(letters: str, per_letter: int = 4) -> np.ndarray:
    """Posteriors of somebody who says these letters; "." is silence."""
    classes = [
        SILENCE if c == "." else SOUNDS[c] for c in letters for _ in range(per_letter)
    ]
    shares = np.full((len(classes), SILENCE + 1), 0.002)
    shares[np.arange(len(classes)), classes] = 1 - 0.002 * SILENCE
    return np.asarray(np.log(shares), dtype=np.float32)


def numbers(words: Sequence[object]) -> list[int]:
    """The numbers of laid words."""
    return [w.number for w in words]  # type: ignore[attr-defined]


def test_a_whole_text_is_laid() -> None:
    """Three words, none missed, evidence near 0."""
    laid = lay(
        sound(".ab.cd.ef."),
        text(word(0, "ab"), word(1, "cd"), word(2, "ef")),
        said_above=-3,
    )

    assert numbers(laid.words) == [0, 1, 2]
    assert laid.missed == ()
    assert laid.evidence is not None
    assert laid.evidence > -0.5


def test_a_word_left_out_does_not_spoil_its_neighbours() -> None:
    """The middle word was not said; the others keep their own frames."""
    laid = lay(
        sound(".abab.efef."),
        text(word(0, "abab"), word(1, "cdcd"), word(2, "efef")),
        said_above=-3,
    )

    assert numbers(laid.words) == [0, 2]
    assert laid.missed == (1,)
    assert laid.words[0].spans.tolist() == [[4, 8], [8, 12], [12, 16], [16, 20]]


def test_half_a_text_leaves_the_rest_missed() -> None:
    """Whoever stops after two words of four has not said the others."""
    words = text(word(0, "ab"), word(1, "cd"), word(2, "ef"), word(3, "gh"))
    laid = lay(sound("..abcd..."), words, said_above=-3)

    assert numbers(laid.words) == [0, 1]
    assert laid.missed == (2, 3)


def test_another_text_leaves_every_word_missed() -> None:
    """Nothing of it was said."""
    laid = lay(sound(".gh.gh.gh."), text(word(0, "ab"), word(1, "cd")), said_above=-3)

    assert laid.words == ()
    assert laid.missed == (0, 1)


def test_a_word_nobody_knows_takes_its_own_sound() -> None:
    """Its neighbours are laid where they are; it is neither said nor missed."""
    laid = lay(
        sound(".ab.gcg.ef."), text(word(0, "ab"), word(1), word(2, "ef")), said_above=-3
    )

    assert numbers(laid.words) == [0, 2]
    assert laid.missed == ()
    assert laid.words[1].spans[0].tolist() == [32, 36]


def test_the_pronunciation_said_is_taken() -> None:
    """A variant the frame model cannot hear is left out, the rest compete."""
    laid = lay(sound(".ad."), text(word(0, "ab", "ad", "aʃ")), said_above=-3)

    assert laid.words[0].variant == 1


def test_a_clip_too_short_for_the_text_has_no_evidence() -> None:
    """Six phonemes, five frames."""
    laid = lay(sound("abcde", per_letter=1), text(word(0, "abcdef")), said_above=-3)

    assert laid.evidence is None
    assert laid.missed == (0,)
