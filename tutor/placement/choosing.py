"""Which item comes next, and when enough is known.

The next item is one of the few that would tell most about the ability believed now, of the
kind that was asked less so far. Among these few a draw decides, seeded by the placement:
no item is shown to everybody, and a page that is loaded again shows the same one.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from random import Random

from .belief import Belief, information
from .items import Bank, Item, ItemKind

FEWEST = 10
MOST = 15
# So likely must one level be before an early end.
SURE = 0.85
_DRAWN_FROM = 5


def next_item(
    bank: Bank,
    belief: Belief,
    asked: Sequence[str],
    *,
    seed: str,
    avoid: Collection[str] = (),
) -> Item | None:
    """Return the next item, None where none is left.

    ``asked`` are the keys of this placement in their order; ``avoid`` those of earlier
    ones, which come again only where nothing else is left.
    """
    seen = set(asked)
    open_items = [item for item in bank.items.values() if item.key not in seen]
    fresh = [item for item in open_items if item.key not in avoid] or open_items
    kind = _kind_asked_less(bank, asked)
    candidates = [item for item in fresh if item.kind == kind] or fresh
    if not candidates:
        return None
    ability = belief.mean
    best = sorted(
        candidates,
        key=lambda item: (-information(ability, item.difficulty), item.key),
    )[:_DRAWN_FROM]
    return Random(f"{seed} {len(asked)}").choice(best)  # noqa: S311 no secret


def is_enough(belief: Belief, answered: int) -> bool:
    """Whether so many answers have told enough."""
    if answered >= MOST:
        return True
    return answered >= FEWEST and max(belief.levels.values()) >= SURE


def _kind_asked_less(bank: Bank, asked: Sequence[str]) -> ItemKind:
    kinds = [bank.items[key].kind for key in asked if key in bank.items]
    if kinds.count(ItemKind.GRAMMAR) < kinds.count(ItemKind.VOCABULARY):
        return ItemKind.GRAMMAR
    return ItemKind.VOCABULARY
