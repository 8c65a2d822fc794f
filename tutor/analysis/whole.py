"""Mistakes are shown as whole words: "don't", not the "do" that a parser takes from it."""

from __future__ import annotations

import re

_AHEAD = re.compile(r"(?:n['’]t|['’](?:s|re|m|ve|ll|d|t))(?!\w)|n['’]t", re.IGNORECASE)


def whole_words(text: str, start: int, end: int, better: str) -> tuple[int, str]:
    """Return where the words at ``start``..``end`` really end, and the better ones whole.

    ``better`` is empty where words are too much, and stays so: then nothing is added.
    """
    if start == end or not better:
        return end, better
    rest = _AHEAD.match(text, end)
    if rest is None:
        return end, better
    if better.casefold().endswith(rest[0].casefold()):
        return rest.end(), better
    return rest.end(), better + rest[0]
