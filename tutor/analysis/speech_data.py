"""What a language's speech allows, read from its data file."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

LANGUAGES = ("en", "es", "fr", "de")
_FOLDER = Path(__file__).parent / "data"


class DataError(ValueError):
    """A data file is wrong; the message names file and key."""


@dataclass(frozen=True, slots=True)
class SpeechData:
    """A language's fillers, accepted variants, word classes and correction examples.

    ``informal``, ``contractions`` and ``sounds_like`` map a word to what stands for it in
    comparisons; ``optional`` words are not compared. ``spare`` words may be added or left
    out, ``emphatic`` ones be said in addition. ``phrases`` and ``spelling`` do so for phrases
    and word endings. ``silent`` rewrites what is written otherwise than it sounds, but not in
    ``sounded`` words; ``possessive`` is an ending that is heard as "s".
    ``mentions`` find words that are spoken about (group ``x``): "do we say lost or losed".
    ``examples`` are pairs of what was said and its correction.
    """

    language: str
    name: str
    fillers: frozenset[str]
    repair: tuple[tuple[str, ...], ...]
    subjects: frozenset[str]
    optional: frozenset[str]
    spare: frozenset[str]
    emphatic: frozenset[str]
    informal: Mapping[str, str]
    contractions: Mapping[str, str]
    phrases: tuple[tuple[str, str], ...]
    spelling: tuple[tuple[re.Pattern[str], str], ...]
    silent: tuple[tuple[re.Pattern[str], str], ...]
    sounded: frozenset[str]
    possessive: str
    sounds_like: Mapping[str, str]
    numbers: Mapping[str, int]
    words: Mapping[str, frozenset[str]]
    agreement_endings: frozenset[str]
    mentions: tuple[re.Pattern[str], ...]
    instruction: str
    examples: tuple[tuple[str, str], ...]


def load_yaml(name: str) -> Any:
    """Return a data file's content; every scalar is a string."""
    path = _FOLDER / name
    try:
        with path.open(encoding="utf-8") as file:
            # The base loader makes strings only: "no" and "on" are words here.
            return yaml.load(file, Loader=yaml.BaseLoader)  # noqa: S506
    except (OSError, yaml.YAMLError) as error:
        raise DataError(f"{path.name}: cannot be read: {error}") from error


@cache
def speech_data(language: str) -> SpeechData:
    """Return the data of one of ``LANGUAGES``. Raises DataError."""
    name = f"{language}.yaml"
    raw = load_yaml(name)
    try:
        return SpeechData(
            language=language,
            name=raw["name"],
            fillers=frozenset(raw["fillers"]),
            repair=tuple(tuple(words.split()) for words in raw["repair"]),
            subjects=frozenset(raw["subjects"]),
            optional=frozenset(raw.get("optional", ())),
            spare=frozenset(raw.get("spare", ())),
            emphatic=frozenset(raw.get("emphatic", ())),
            informal=dict(raw["informal"]),
            contractions=dict(raw["contractions"]),
            phrases=tuple((one, other) for one, other in raw["phrases"]),
            spelling=tuple((re.compile(find), put) for find, put in raw["spelling"]),
            silent=tuple((re.compile(find), put) for find, put in raw["silent"]),
            sounded=frozenset(raw.get("sounded", ())),
            possessive=raw.get("possessive", ""),
            sounds_like={
                word: group[0] for group in raw["homophones"] for word in group
            },
            numbers={word: int(value) for word, value in raw["numbers"].items()},
            words={kind: frozenset(words) for kind, words in raw["words"].items()},
            agreement_endings=frozenset(raw["agreement_endings"]),
            mentions=tuple(_mention(find, name) for find in raw["mentions"]),
            instruction=raw["instruction"],
            examples=tuple((said, right) for said, right in raw["examples"]),
        )
    except KeyError as error:
        raise DataError(f"{name}: {error.args[0]!r} is missing") from error
    except (TypeError, ValueError, AttributeError, re.error) as error:
        raise DataError(f"{name}: {error}") from error


def _mention(find: str, name: str) -> re.Pattern[str]:
    pattern = re.compile(find, re.IGNORECASE)
    if "x" not in pattern.groupindex:
        raise DataError(f"{name}: mentions: {find!r} has no group x")
    return pattern
