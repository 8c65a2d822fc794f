"""What is shown: at most three flags, none in weak forms, doubt in free speech."""

from __future__ import annotations

import numpy as np
import pytest

from inference.engines.scorers.features import Features, SpokenText
from inference.engines.scorers.judgement import (
    Judgement,
    PhoneJudgement,
    UtteranceJudgement,
    WordJudgement,
)
from inference.engines.scorers.laying import LaidWord
from inference.engines.scorers.prompt import SoundedWord
from inference.engines.scorers.stored import Thresholds
from inference.engines.scorers.verdicts import flags, missed_words, word_scores
from inference.phonetics.pronunciation import PromptWord, Variant, VariantKind
from inference.types.assessment import PromptSource, Verdict, WordScore

LIMITS = Thresholds(
    default=0.4,
    gentle=0.7,
    prompt=-2.5,
    word=-4.5,
    voice=0.4,
    margin=0.7,
    joint_weight=0.5,
    joint_scale=0.7,
    joint_prompt=-2.0,
)
NOTHING = np.zeros(0, np.float32)


def utterance(
    *words: tuple[list[float], VariantKind],
) -> tuple[Judgement, list[LaidWord], list[SoundedWord]]:
    """Words given as their phonemes' probabilities of being wrong."""
    phones: list[PhoneJudgement] = []
    laid, text, owner = [], [], []
    for number, (probabilities, kind) in enumerate(words):
        n = len(probabilities)
        spans = np.column_stack([np.arange(n), np.arange(n) + 1]) + len(phones)
        variant = Variant(("s",) * n, (0,) * n, kind)
        word = PromptWord(number, f"word{number}", (variant,))
        text.append(SoundedWord(word, (variant,), (np.zeros(n, np.int64),)))
        laid.append(LaidWord(number, 0, np.zeros(n, np.int64), spans, -0.5))
        phones += [PhoneJudgement(100 * (1 - p), p, -1.0) for p in probabilities]
        owner += [number] * n
    marks = [WordJudgement(100 * (1 - max(p)), 80.0, max(p)) for p, _ in words]
    said = SpokenText(NOTHING, NOTHING, np.asarray(owner), NOTHING)  # type: ignore[arg-type]
    features = Features(*(NOTHING,) * 7)
    judgement = Judgement(
        tuple(phones), tuple(marks), UtteranceJudgement(80, 80, 80, 80), -0.5,
        (-0.5,) * len(words), said, features,
    )  # fmt: skip
    return judgement, laid, text


def shown(
    judgement: Judgement,
    laid: list[LaidWord],
    text: list[SoundedWord],
    source: PromptSource = PromptSource.READ,
) -> list[WordScore]:
    """The words with their flags."""
    above = LIMITS.default if source is PromptSource.READ else LIMITS.gentle
    return word_scores(
        judgement,
        laid,
        text,
        thresholds=LIMITS,
        source=source,
        frame_ms=20.0,
        flagged=flags(judgement, laid, text, above=above),
        diagnoses={},
    )


def test_the_three_surest_are_flagged() -> None:
    """Five doubtful phonemes, three flags."""
    made = utterance(([0.5, 0.9, 0.6, 0.8, 0.45], VariantKind.DICTIONARY))

    assert flags(*made, above=0.4) == {1, 2, 3}


def test_weak_forms_are_never_flagged_nor_wrong() -> None:
    """However sure the scorer is."""
    made = utterance(([0.95, 0.9], VariantKind.WEAK), ([0.01], VariantKind.DICTIONARY))
    weak, strong = shown(*made)

    assert weak.verdict is Verdict.UNSURE
    assert not any(p.flagged for p in weak.phonemes)
    assert Verdict.WORK not in {p.verdict for p in weak.phonemes}
    assert strong.verdict is Verdict.FINE


def test_a_clear_exchange_is_flagged_whatever_the_probability() -> None:
    """Phoneme 0 of a fluent speaker."""
    made = utterance(([0.02, 0.01], VariantKind.DICTIONARY))

    assert flags(*made, above=0.4) == frozenset()
    assert flags(*made, above=0.4, exchanged={0}) == {0}


@pytest.mark.parametrize(
    ("probability", "read", "heard"),
    [
        (0.01, Verdict.FINE, Verdict.FINE),
        (0.2, Verdict.CLOSE, Verdict.UNSURE),
        (0.5, Verdict.WORK, Verdict.UNSURE),
        (0.8, Verdict.WORK, Verdict.WORK),
    ],
)
def test_free_speech_says_only_what_is_sure(
    probability: float, read: Verdict, heard: Verdict
) -> None:
    """The same sound, against a text and against a transcript."""
    made = utterance(([probability], VariantKind.DICTIONARY))

    assert shown(*made)[0].phonemes[0].verdict is read
    assert shown(*made, PromptSource.HEARD)[0].phonemes[0].verdict is heard


def test_words_left_out_have_no_score() -> None:
    """And no phonemes."""
    _, _, text = utterance(([0.1], VariantKind.DICTIONARY))
    (missed,) = missed_words(text, [0])

    assert missed.verdict is Verdict.MISSED
    assert missed.score is None
    assert missed.phonemes == ()
