"""Gives each taught language its pronouncer."""

from __future__ import annotations

from .espeak_client import EspeakGuesser
from .guessing import WordGuesser
from .inventory import LANGUAGES, primary_tag
from .phonemizer_english import EnglishPronouncer
from .phonemizer_espeak import EspeakPronouncer
from .pronunciation import Pronouncer


def pronouncer(language: str, *, guesser: WordGuesser | None = None) -> Pronouncer:
    """Return a new pronouncer for a BCP 47 tag; only its primary part counts.

    ``guesser`` can be shared by pronouncers of several languages; closing one of them
    closes it. Raises KeyError for a language that is not in ``inventory.LANGUAGES``.
    """
    tag = primary_tag(language)
    if tag not in LANGUAGES:
        raise KeyError(language)
    guesser = guesser or EspeakGuesser()
    if tag == "en":
        return EnglishPronouncer(guesser)
    return EspeakPronouncer(tag, guesser)
