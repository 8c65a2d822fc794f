"""Reads the sounds from their files, once, and refuses what is wrong."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from .sound import MinimalPair, Sound, SoundKind

DATA = Path(__file__).parent / "data"
FILES = {
    "en": ("en_vowels.toml", "en_consonants.toml"),
    "es": ("es.toml",),
    "fr": ("fr.toml",),
    "de": ("de.toml",),
}


class SoundsError(ValueError):
    """A file of sounds says something impossible."""


@cache
def sounds_of(language: str) -> dict[str, Sound]:
    """Return a language's sounds by symbol; nothing for a language without a file."""
    entries = [
        entry for name in FILES.get(language, ()) for entry in _read(name)["sound"]
    ]
    sounds: dict[str, Sound] = {}
    for entry in entries:
        sound = parse_sound(entry)
        for symbol in (sound.ipa, *sound.also):
            if symbol in sounds:
                raise SoundsError(f"{language}: {symbol} is there twice")
            sounds[symbol] = sound
    check_references(sounds)
    return sounds


def sound_of(language: str, phoneme: str) -> Sound | None:
    """Return the sound of a phoneme, also in another dictionary's symbol."""
    return sounds_of(language).get(phoneme)


def sentences_of(language: str) -> dict[str, list[str]]:
    """Return sentences to read aloud by CEFR level; nothing for an unknown language."""
    found: dict[str, list[str]] = _sentences().get(language, {})
    return found


@cache
def _sentences() -> dict[str, Any]:
    return _read("sentences.toml")


def parse_sound(entry: dict[str, Any]) -> Sound:
    """Return one entry of a file as a Sound. Raises SoundsError."""
    name = entry.get("ipa", "a sound without ipa")
    pairs = entry.get("pairs", [])
    if any(len(pair) != 3 or pair[0] == pair[1] for pair in pairs):
        raise SoundsError(f"{name}: a pair is two words and the other sound")
    try:
        sound = Sound(
            **{
                **entry,
                "kind": SoundKind(entry["kind"]),
                "words": tuple(entry["words"]),
                "pairs": tuple(MinimalPair(*pair) for pair in pairs),
                "also": tuple(entry.get("also", ())),
                "instead": entry.get("instead", {}),
            }
        )
    except (KeyError, TypeError, ValueError) as error:
        raise SoundsError(f"{name}: {error}") from error
    texts = (sound.ipa, sound.example, sound.respelling, sound.tongue, sound.lips)
    if not all((*texts, sound.voice, sound.mistake, *sound.words)):
        raise SoundsError(f"{name}: an empty text")
    return sound


def check_references(sounds: dict[str, Sound]) -> None:
    """Raise SoundsError where a sound speaks of another one that is not there."""
    for sound in sounds.values():
        others = {pair.other for pair in sound.pairs} | set(sound.instead)
        if unknown := others - set(sounds):
            raise SoundsError(f"{sound.ipa}: unknown {', '.join(sorted(unknown))}")
        if any(sounds[other] is sound for other in others):
            raise SoundsError(f"{sound.ipa}: compared with itself")


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((DATA / name).read_text(encoding="utf-8"))
