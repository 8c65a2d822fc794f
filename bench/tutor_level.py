"""About which CEFR level a reply has: an estimate, for comparing tutors with each other.

A line through three measures, fitted on 5,990 sentences of CEFR-SP's Wikipedia part (Arase
et al. 2022), every level weighing the same: words, the mean rank of the words and the share
of words above A2. On 701 other sentences the estimate correlates with the raters at 0.65
and is within one level of them for 85 % (mean over levels). A reply is as hard as its
hardest sentence. Those sentences are written ones: speech to an advanced learner looks
easier than it is, for every tutor alike. One short reply says little; means over many do.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from tutor.gates.reading import Reading, read
from tutor.languages.levels import UNKNOWN, word_levels
from tutor.learner import Level

_BASE = -0.864
_PER_WORD = 0.1218
_PER_RANK = 1.2596
_PER_HARD_SHARE = 2.1192
_HARD_RANK = 3


def measures(sentence: str, language: str = "en") -> tuple[float, float, float]:
    """Return words, mean rank of the words, and the share above A2 of one sentence."""
    reading = read(sentence, language)
    ranks = _ranks(reading, language)
    count = max(1, len(ranks))
    hard = sum(rank >= _HARD_RANK for rank in ranks)
    return float(reading.words), sum(ranks) / count, hard / count


def estimated_rank(text: str, language: str = "en") -> float:
    """Return an estimate on the scale 1 (A1) to 6 (C2), that of the hardest sentence."""
    sentences = read(text, language).sentences
    found = [_sentence_rank(one.text, language) for one in sentences if one.words]
    return min(6.0, max([1.0, *found]))


def within_one_macro(replies: Iterable[tuple[Level, str]]) -> float | None:
    """Return the share of English replies within one level of their learner's.

    The mean over the learners' levels, so that no level counts more for having more turns;
    None without replies.
    """
    near: dict[Level, list[bool]] = defaultdict(list)
    for level, reply in replies:
        near[level].append(abs(round(estimated_rank(reply)) - level.rank) <= 1)
    shares = [sum(found) / len(found) for found in near.values()]
    return sum(shares) / len(shares) if shares else None


def _sentence_rank(sentence: str, language: str) -> float:
    words, rank, hard = measures(sentence, language)
    return _BASE + _PER_WORD * words + _PER_RANK * rank + _PER_HARD_SHARE * hard


def _ranks(reading: Reading, language: str) -> list[int]:
    """Return the ranks of the words; names and numbers have none."""
    levels = word_levels(language)
    found = []
    for token in reading.tokens:
        rank = levels.rank(token.text) if token.text[0].isalpha() else UNKNOWN
        if rank != UNKNOWN:
            found.append(rank)
    return found
