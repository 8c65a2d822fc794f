"""Reads the sounds and the habits from their files, once, and refuses what is wrong."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

from .first_language import Context, FirstLanguage, Habit
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


@cache
def first_languages() -> dict[str, FirstLanguage]:
    """Return the first languages whose habits in English are known, by tag."""
    return {
        tag: parse_first_language(tag, entry, known=sounds_of("en"))
        for tag, entry in _read("first_languages.toml").items()
    }


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


def parse_first_language(
    tag: str, entry: dict[str, Any], *, known: Iterable[str]
) -> FirstLanguage:
    """Return one first language. Raises SoundsError."""
    symbols = set(known)
    habits = []
    for found in entry["habits"]:
        try:
            habit = Habit(
                **{
                    **found,
                    "context": Context(found["context"]),
                    "substitutes": tuple(found.get("substitutes", ())),
                    "inserted": tuple(found.get("inserted", ())),
                }
            )
        except (KeyError, TypeError, ValueError) as error:
            raise SoundsError(f"{tag}: {error}") from error
        named = {habit.target, *habit.substitutes, *habit.inserted}
        if not named <= symbols or habit.target in habit.substitutes:
            raise SoundsError(f"{tag}: {habit.target} becomes {sorted(named)}")
        if not (habit.substitutes or habit.inserted or habit.dropped):
            raise SoundsError(f"{tag}: nothing becomes of {habit.target}")
        if not 0 < habit.weight <= 1:
            raise SoundsError(f"{tag}: weight {habit.weight} of {habit.target}")
        habits.append(habit)
    habits.sort(key=lambda habit: -habit.weight)
    return FirstLanguage(tag=tag, name=entry["name"], habits=tuple(habits))


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((DATA / name).read_text(encoding="utf-8"))
