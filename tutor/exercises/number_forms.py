"""Numbers written in figures, as the words they stand for: "60" is "sixty".

Recognisers write figures where texts have words. The words are num2words' (LGPL, used as a
library and only when an answer has figures).
"""

from __future__ import annotations

import re
from functools import lru_cache

Words = tuple[str, ...]

_LANGUAGES = frozenset({"en", "es", "fr", "de"})
_MOST_DIGITS = 9


@lru_cache(maxsize=1024)
def number_words(digits: str, language: str) -> tuple[Words, ...]:
    """Return how a whole number may be said; none for other words, languages or lengths.

    A number of four figures may be a year; English is said with and without "and".
    """
    if language not in _LANGUAGES or len(digits) > _MOST_DIGITS:
        return ()
    if not (digits.isascii() and digits.isdigit()):
        return ()
    found = [_words(digits, language, "cardinal")]
    if len(digits) == 4 and language in ("en", "de"):
        found.append(_words(digits, language, "year"))
    if language == "en":
        found += [tuple(w for w in words if w != "and") for words in found]
    return tuple(dict.fromkeys(found))


def _words(digits: str, language: str, form: str) -> Words:
    # Loading all its languages takes a while, and most answers have no figures.
    from num2words import num2words  # noqa: PLC0415

    words = num2words(int(digits), lang=language, to=form)
    return tuple(re.findall(r"[^\W\d_]+", words.lower()))
