"""What was said instead of a phoneme."""

from __future__ import annotations

import numpy as np

from inference.engines.scorers.diagnosis import clearly_exchanged, diagnose
from inference.engines.scorers.features import SpokenText
from inference.engines.scorers.local_evidence import local_scores
from inference.phonetics.inventory import EN_PHONES, acoustic_class
from inference.types.assessment import Diagnosis, DiagnosisKind

SILENCE = len(EN_PHONES)


def heard(*said: str, sure: float = 0.8, per_sound: int = 5) -> np.ndarray:
    """Posteriors of somebody who says these phonemes between two silences."""
    classes = [SILENCE, *(acoustic_class(p) for p in said), SILENCE]
    frames = np.repeat(classes, per_sound)
    shares = np.full((len(frames), SILENCE + 1), (1 - sure) / SILENCE)
    shares[np.arange(len(frames)), frames] = sure
    return np.asarray(np.log(shares), dtype=np.float32)


def judged(
    target: list[str], posteriors: np.ndarray, spans: list[tuple[int, int]], at: int
) -> Diagnosis | None:
    """Diagnose one phoneme of a single word."""
    said = SpokenText(
        classes=np.asarray([acoustic_class(p) for p in target]),
        stress=np.zeros(len(target), dtype=np.int64),
        word=np.zeros(len(target), dtype=np.int64),
        spans=np.asarray(spans),
    )
    local = local_scores(posteriors, said.classes, said.spans, silence=SILENCE)
    own = local[np.arange(len(target)), said.classes]
    return diagnose(at, said, local - own[:, None], posteriors)


THINK = ["θ", "ɪ", "ŋ", "k"]
EQUAL = [(5, 10), (10, 15), (15, 20), (20, 25)]


def test_a_substituted_sound_is_named() -> None:
    """ "sink" for "think"."""
    found = judged(THINK, heard("s", "ɪ", "ŋ", "k"), EQUAL, 0)

    assert found == Diagnosis(DiagnosisKind.SUBSTITUTED, "s")


def test_a_sound_that_was_said_right_has_no_diagnosis() -> None:
    """Nothing happened to it."""
    assert judged(THINK, heard(*THINK), EQUAL, 0) is None


def test_a_dropped_sound_is_called_dropped() -> None:
    """ "thin" for "think"."""
    found = judged(
        THINK, heard("θ", "ɪ", "ŋ"), [(5, 10), (10, 15), (15, 19), (19, 20)], 3
    )

    assert found == Diagnosis(DiagnosisKind.DROPPED, None)


def test_an_added_vowel_is_named() -> None:
    """ "thinku" for "think"."""
    found = judged(THINK, heard(*THINK, "ʊ"), EQUAL, 3)

    assert found == Diagnosis(DiagnosisKind.INSERTED, "ʊ")


def test_a_sound_that_is_no_plausible_mistake_is_not_named() -> None:
    """/m/ where /θ/ should be is a misplaced frame, not an accent."""
    assert judged(THINK, heard("m", "ɪ", "ŋ", "k"), EQUAL, 0) is None


def test_weak_evidence_names_nothing() -> None:
    """The frames hardly prefer /s/."""
    assert judged(THINK, heard("s", "ɪ", "ŋ", "k", sure=0.05), EQUAL, 0) is None


def exchanged(target: list[str], posteriors: np.ndarray) -> frozenset[int]:
    """Phonemes of a word, five frames each, in whose place another was clearly said."""
    classes = np.asarray([acoustic_class(p) for p in target])
    starts = 5 * (1 + np.arange(len(target)))
    said = SpokenText(
        classes,
        np.zeros(len(target), dtype=np.int64),
        np.zeros(len(target), dtype=np.int64),
        np.column_stack([starts, starts + 5]),
    )
    local = local_scores(posteriors, said.classes, said.spans, silence=SILENCE)
    local -= local[np.arange(len(target)), said.classes][:, None]
    means = np.asarray([posteriors[a:b].mean(axis=0) for a, b in said.spans])
    own = means[np.arange(len(target)), classes]
    return clearly_exchanged(said, own - means.max(axis=1), local)


def test_a_clear_exchange_is_found_on_its_phoneme() -> None:
    """ "berry" for "very", "light" for "right": the first sound, and no other."""
    assert exchanged(["v", "ɛ", "ɹ", "i"], heard("b", "ɛ", "ɹ", "i")) == {0}
    assert exchanged(["ɹ", "aɪ", "t"], heard("l", "aɪ", "t")) == {0}


def test_right_and_doubtful_sounds_are_not_exchanged() -> None:
    """Nor is one that no learner would put there."""
    very = ["v", "ɛ", "ɹ", "i"]

    assert exchanged(very, heard(*very)) == frozenset()
    assert exchanged(very, heard("b", "ɛ", "ɹ", "i", sure=0.05)) == frozenset()
    assert exchanged(very, heard("ʃ", "ɛ", "ɹ", "i")) == frozenset()
