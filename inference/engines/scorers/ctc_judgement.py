"""From a model's frames to an outcome and words: the part that needs no model.

The thresholds are set by hand and were not checked against expert ratings. They lean
towards saying nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from inference.phonetics.pronunciation import PromptWord
from inference.types.assessment import AssessmentOutcome, PromptSource, WordScore

from .ctc_gop import goodness
from .ctc_prompt import Said, place, readings
from .ctc_trellis import LogProbs
from .ctc_vocabulary import BLANK, PhonemeColumns
from .ctc_words import Marker

# One phone says nothing about the text; its GOP counts within these bounds.
_BOUND = 5.0
_WRONG_TEXT_BELOW = -1.0
_UNSURE_BELOW = 0.5
_KNOWN_SHARE = 0.6
_INCOMPLETE_BELOW = 0.75
_WRONG_TEXT_SHARE = 0.4
# Fewer sounds than this share of the text's: no speech, whatever it was.
_SPEECH_SHARE = 0.15


@dataclass(frozen=True, slots=True)
class Judgement:
    """What became of the clip; words, and where they were said, only if it was judged."""

    outcome: AssessmentOutcome
    words: tuple[WordScore, ...] = ()
    said: tuple[Said, ...] = ()


def judge(
    words: Sequence[PromptWord],
    columns: PhonemeColumns,
    log_probs: LogProbs,
    *,
    clip_ms: float,
    source: PromptSource,
) -> Judgement:
    """Judge the frames of one clip, ``(n_frames, len(columns))``, against its words."""
    known = sum(bool(readings(word, columns)) for word in words)
    if known < _KNOWN_SHARE * len(words):
        return Judgement(AssessmentOutcome.UNKNOWN_WORDS)
    try:
        said = place(words, columns, log_probs)
    except ValueError:
        # More sounds than frames: nobody speaks that fast.
        return Judgement(AssessmentOutcome.WRONG_TEXT)
    if _sounds(log_probs) < _SPEECH_SHARE * sum(len(_labels(one)) for one in said):
        return Judgement(AssessmentOutcome.NOISE)
    present = sum(bool(one.spans) for one in said)
    if present < _WRONG_TEXT_SHARE * known:
        return Judgement(AssessmentOutcome.WRONG_TEXT)
    labels = [label for one in said if one.spans for label in _labels(one)]
    found = goodness(log_probs, labels, BLANK, columns.rivals(labels))
    fit = float(np.mean(np.clip(found.gop, -_BOUND, _BOUND)))
    if fit < _WRONG_TEXT_BELOW:
        return Judgement(AssessmentOutcome.WRONG_TEXT)
    if fit < _UNSURE_BELOW:
        return Judgement(AssessmentOutcome.UNSURE)
    marker = Marker(columns, found, clip_ms / len(log_probs), source)
    whole = present >= _INCOMPLETE_BELOW * known
    return Judgement(
        AssessmentOutcome.JUDGED if whole else AssessmentOutcome.INCOMPLETE,
        marker.words(said),
        said,
    )


def _labels(said: Said) -> tuple[int, ...]:
    return said.reading.labels if said.reading else ()


def _sounds(log_probs: LogProbs) -> int:
    """Return how many sounds the model hears by itself."""
    best = log_probs.argmax(axis=1)
    begins = np.concatenate([[True], best[1:] != best[:-1]])
    return int(np.sum(begins & (best != BLANK)))
