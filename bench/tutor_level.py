"""About which CEFR level a reply has: an estimate, for comparing tutors with each other.

By ``tutor.analysis.sentence_level``. A reply is as hard as its hardest sentence. Speech to an
advanced learner looks easier than it is, for every tutor alike. One short reply says
little; means over many do.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from tutor.analysis.sentence_level import sentence_rank
from tutor.gates.reading import read
from tutor.learner import Level


def estimated_rank(text: str, language: str = "en") -> float:
    """Return an estimate on the scale 1 (A1) to 6 (C2), that of the hardest sentence."""
    sentences = read(text, language).sentences
    found = [sentence_rank(one.text, language) for one in sentences if one.words]
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
