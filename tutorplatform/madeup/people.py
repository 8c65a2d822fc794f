"""Made-up people, drawn by chance and the same each time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil
from random import Random
from typing import Final

from lessons.sounds.contrasts import contrasts_for
from tutor.categories import Category

from .languages import ALL_LEARNERS, FIRST_LANGUAGES, FirstLanguage

DOMAIN: Final = "made-up.invalid"
LEVELS: Final = ("A1", "A2", "B1", "B2")
CLASS_SIZE: Final = 25
WEEKS: Final = 16
# How often a sentence that can go wrong does, by level.
_SLIPS_AT: Final = {"A1": 0.55, "A2": 0.45, "B1": 0.3, "B2": 0.18}
# How often a sound that is hard for a speaker goes wrong, by level.
_HARD_AT: Final = {"A1": 0.75, "A2": 0.6, "B1": 0.45, "B2": 0.3}
_EASY_WRONG: Final = 0.025
_APART: Final = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class HardSound:
    """How often a sound goes wrong for somebody, and what it becomes (none: left out)."""

    chance: float
    becomes: str | None


@dataclass(frozen=True, slots=True)
class Person:
    """A made-up learner. ``talks`` are the moments at which they began to talk.

    ``learning`` is how much of their mistakes is gone at the end.
    """

    number: int
    email: str
    name: str
    l1: str
    level: str
    joined_at: datetime
    talks: tuple[datetime, ...]
    slip_chance: float
    slips: dict[Category, float]
    sounds: dict[str, HardSound]
    learning: float

    def wrong_chance(self, phoneme: str) -> float:
        """Return how often a sound goes wrong at first."""
        hard = self.sounds.get(phoneme)
        return hard.chance if hard else _EASY_WRONG


def address(school: str, kind: str, number: int) -> str:
    """Return a made-up person's address."""
    return f"{kind}{number:05}@{school}.{DOMAIN}"


def level_of_class(index: int) -> str:
    """Return the level of a class by its number."""
    return LEVELS[index % len(LEVELS)]


def random_for(school: str, *about: object) -> Random:
    """Return chance that is the same each time for the same thing."""
    return Random(f"{school} {' '.join(map(str, about))}")  # noqa: S311 nobody's secret


def person(
    school: str,
    number: int,
    *,
    turns: int,
    a_talk: int,
    now: datetime,
    l1: str = "",
    level: str = "",
) -> Person:
    """Return a learner. They have so many turns all in all, ``a_talk`` in each talk.

    ``l1`` and ``level`` are drawn unless they are said.
    """
    random = random_for(school, "learner", number)
    first = random.choices(FIRST_LANGUAGES, [one.share for one in FIRST_LANGUAGES])[0]
    first = next((one for one in FIRST_LANGUAGES if one.tag == l1), first)
    level = level or level_of_class(number // CLASS_SIZE)
    gift = random.uniform(0.55, 1.3)
    name = f"{random.choice(first.names)} {random.choice(first.families)}"
    joined_at = now - timedelta(weeks=WEEKS, days=random.randint(0, 10))
    return Person(
        number=number,
        email=address(school, "learner", number),
        name=name,
        l1=first.tag,
        level=level,
        joined_at=joined_at,
        talks=_talks(random, max(1, ceil(turns / a_talk)), joined_at, now),
        slip_chance=min(0.9, _SLIPS_AT[level] * gift),
        slips=_slips(random, first),
        sounds=_sounds(random, first, _HARD_AT[level] * gift),
        learning=random.betavariate(2, 3),
    )


def _talks(
    random: Random, n: int, joined_at: datetime, now: datetime
) -> tuple[datetime, ...]:
    """Return when they talked: most go on, some stopped weeks ago, in the evening mostly."""
    until = now - timedelta(hours=3)
    if random.random() < 0.15:
        until = now - timedelta(days=random.uniform(8, 45))
    span = (until - joined_at).total_seconds()
    found = []
    for _ in range(n):
        at = joined_at + timedelta(seconds=random.random() * span)
        hour = min(22, max(7, round(random.gauss(17.5, 3))))
        at = at.replace(hour=hour, minute=random.randrange(60), microsecond=0)
        found.append(min(at, until))
    # The last one as it is; those before it end before the next one begins.
    spaced: list[datetime] = []
    for at in sorted(found, reverse=True):
        spaced.append(min(at, spaced[-1] - _APART) if spaced else at)
    return tuple(reversed(spaced))


def _slips(random: Random, first: FirstLanguage) -> dict[Category, float]:
    return {
        category: weight * first.slips.get(category, 1.0) * random.uniform(0.4, 1.6)
        for category, weight in ALL_LEARNERS.items()
    }


def _sounds(
    random: Random, first: FirstLanguage, chance: float
) -> dict[str, HardSound]:
    found: dict[str, HardSound] = {}
    for contrast in contrasts_for(first.tag, "en").contrasts:
        hard = min(0.92, contrast.weight * chance * random.uniform(0.3, 1.4))
        # Added sounds are not scored at the sound itself.
        if contrast.becomes[0].startswith("+") or contrast.sound in found:
            continue
        found[contrast.sound] = HardSound(hard, contrast.other or None)
    return found
