"""What is believed about a learner's contrasts, and which one to drill next.

Each contrast has a share of times at which its two sounds fall together for this learner.
What is believed of that share is a distribution, kept as the weights of what was seen:

- It begins as a Beta distribution around what is common among speakers of the first language
  (the table's weight), worth ``PRIOR_STRENGTH`` answers; a predicted table is worth half.
- What was said counts by the scorer's probabilities of right and wrong, as in
  ``learners.mastery``: the distribution stays a Beta.
- Of "which of two words do you hear?" one cannot count right and wrong: who does not hear
  the difference guesses, and is right half of the time, and who does slips now and then.
  The likelihood of an answer is that mixture, so the distribution is a Beta times a product,
  worked out on a grid.
- Evidence halves with ``learners.mastery.HALF_LIFE_DAYS``.

The next drill is drawn by Thompson sampling: a share is drawn from each distribution, and
the contrast with the largest one is drilled. A contrast is so chosen as often as it is
probably the weakest: what is known to be weak is drilled, what is uncertain is tried, what
is mastered comes back when its evidence has faded. W. R. Thompson 1933, "On the likelihood
that one unknown probability exceeds another"; O. Chapelle and L. Li 2011, "An empirical
evaluation of Thompson sampling"; for what to practise next, B. Clement, D. Roy, P.-Y.
Oudeyer and M. Lopes 2015, "Multi-armed bandits for intelligent tutoring systems".
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import accumulate
from math import exp, log, log1p, prod
from random import Random

from lessons.sounds.contrast import Contrast

from .mastery import INTERVAL, KNOWN_BELOW_WIDTH

PRIOR_STRENGTH = 2.0
PREDICTED_STRENGTH = 1.0
# Between a contrast that no speaker of the first language mixes up and one that all do.
_LOWEST_SHARE, _HIGHEST_SHARE = 0.12, 0.5
# How often somebody who hears the difference presses the wrong word.
SLIP = 0.04
# A sound is said in many words and places: of talks no more counts than this.
MOST_SAID = 20.0
_POINTS = [(n + 0.5) / 100 for n in range(100)]
_LOG_WRONG = [log(point) for point in _POINTS]
_LOG_RIGHT = [log1p(-point) for point in _POINTS]
_LOG_HEARD_WRONG = [log(point / 2 + (1 - point) * SLIP) for point in _POINTS]
_LOG_HEARD_RIGHT = [log(point / 2 + (1 - point) * (1 - SLIP)) for point in _POINTS]
_NEXT_TO_NOTHING = 1e-6


@dataclass(frozen=True)
class ContrastBelief:
    """A contrast with the evidence about it, as weights.

    ``wrong`` and ``right`` are those of what was said and of the prior, ``heard_wrong`` and
    ``heard_right`` of the words chosen. ``answers`` and ``attempts`` count what was heard
    and said, without fading.
    """

    contrast: Contrast
    wrong: float
    right: float
    heard_wrong: float = 0.0
    heard_right: float = 0.0
    answers: int = 0
    attempts: int = 0

    @cached_property
    def density(self) -> list[float]:
        """How probable each point of the grid is as the share that falls together."""
        logs = [
            (self.wrong - 1) * _LOG_WRONG[n]
            + (self.right - 1) * _LOG_RIGHT[n]
            + self.heard_wrong * _LOG_HEARD_WRONG[n]
            + self.heard_right * _LOG_HEARD_RIGHT[n]
            for n in range(len(_POINTS))
        ]
        top = max(logs)
        weights = [exp(value - top) for value in logs]
        total = sum(weights)
        return [weight / total for weight in weights]

    @cached_property
    def below(self) -> list[float]:
        """How probable it is that the share is no higher than each point of the grid."""
        return list(accumulate(self.density))

    @cached_property
    def mean(self) -> float:
        """The expected share of times at which the sounds fall together."""
        both = zip(_POINTS, self.density, strict=True)
        return sum(point * share for point, share in both)

    @property
    def interval(self) -> tuple[float, float]:
        """The 90 % credible interval of that share."""
        tail = (1 - INTERVAL) / 2
        return self.at(tail), self.at(1 - tail)

    @property
    def is_known(self) -> bool:
        """Whether there is enough evidence to say something."""
        low, high = self.interval
        return self.answers + self.attempts > 0 and high - low < KNOWN_BELOW_WIDTH

    def at(self, probability: float) -> float:
        """Return the share that is not exceeded with this probability."""
        return _POINTS[min(bisect_left(self.below, probability), len(_POINTS) - 1)]


def prior(contrast: Contrast, *, predicted: bool) -> ContrastBelief:
    """Return what is believed before anything was heard or said."""
    span = _HIGHEST_SHARE - _LOWEST_SHARE
    share = _LOWEST_SHARE + span * contrast.weight
    strength = PREDICTED_STRENGTH if predicted else PRIOR_STRENGTH
    return ContrastBelief(contrast, strength * share, strength * (1 - share))


def after_hearing(
    known: ContrastBelief, *, right: bool, kept: float = 1.0
) -> ContrastBelief:
    """Return the belief after one answer; ``kept`` is what time has left of it."""
    return replace(
        known,
        heard_right=known.heard_right + kept * right,
        heard_wrong=known.heard_wrong + kept * (not right),
        answers=known.answers + 1,
    )


def after_saying(
    known: ContrastBelief, *, right: float, wrong: float, attempts: int
) -> ContrastBelief:
    """Return the belief after what was said: weights of attempts, already faded."""
    scale = min(1.0, MOST_SAID / (right + wrong)) if right + wrong > 0 else 0.0
    return replace(
        known,
        wrong=known.wrong + scale * wrong,
        right=known.right + scale * right,
        attempts=known.attempts + attempts,
    )


def draw(beliefs: Sequence[ContrastBelief], *, random: Random) -> ContrastBelief:
    """Return the contrast to drill next. Raises ValueError without any."""
    return max(beliefs, key=lambda one: (one.at(random.random()), one.mean))


def weakest(beliefs: Sequence[ContrastBelief]) -> tuple[ContrastBelief, float]:
    """Return the contrast that is most probably the weakest, and how probable that is.

    Raises ValueError without any.
    """
    chances = []
    for belief in beliefs:
        others = [one.below for one in beliefs if one is not belief]
        chances.append(
            sum(
                share * prod(below[point] for below in others)
                for point, share in enumerate(belief.density)
                if share > _NEXT_TO_NOTHING
            )
        )
    best = max(range(len(beliefs)), key=lambda at: (chances[at], beliefs[at].mean))
    return beliefs[best], chances[best]
