"""What a sentence read aloud and a minute of talk say about an ability: a little.

Both are hints with a known error, in logits, much larger than that of fifteen items. With a
usual error of 0.7 after the items a talk moves the estimate by about a fifth of the way
to what it says, a reading by a tenth. What was too short to tell says nothing. The errors
are chosen, not fitted: no recordings of learners of known level came with the project.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..analysis.sentence_level import sentence_rank
from ..gates.reading import read
from .belief import Belief
from .scale import CUTS, at_rank

TALK_SD = 1.5
READING_SD = 2.1
# Words that a talk must have before it counts; a minute of slow speech has twice as many.
FEWEST_WORDS = 25
_SHORTEST_SENTENCE = 3
_LONGEST_SENTENCE = 25
# Scores of a reading that speak for the lowest and the highest cut between levels.
_LOW_SCORE, _HIGH_SCORE = 40.0, 90.0
# The harder half of the sentences shows what somebody can do.
_SHARE = 0.5


def talk_rank(text: str, language: str) -> float | None:
    """Return about which level a talk has, 1 for A1 to 6 for C2; None if it is too short."""
    if read(text, language).words < FEWEST_WORDS:
        return None
    ranks = sorted(sentence_rank(one, language) for one in _pieces(text, language))
    if not ranks:
        return None
    harder = ranks[-max(1, round(len(ranks) * _SHARE)) :]
    return max(1.0, min(6.0, sum(harder) / len(harder)))


def with_talk(belief: Belief, rank: float | None) -> Belief:
    """Return what is believed after a minute of talk."""
    return belief if rank is None else belief.leaning(at_rank(rank), TALK_SD)


def with_reading(belief: Belief, score: float | None) -> Belief:
    """Return what is believed after a sentence was read aloud with a score of 0 to 100."""
    if score is None:
        return belief
    share = (score - _LOW_SCORE) / (_HIGH_SCORE - _LOW_SCORE)
    share = max(-0.25, min(1.25, share))
    return belief.leaning(CUTS[0] + share * (CUTS[-1] - CUTS[0]), READING_SD)


def _pieces(text: str, language: str) -> Iterator[str]:
    """Yield sentences; recognition without full stops makes none too long to be judged."""
    for sentence in read(text, language).sentences:
        words = sentence.text.split()
        if len(words) < _SHORTEST_SENTENCE:
            continue
        for start in range(0, len(words), _LONGEST_SENTENCE):
            piece = words[start : start + _LONGEST_SENTENCE]
            if len(piece) >= _SHORTEST_SENTENCE:
                yield " ".join(piece)
