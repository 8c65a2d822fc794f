"""The sounds of a language as JSON, for the scripts that show them."""

from __future__ import annotations

from typing import Any

from .library import first_languages, sentences_of, sounds_of
from .sound import Sound


def sounds_json(language: str, *, first_language: str = "") -> dict[str, Any]:
    """Return every sound by symbol, and what is hard for a first language in English.

    Both are empty where nothing is known. A sound with two symbols is there twice.
    ``sentences`` by level are there to be read aloud.
    """
    speakers = first_languages().get(first_language.split("-")[0].lower())
    return {
        "language": language,
        "sounds": {
            symbol: _sound(sound) for symbol, sound in sounds_of(language).items()
        },
        "speakers": speakers.name if speakers and language == "en" else "",
        "hard": sorted({habit.target for habit in speakers.habits})
        if speakers and language == "en"
        else [],
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
