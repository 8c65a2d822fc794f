"""The experts' notation of phone scores: ``B {EH0} (R) [L]``.

A plain phone is right (2), ``{}`` a heavy accent (1), ``()`` wrong or missing (0), and
``[]`` a phone that was inserted: it has no score.
"""

from __future__ import annotations

import re

_TOKEN = re.compile(
    r"\[[^\]]*\]|\{(?P<accented>[^}]*)\}|\((?P<wrong>[^)]*)\)|(?P<right>[^\s\[\](){}]+)"
)


def phone_scores(notation: str) -> tuple[float, ...]:
    """Return the score of each phone that should be there, in order.

    Brackets may hold several phones: each gets the score.
    """
    scores: list[float] = []
    for token in _TOKEN.finditer(notation):
        for kind, score in (("accented", 1.0), ("wrong", 0.0), ("right", 2.0)):
            scores += [score] * len((token[kind] or "").split())
    return tuple(scores)
