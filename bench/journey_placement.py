"""Placement of simulated learners whose ability is known.

Their levels are even over A1 to C2, and abilities even within a level. The items that they
meet are not as difficult as the bank says: each true difficulty is its seed and noise of
half a logit. Whoever does not know an item guesses, 1 in 4, always. The product's own
choice, belief and verdict are at work; only the answers are made up.
"""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from random import Random

from tutor.placement.bank_file import read_bank
from tutor.placement.belief import Belief
from tutor.placement.choosing import is_enough, next_item
from tutor.placement.items import Bank
from tutor.placement.scale import LEVELS, STEP, centre, level_at
from tutor.placement.verdict import Verdict, verdict

TARGETS = {"placement_within_one_share": ">= 0.95"}
LEARNERS = 3000
FEWER = 900
NOISE_SD = 0.5
GUESS = 0.25
_SEED = 20


@dataclass(frozen=True, slots=True)
class Placed:
    """A simulated learner after a placement."""

    ability: float
    verdict: Verdict
    items: int

    @property
    def off(self) -> int:
        """How many levels the verdict is too high."""
        return self.verdict.level.rank - level_at(self.ability).rank


def run() -> dict[str, float]:
    """Return the figures for English, and in other conditions for the detail."""
    bank = read_bank("en")
    usual = simulate(bank)
    found = _figures(usual)
    counts = Counter(one.off for one in usual)
    found |= {
        f"off_by_{off:+d}_share": counts[off] / len(usual) for off in sorted(counts)
    }
    inside = [
        one.verdict.low.rank <= level_at(one.ability).rank <= one.verdict.high.rank
        for one in usual
    ]
    found["in_named_range_share"] = sum(inside) / len(usual)
    for level in LEVELS:
        of_level = [one for one in usual if level_at(one.ability) == level]
        found[f"within_one_share_{level}"] = _near(of_level, 1)
        found[f"exact_share_{level}"] = _near(of_level, 0)
    for name, options in _CONDITIONS.items():
        found |= {
            f"{name}_{key.removeprefix('placement_')}": value
            for key, value in _figures(
                simulate(bank, learners=FEWER, **options)
            ).items()
        }
    for language in ("es", "fr", "de"):
        other = read_bank(language)
        found |= {
            f"{language}_{key.removeprefix('placement_')}": value
            for key, value in _figures(simulate(other, learners=FEWER)).items()
        }
    return {name: round(value, 4) for name, value in found.items()}


_CONDITIONS: dict[str, dict[str, float]] = {
    "no_guessing": {"guess": 0.0},
    "no_noise": {"noise_sd": 0.0},
    "noise_1_logit": {"noise_sd": 1.0},
    "levels_1_logit_apart": {"stretch": 1.0 / STEP},
}


def simulate(
    bank: Bank,
    *,
    learners: int = LEARNERS,
    noise_sd: float = NOISE_SD,
    guess: float = GUESS,
    stretch: float = 1.0,
) -> list[Placed]:
    """Place learners. ``stretch`` is how far apart the items really are, to the bank's."""
    random = Random(_SEED)  # noqa: S311 a simulation
    levels = [level for level in LEVELS if level.rank <= bank.top.rank]
    placed = []
    for number in range(learners):
        true = {
            key: stretch * item.difficulty + random.gauss(0, noise_sd)
            for key, item in bank.items.items()
        }
        level = levels[number % len(levels)]
        ability = centre(level) + random.uniform(-STEP / 2, STEP / 2)
        placed.append(
            _place(
                bank, ability, stretch * ability, true, guess, random, seed=str(number)
            )
        )
    return placed


def _place(
    bank: Bank,
    ability: float,
    real_ability: float,
    true: dict[str, float],
    guess: float,
    random: Random,
    *,
    seed: str,
) -> Placed:
    belief, asked = Belief.before_anything(), list[str]()
    while not is_enough(belief, len(asked)):
        item = next_item(bank, belief, asked, seed=seed)
        if item is None:
            break
        knows = random.random() < 1 / (1 + math.exp(true[item.key] - real_ability))
        right = knows or random.random() < guess
        belief = belief.after(item.difficulty, right=right)
        asked.append(item.key)
    return Placed(ability, verdict(belief, top=bank.top), len(asked))


def _figures(placed: list[Placed]) -> dict[str, float]:
    return {
        "placement_exact_share": _near(placed, 0),
        "placement_within_one_share": _near(placed, 1),
        "placement_items": sum(one.items for one in placed) / len(placed),
    }


def _near(placed: list[Placed], levels: int) -> float:
    return sum(abs(one.off) <= levels for one in placed) / len(placed)
