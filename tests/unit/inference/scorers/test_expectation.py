"""What the decoder says of words: how they are asked for, and how it counts."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from inference.engines.scorers.evidence import Joint
from inference.engines.scorers.expectation import Expectation, spelled
from inference.engines.scorers.features import (
    OF_EXPECTATION,
    WHOLE_EXPECTATION,
    SpokenText,
    extract,
)
from inference.engines.scorers.laying import Decoder, lay

from .test_laying import numbers, sound, text, word


def expectation(means: Sequence[float | None]) -> Expectation:
    """Words of one token each; None where nobody asked."""
    values = np.asarray([m or 0.0 for m in means], dtype=np.float32)
    known = np.asarray([m is not None for m in means])
    return Expectation(known, values, values, values)


@pytest.mark.parametrize(
    ("shown", "asked"),
    [
        (["“I", "saw", "Peter’s", "van.”"], ["I", "saw", "Peter's", "van"]),
        (["HE", "SAYS", "I", "I'M", "LATE"], ["He", "says", "I", "I'm", "late"]),
        (["I"], ["I"]),
        (["25", "cars!"], ["25", "cars"]),
        (["—", "so"], ["", "so"]),
    ],
)
def test_words_are_asked_for_as_whisper_writes_them(
    shown: list[str], asked: list[str]
) -> None:
    """Bare of punctuation, with the capitals that were shown unless all are."""
    assert spelled(shown) == asked


def test_a_word_that_the_decoder_rules_out_was_not_said() -> None:
    """The sound alone lets it pass; where nobody asked, the sound decides."""
    heard = sound(".ab.cd.ef.")
    words = text(word(0, "ab"), word(1, "cd"), word(2, "ef"))
    joint = Joint(weight=0.5, scale=1.0)

    ruled_out = lay(
        heard,
        words,
        said_above=-3,
        decoder=Decoder(expectation([-0.1, -9.0, -0.2]), joint),
    )
    unasked = lay(
        heard,
        words,
        said_above=-3,
        decoder=Decoder(expectation([-0.1, None, -0.2]), joint),
    )

    assert ruled_out.missed == (1,)
    assert numbers(unasked.words) == [0, 1, 2]


def test_a_decoder_that_hesitates_does_not_outvote_clear_sound() -> None:
    """After a repeated word it expects something else than what follows."""
    laid = lay(
        sound(".ab.cd.ef."),
        text(word(0, "ab"), word(1, "cd"), word(2, "ef")),
        said_above=-3,
        decoder=Decoder(expectation([-0.1, -4.0, -0.2]), Joint(0.5, 1.0)),
    )

    assert laid.missed == ()


def test_the_joint_evidence_is_on_the_scale_of_the_sound() -> None:
    """Scaled where the decoder was asked, untouched where not."""
    joined = Joint(weight=0.5, scale=0.6)(
        np.asarray([-1.0, -1.0], np.float32), expectation([-2.0, None])
    )

    assert joined == pytest.approx([-1.2, -1.0])


def test_features_end_with_the_words_expectation() -> None:
    """Each phoneme has that of its word and the next; zeros where nobody asked."""
    rng = np.random.default_rng(5)
    posteriors = np.log(rng.dirichlet(np.ones(40), 30)).astype(np.float32)
    said = SpokenText(
        classes=np.asarray([3, 5, 7]),
        stress=np.asarray([1, 0, 1]),
        word=np.asarray([0, 0, 1]),
        spans=np.asarray([[2, 6], [6, 11], [14, 20]]),
    )
    frames = rng.normal(size=(30, 8)).astype(np.float32)

    asked = extract(frames, posteriors, said, expectation([-0.5, -2.0]))
    unasked = extract(frames, posteriors, said)

    assert asked.phones[:, -OF_EXPECTATION:].tolist() == [
        [1.0, -0.5, -0.5, -0.5, -2.0, 1.0],
        [1.0, -0.5, -0.5, -0.5, -2.0, 1.0],
        [1.0, -2.0, -2.0, -2.0, 0.0, 0.0],
    ]
    assert asked.utterance[-WHOLE_EXPECTATION:] == pytest.approx(
        [1.0, -1.25, -1.85, -1.25]
    )
    assert not unasked.phones[:, -OF_EXPECTATION:].any()
    assert not unasked.utterance[-WHOLE_EXPECTATION:].any()
    assert unasked.phones[:, :-OF_EXPECTATION] == pytest.approx(
        asked.phones[:, :-OF_EXPECTATION]
    )
