"""Counts what speakers take back themselves."""

from __future__ import annotations

from .fluency import fluent
from .hearing import tokens
from .speech_data import DataError, speech_data


def count_repairs(text: str, language: str) -> int:
    """Return how many stretches of a turn were said otherwise; 0 for an unknown language.

    "I go, I went" is one, and so is "she go, sorry, she goes". Hesitating and saying the same
    again is none.
    """
    try:
        data = speech_data(language)
    except DataError:
        return 0
    left = set(fluent(text, data).places)
    words = [word for word in tokens(text) if word.text not in data.fillers]
    found = 0
    gone: list[str] = []
    for at, word in enumerate(words):
        if word.start not in left:
            gone.append(word.text)
            continue
        after = [one.text for one in words[at : at + len(gone)]]
        found += bool(gone) and after != gone
        gone = []
    return found
