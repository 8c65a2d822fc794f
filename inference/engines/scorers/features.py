"""What the head sees: goodness of pronunciation, durations and pauses, as arrays."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from inference.phonetics.inventory import EN_PHONES, class_phoneme, is_vowel

from .alignment import Float32, Ints
from .expectation import Expectation
from .local_evidence import local_scores

# Log-scores beyond this say no more than "impossible".
_LIMIT = 40.0
_VOWELS = np.asarray([is_vowel(class_phoneme(i)) for i in range(len(EN_PHONES))])
# How many numbers the decoder adds for a word, and for the utterance.
OF_EXPECTATION = 6
WHOLE_EXPECTATION = 4
# A pause this long (200 ms) is heard as one.
_LONG_PAUSE_FRAMES = 10


@dataclass(frozen=True, slots=True)
class SpokenText:
    """A text laid over the frames of a clip.

    All arrays have one entry a phoneme of the whole text, in order: acoustic class,
    stress (0, 1, 2), number of the word it is in, and its frames (first, after the last).
    """

    classes: Ints
    stress: Ints
    word: Ints
    spans: Ints

    @property
    def n_words(self) -> int:
        """Number of words."""
        return int(self.word[-1]) + 1


@dataclass(frozen=True, slots=True)
class Features:
    """The head's input for one utterance.

    ``phones`` has shape ``(n_phonemes, n_features)``, ``utterance`` ``(n_numbers,)``,
    ``timbre`` ``(2 * width,)``: mean and deviation of the normalised encoder frames.
    ``expected`` ``(n_words, OF_EXPECTATION)`` says how sure the decoder was of each word; its
    columns end those of ``phones``, and ``WHOLE_EXPECTATION`` numbers those of ``utterance``.
    ``gop`` is the target's mean log-posterior minus the best competitor's; ``local`` the
    log-scores of ``local_evidence`` relative to the target.
    """

    phones: Float32
    utterance: Float32
    timbre: Float32
    gop: Float32
    own: Float32
    local: Float32
    expected: Float32


def extract(
    normalised: Float32,
    log_posteriors: Float32,
    said: SpokenText,
    expected: Expectation | None = None,
) -> Features:
    """Compute the features of one utterance.

    ``normalised`` are the encoder frames with mean 0 and deviation 1, ``log_posteriors``
    those of the frame model; both have one row a frame. ``expected`` is the decoder's for
    the words of ``said``.
    """
    silence = log_posteriors.shape[1] - 1
    starts, ends = said.spans[:, 0], said.spans[:, 1]
    frames = ends - starts
    rows = np.arange(len(frames))
    sums = np.zeros((len(log_posteriors) + 1, silence + 1), dtype=np.float32)
    np.cumsum(log_posteriors, axis=0, out=sums[1:])
    mean = (sums[ends] - sums[starts]) / frames[:, None]
    own = mean[rows, said.classes]
    gop = own - _best_other(mean, said.classes)
    local = local_scores(log_posteriors, said.classes, said.spans, silence=silence)
    target = local[rows, said.classes]
    local_gop = np.clip(target - _best_other(local, said.classes), -_LIMIT, _LIMIT)
    kept = np.clip(target - local[:, -1], -_LIMIT, 60.0)
    peak = np.asarray(
        [
            log_posteriors[a:b, c].max()
            for a, b, c in zip(starts, ends, said.classes, strict=True)
        ]
    )
    gap_before = np.concatenate([starts[:1], starts[1:] - ends[:-1]])
    gap_after = np.concatenate([gap_before[1:], [len(log_posteriors) - ends[-1]]])
    log_frames = np.log(frames)
    new_word = np.concatenate([[True], np.diff(said.word) > 0])
    ends_word = np.concatenate([new_word[1:], [True]])
    n = len(frames)
    numbers = np.column_stack(
        [
            own,
            gop,
            local_gop / 4,
            local_gop / frames,
            kept / 8,
            peak,
            log_frames,
            log_frames - log_frames.mean(),
            np.log1p(gap_before),
            np.log1p(gap_after),
            new_word,
            ends_word,
            said.stress == 1,
            np.full(n, np.log(n)),
            np.full(n, own.mean()),
            np.full(n, log_frames.mean()),
            (rows + 0.5) / n,
        ]
    )
    by_word, whole = _expectation(expected or Expectation.unknown(said.n_words))
    relative = np.clip(local - target[:, None], -_LIMIT, _LIMIT)
    speech = normalised[starts[0] : ends[-1]]
    return Features(
        phones=np.column_stack([numbers, mean, relative, by_word[said.word]]).astype(
            np.float32
        ),
        utterance=np.concatenate(
            [
                _utterance(
                    said,
                    own,
                    gop,
                    local_gop,
                    frames,
                    gap_before[1:],
                    len(log_posteriors),
                ),
                whole,
            ]
        ),
        expected=by_word,
        timbre=np.concatenate([speech.mean(axis=0), speech.std(axis=0)]),
        gop=gop.astype(np.float32),
        own=own.astype(np.float32),
        local=relative.astype(np.float32),
    )


def _best_other(scores: Float32, classes: Ints) -> Float32:
    others = scores.copy()
    others[np.arange(len(classes)), classes] = -np.inf
    best: Float32 = others.max(axis=1)
    return best


def _utterance(
    said: SpokenText,
    own: Float32,
    gop: Float32,
    local_gop: Float32,
    frames: Ints,
    gaps: Ints,
    n_frames: int,
) -> Float32:
    """Rates, pauses and the spread of the phonemes' scores."""
    begin, end = int(said.spans[0, 0]), int(said.spans[-1, 1])
    length = end - begin
    pauses = gaps[gaps > 0]
    log_frames = np.log(frames)
    vowels = log_frames[_VOWELS[said.classes]]
    numbers = [
        *_spread(own),
        *_spread(gop),
        *_spread(local_gop),
        float((local_gop < -2).mean()),
        float((local_gop < 0).mean()),
        np.log(length),
        np.log(len(frames)),
        np.log(len(frames) / length),
        np.log(len(frames) / frames.sum()),
        gaps.sum() / length,
        len(pauses) / said.n_words,
        np.log1p(pauses.max() if len(pauses) else 0),
        float((pauses > _LONG_PAUSE_FRAMES).sum()),
        np.log1p(begin),
        np.log1p(n_frames - end),
        log_frames.std(),
        log_frames.mean(),
        np.log1p(np.sort(frames)[-3:]).mean(),
        float(said.n_words),
        vowels.mean() if len(vowels) else 2.0,
        vowels.std() if len(vowels) else 0.3,
    ]
    return np.asarray(numbers, dtype=np.float32)


def _expectation(expected: Expectation) -> tuple[Float32, Float32]:
    """What the decoder says of each word, and of the utterance; zeros where nothing."""
    known = expected.known
    following = np.append(expected.mean[1:], 0.0)
    by_word = np.column_stack(
        [
            known,
            expected.mean,
            expected.total,
            expected.least,
            following,
            np.append(known[1:], False),
        ]
    ).astype(np.float32)
    whole = [0.0] * WHOLE_EXPECTATION
    if known.any():
        means = expected.mean[known]
        whole = [
            1.0,
            float(means.mean()),
            float(np.quantile(means, 0.1)),
            float(np.median(means)),
        ]
    return by_word, np.asarray(whole, dtype=np.float32)


def _spread(values: Float32) -> list[float]:
    return [
        float(values.mean()),
        *(float(q) for q in np.quantile(values, [0.05, 0.25, 0.5, 0.75])),
    ]
