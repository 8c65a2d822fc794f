"""The sounds of a language as JSON, for the scripts that show them."""

from __future__ import annotations

from typing import Any

from ..levels import language_name
from .contrast_files import reviewed_tables
from .library import sentences_of, sounds_of
from .sound import Sound


def sounds_json(language: str, *, first_language: str = "") -> dict[str, Any]:
    """Return every sound by symbol, and what is hard for speakers of a first language.

    Both are empty where nothing is known. A sound with two symbols is there twice.
    ``sentences`` by level are there to be read aloud.
    """
    speakers = reviewed_tables(language).get(first_language.split("-")[0].lower())
    return {
        "language": language,
        "sounds": {
            symbol: _sound(sound) for symbol, sound in sounds_of(language).items()
        },
        "speakers": language_name(speakers.l1) if speakers else "",
        "hard": sorted({one.sound for one in speakers.contrasts}) if speakers else [],
        "sentences": sentences_of(language),
    }


def _sound(sound: Sound) -> dict[str, Any]:
    return {
        "ipa": sound.ipa,
        "example": sound.example,
        "respelling": sound.respelling,
        "tongue": sound.tongue,
        "lips": sound.lips,
        "voice": sound.voice,
        "mistake": sound.mistake,
        "words": sound.words,
        "pairs": [[pair.word, pair.other_word, pair.other] for pair in sound.pairs],
        "instead": sound.instead,
    }
