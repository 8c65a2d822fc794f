"""Counts what was not good enough to be shown, by reason and without anybody's words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from tutor.exercises import Dropped

# "too hard for A2: these words" and "'these' can stand elsewhere".
_WORDS = re.compile(r"(?<=too hard for [ABC][12]):.*|'[^']*'|\"[^\"]*\"")


def drop_counts(dropped: Iterable[Dropped]) -> list[dict[str, Any]]:
    """Return ``{kind, origin, reason, n}``, the most frequent first.

    Each exercise counts once, by its first reason.
    """
    found = Counter(
        (str(one.kind), str(one.origin), bare_reason(one.reasons[0]))
        for one in dropped
        if one.reasons
    )
    return [
        {"kind": kind, "origin": origin, "reason": reason, "n": n}
        for (kind, origin, reason), n in found.most_common()
    ]


def bare_reason(reason: str) -> str:
    """Return a reason without the words of the exercise that it quotes."""
    return " ".join(_WORDS.sub(lambda m: "" if m[0][0] == ":" else "…", reason).split())


def reasons_in_all(batches: Iterable[list[Mapping[str, Any]]]) -> list[tuple[str, int]]:
    """Return the reasons of several makings with how often each counted."""
    found: Counter[str] = Counter()
    for rows in batches:
        for row in rows:
            found[row["reason"]] += row["n"]
    return found.most_common()
