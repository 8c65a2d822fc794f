"""The gate: silence, noise, wrong text, half a text."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from inference.engines.scorers.gate import (
    agreement,
    completeness,
    level_ratio_db,
    no_speech,
    speech_frames,
    text_refused,
)
from inference.engines.scorers.laying import LaidText, LaidWord
from inference.types.assessment import AssessmentOutcome

NO_SPANS = np.zeros((0, 2), dtype=np.int64)
WORD = LaidWord(0, 0, np.asarray([1]), NO_SPANS, -0.5)


def frames(best: float, n_speech: int, n_silent: int = 20) -> np.ndarray:
    """Posteriors: speech frames whose best phone has this log-posterior, then silence."""
    speech = np.full((n_speech, 40), -12.0)
    speech[:, 3] = best
    silence = np.full((n_silent, 40), -12.0)
    silence[:, -1] = 0.0
    return np.vstack([speech, silence]).astype(np.float32)


def test_silence_and_noise_are_no_speech() -> None:
    """No frame with a phone is silence; phones the model is unsure of are noise."""
    quiet, loud = 0.002, 0.1
    nobody = speech_frames(frames(-0.1, 0))

    assert no_speech(nobody, quiet) is AssessmentOutcome.SILENCE
    assert no_speech(nobody, loud) is AssessmentOutcome.NOISE
    assert no_speech(speech_frames(frames(-2.0, 50)), loud) is AssessmentOutcome.NOISE
    assert no_speech(speech_frames(frames(-0.2, 50)), loud) is None


def test_a_text_without_evidence_is_refused() -> None:
    """Unless a recogniser wrote down much the same text."""
    laid = LaidText((WORD,), (), -4.0)

    def refused(heard: str | None) -> AssessmentOutcome | None:
        return text_refused(
            laid, prompt_above=-3.0, text="see the red fox", heard=heard
        )

    assert refused(None) is AssessmentOutcome.WRONG_TEXT
    assert refused("what is your name") is AssessmentOutcome.WRONG_TEXT
    assert refused("see the rat fox") is None


@pytest.mark.parametrize(
    ("numbers", "missed"),
    [
        ((0, 1, 2), (3, 4, 5)),
        ((3, 4, 5), (0, 1, 2)),
        ((0, 1, 3), (2, 4, 5)),
        ((0, 1), (2, 3)),
    ],
)
def test_a_stretch_that_was_clearly_said_is_not_another_text(
    numbers: tuple[int, ...], missed: tuple[int, ...]
) -> None:
    """Half of the words, also with a small one overheard in between."""
    assert part_refused(numbers, missed) is None


@pytest.mark.parametrize(
    ("numbers", "missed"),
    [
        ((0, 3, 7), (1, 2, 4, 5, 6)),
        ((2, 3), (0, 1, 4, 5)),
        ((0,), (1,)),
    ],
)
def test_words_found_here_and_there_are_another_text(
    numbers: tuple[int, ...], missed: tuple[int, ...]
) -> None:
    """However clear each of them is."""
    assert part_refused(numbers, missed) is AssessmentOutcome.WRONG_TEXT


def part_refused(
    numbers: tuple[int, ...], missed: tuple[int, ...]
) -> AssessmentOutcome | None:
    """Ask about a text of which these words were said and the others were not."""
    said = tuple(replace(WORD, number=number) for number in numbers)
    text = " ".join("abcdefgh"[: len(numbers) + len(missed)])
    laid = LaidText(said, missed, -4.0)
    return text_refused(laid, prompt_above=-2.5, text=text, heard=None)


def test_a_text_that_does_not_fit_into_the_clip_is_refused() -> None:
    """A long text cannot have been read in half a second."""
    laid = LaidText((), (0, 1, 2), None)

    assert (
        text_refused(laid, prompt_above=-3.0, text="a b c", heard="a b c")
        is AssessmentOutcome.WRONG_TEXT
    )


@pytest.mark.parametrize(
    ("missed", "outcome"),
    [((), "judged"), ((1,), "judged"), ((1, 2), "incomplete")],
)
def test_a_text_with_much_left_out_is_incomplete(
    missed: tuple[int, ...], outcome: str
) -> None:
    """One word of five may be missing."""
    said = (WORD,) * (5 - len(missed))

    assert completeness(LaidText(said, missed, -0.5)) == outcome


def test_agreement_is_the_share_of_words_found_in_order() -> None:
    """Spelling and case forgive; another text does not agree."""
    assert agreement("I like green tea.", "i like green tea") == 1.0
    assert agreement("I like green tea.", "I like tea") == 0.75
    assert agreement("I like green tea.", "where have you been") < 0.5
    assert agreement("🙂", "anything") == 0.0


def test_speech_as_loud_as_the_rest_does_not_stand_out() -> None:
    """In dB: twice the amplitude is 6 dB."""
    rng = np.random.default_rng(0)
    noise = rng.normal(0, 0.05, 32_000).astype(np.float32)
    speech = np.zeros(100, dtype=bool)
    speech[30:70] = True
    louder = noise.copy()
    louder[30 * 320 : 70 * 320] *= 2

    assert level_ratio_db(louder, speech) == pytest.approx(6.0, abs=0.7)
    assert level_ratio_db(noise, speech) == pytest.approx(0.0, abs=0.7)
    assert level_ratio_db(noise, np.ones(100, dtype=bool)) == float("inf")
