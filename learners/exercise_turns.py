"""Which exercises come next, and in which order: own mistakes first, kinds in turn."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from typing import Protocol, TypeVar

from tutor.exercises import Kind

# What comes first is easier: choosing before ordering, ordering before writing.
_LADDER = (
    Kind.GAP_FILL,
    Kind.MINIMAL_PAIR,
    Kind.REORDER,
    Kind.SHADOWING,
    Kind.DICTATION,
    Kind.TRANSFORM,
    Kind.SHORT_ANSWER,
    Kind.ROLE_PLAY,
)
_RANK = {str(kind): rank for rank, kind in enumerate(_LADDER)}
# Of four exercises two are about own mistakes, as long as there are any.
_ROUND = ("ledger", "sound", "ledger", "item", "ledger", "lesson")


class Choosable(Protocol):
    """What is looked at of an exercise."""

    @property
    def kind(self) -> str:
        """What the learner does."""
        ...

    @property
    def source(self) -> str:
        """What it is about: ``ledger:``, ``item:``, ``sound:`` or ``lesson:`` and more."""
        ...


T = TypeVar("T", bound=Choosable)


def in_turn(found: Iterable[T], *, limit: int) -> list[T]:
    """Choose up to ``limit`` exercises that are as different as can be.

    ``found`` is in order of importance. Two about the same thing never stand side by side
    while there is another, since one would give the other away. A role play comes last,
    and there is one at most: it leads away into a talk.
    """
    left: dict[str, list[list[T]]] = {}
    by_source: dict[Hashable, list[T]] = {}
    for one in found:
        group = by_source.get(one.source)
        if group is None:
            group = by_source[one.source] = []
            sort = one.source.partition(":")[0]
            left.setdefault(sort if sort in _ROUND else "lesson", []).append(group)
        group.append(one)
    chosen: list[T] = []
    used: Counter[str] = Counter()
    step = 0
    while len(chosen) < limit and any(left.values()):
        groups = left.get(_ROUND[step % len(_ROUND)])
        step += 1
        if not groups:
            continue
        one = _least_used(groups[0], used)
        _take(groups, one)
        if one.kind == Kind.ROLE_PLAY and used[Kind.ROLE_PLAY]:
            continue
        used[one.kind] += 1
        chosen.append(one)
    return sorted(chosen, key=lambda one: one.kind == Kind.ROLE_PLAY)


def _least_used(group: Sequence[T], used: Counter[str]) -> T:
    return min(group, key=lambda one: (used[one.kind], _RANK.get(one.kind, 0)))


def _take(groups: list[list[T]], one: T) -> None:
    """Take one out; what is about the same thing waits until all others had a turn."""
    group = groups.pop(0)
    rest = [other for other in group if other is not one]
    if rest:
        groups.append(rest)
