"""What the learned scorer thinks of speech, as if the text had surely been said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np

from .alignment import Alignment, Float32, Ints
from .evidence import word_evidence
from .expectation import Expectation
from .features import Features, SpokenText, extract
from .marking import mark
from .stored import Scorer


@dataclass(frozen=True, slots=True)
class PhoneJudgement:
    """One phone: score 0..100, probability of being wrong, GOP (log-posterior ratio)."""

    score: float
    wrong_probability: float
    gop: float


@dataclass(frozen=True, slots=True)
class WordJudgement:
    """One word, 0..100, and the probability that experts give it less than 5 of 10."""

    accuracy: float
    total: float
    wrong_probability: float


@dataclass(frozen=True, slots=True)
class UtteranceJudgement:
    """The whole utterance, 0..100."""

    accuracy: float
    fluency: float
    prosody: float
    total: float


@dataclass(frozen=True, slots=True)
class Judgement:
    """Everything thought of one clip, in the order of the text.

    ``word_gops`` and their mean ``prompt_gop`` say whether the words were said at all:
    log-posterior ratios, at most 0, higher is surer.
    """

    phones: tuple[PhoneJudgement, ...]
    words: tuple[WordJudgement, ...]
    utterance: UtteranceJudgement
    prompt_gop: float
    word_gops: tuple[float, ...]
    spoken: SpokenText
    features: Features


def spoken_text(
    words: Sequence[Ints], stress: Sequence[Ints], spans: Sequence[Ints]
) -> SpokenText:
    """Put the words' acoustic classes, stress and frames together."""
    return SpokenText(
        classes=np.concatenate(words),
        stress=np.concatenate(stress),
        word=np.repeat(np.arange(len(words)), [len(w) for w in words]),
        spans=np.concatenate(spans),
    )


def equal_parts(n_frames: int, sizes: Sequence[int]) -> Alignment:
    """Return an alignment of last resort: every phoneme the same share of the clip."""
    edges = np.linspace(0, n_frames, sum(sizes) + 1).astype(np.int64)
    starts = np.minimum(edges[:-1], n_frames - 1)
    spans = np.column_stack([starts, np.maximum(edges[1:], starts + 1)])
    cuts = np.cumsum(sizes)[:-1]
    return Alignment((0,) * len(sizes), tuple(np.split(spans, cuts)), -np.inf)


def judge(
    scorer: Scorer,
    frames: Float32,
    log_posteriors: Float32,
    said: SpokenText,
    expected: Expectation,
) -> Judgement:
    """Score a text laid over the frames.

    ``frames`` come straight from the encoder, ``expected`` from the decoder, for the words
    of ``said``.
    """
    features = extract(scorer.frame.normalised(frames), log_posteriors, said, expected)
    asked = bool(expected.known.any())
    calibrated = partial(scorer.calibrated, expected=asked)
    raw = mark(scorer.heads, scorer.trees, features, said)
    scores = calibrated("phone", raw.phones) * 50.0
    wrong = calibrated("wrong", -raw.phones)
    accuracy = calibrated("word", raw.words[:, 0]) * 10.0
    bad = calibrated("word_wrong", -raw.words[:, 0])
    marks = [
        float(calibrated(name, aspect)) * 10.0
        for name, aspect in zip(
            ("accuracy", "fluency", "prosody", "total"), raw.utterance, strict=True
        )
    ]
    cuts = np.flatnonzero(np.diff(said.word)) + 1
    evidence = scorer.thresholds.joint(
        word_evidence(
            log_posteriors, np.split(said.classes, cuts), np.split(said.spans, cuts)
        ),
        expected,
    )
    return Judgement(
        phones=tuple(
            PhoneJudgement(float(s), float(p), float(g))
            for s, p, g in zip(scores, wrong, features.gop, strict=True)
        ),
        words=tuple(
            WordJudgement(float(a), float(np.clip(t * 10.0, 0.0, 100.0)), float(p))
            for a, t, p in zip(accuracy, raw.words[:, 1], bad, strict=True)
        ),
        utterance=UtteranceJudgement(*marks),
        prompt_gop=float(evidence.mean()),
        word_gops=tuple(float(e) for e in evidence),
        spoken=said,
        features=features,
    )
