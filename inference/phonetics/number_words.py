"""Numbers in words, for the taught languages.

The words are num2words' (LGPL, used as a library and only when a text has digits).
"""

from __future__ import annotations

import re
from functools import lru_cache

Reading = tuple[str, ...]

# num2words raises beyond, and no listener follows.
_MOST_DIGITS = 15
_MOST_SPOKEN_DIGITS = 24


@lru_cache(maxsize=1024)
def cardinal(digits: str, language: str) -> tuple[Reading, ...]:
    """Return how a whole number is said; English also without "and"."""
    if len(digits) > _MOST_DIGITS:
        return one_by_one(digits, language)
    words = _num2words(int(digits), language, "cardinal")
    readings = [words]
    if language == "en":
        if "and" in words:
            readings.append(tuple(word for word in words if word != "and"))
        if words[:2] in (("one", "hundred"), ("one", "thousand")):
            readings.append(("a", *words[1:]))
    return tuple(readings)


@lru_cache(maxsize=256)
def ordinal(
    digits: str, language: str, *, feminine: bool = False
) -> tuple[Reading, ...]:
    """Return how a rank is said: "third"."""
    if len(digits) > _MOST_DIGITS or int(digits) == 0:
        return cardinal(digits, language)
    words = _num2words(int(digits), language, "ordinal")
    if language == "de":
        # The ending follows case and gender: dritte, dritten, dritter.
        stem = words[-1].removesuffix("e")
        return tuple((*words[:-1], stem + end) for end in ("e", "en", "er"))
    if language == "es" and feminine:
        return (tuple(word[:-1] + "a" if word[-1] == "o" else word for word in words),)
    if language == "fr" and feminine and words == ("premier",):
        return (("première",),)
    if language == "en" and "and" in words:
        return (words, tuple(word for word in words if word != "and"))
    return (words,)


@lru_cache(maxsize=256)
def year(digits: str, language: str) -> tuple[Reading, ...]:
    """Return how a year is said, and the number as well."""
    numbers = cardinal(digits, language)
    if language not in ("en", "de"):
        return numbers
    words = _num2words(int(digits), language, "year")
    readings = [words]
    if language == "en" and digits.startswith("20") and digits[2] != "0":
        readings = [
            (*cardinal("20", "en")[0], *cardinal(digits[2:].lstrip("0"), "en")[0]),
            *readings,
        ]
    return tuple(dict.fromkeys((*readings, *numbers[:2])))


def one_by_one(digits: str, language: str) -> tuple[Reading, ...]:
    """Return the digits said singly; none for rows that nobody says."""
    if len(digits) > _MOST_SPOKEN_DIGITS:
        return ()
    singly = tuple(
        word for digit in digits for word in cardinal(str(int(digit)), language)[0]
    )
    if language == "en" and "0" in digits:
        return (singly, tuple("oh" if word == "zero" else word for word in singly))
    return (singly,)


def _num2words(number: int, language: str, form: str) -> Reading:
    # Loading all its languages takes a while, and most texts have no digits.
    from num2words import num2words  # noqa: PLC0415

    try:
        words = num2words(number, lang=language, to=form)
    except (NotImplementedError, OverflowError, ValueError):
        words = num2words(number, lang=language)
    return tuple(re.findall(r"[^\W\d_]+", words.lower()))
