"""How many words of a text a recogniser heard otherwise."""

from __future__ import annotations

import re
import unicodedata

from rapidfuzz.distance import Levenshtein

from inference.phonetics.number_words import cardinal

_ELISION = re.compile(r"(?<=\w)['’](?=\w)")
_NO_WORD = re.compile(r"[\W_]+")
_NUMBER = re.compile(r"\d+")


def words(text: str, language: str) -> list[str]:
    """Return the words as they are compared: small letters, no marks, numbers in words."""
    plain = unicodedata.normalize("NFC", text).lower()
    # Recognisers write "25" for "veinticinco", and "l ami" or "l'ami" as they like.
    said = _NUMBER.sub(
        lambda number: f" {' '.join(cardinal(number[0], language)[0])} ", plain
    )
    return _NO_WORD.sub(" ", _ELISION.sub(" ", said)).split()


def words_wrong(said: str, heard: str, language: str) -> tuple[int, int]:
    """Return the fewest words to put in, take out or change, and the words of ``said``."""
    wanted, found = words(said, language), words(heard, language)
    return Levenshtein.distance(wanted, found), len(wanted)
