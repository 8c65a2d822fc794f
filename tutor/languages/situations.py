"""Loads what people say when they do not simply talk, from ``<tag>/situations.yaml``.

A language that is taught has every group; another has only what its speakers may say in
their first language. The entries are regular expressions over plain text (``plain_text``).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from tutor.learner import Level

GROUPS = frozenset(
    {
        *("danger", "not_danger", "injection", "role_change", "homework", "private"),
        *("private_context", "swearing", "stop", "goodbye", "how_to_say", "meaning"),
        *("repeat", "question", "tag", "backchannel", "singing", "hesitation"),
        *("repair", "restart", "unfinished", "leaves_topic", "sad", "not_sad"),
    }
)
FIRST_LANGUAGE_GROUPS = frozenset({"danger", "how_to_say", "stop"})
_SETS = frozenset({"themes", "connectors", "swaps"})
# Groups whose phrases may follow each other; none of them repeats anything itself, else
# matching could take very long.
_REPEATED = frozenset({"backchannel", "hesitation", "tag"})
_FILE = "situations.yaml"
_DIRECTORY = Path(__file__).parent
_APOSTROPHES = str.maketrans(dict.fromkeys("’‘`´ʼ′", "'") | {"œ": "oe", "æ": "ae"})
_SENTENCE_END = re.compile(r"[.!?…\n\r。！？؟।]+")
_BLANKS = re.compile(r" {2,}")
# An apostrophe that joins nothing is a quotation mark.
_QUOTE = re.compile(r"(?<!\w)'|'(?!\w)")
# From here on letters are written without blanks, or with signs that are no letters to re.
_NO_BOUNDARIES_FROM = 0x0900


class SituationsError(ValueError):
    """A file of situations is wrong; the message names file, key and line."""


@dataclass(frozen=True, slots=True)
class SituationPhrases:
    """The phrases of one language.

    ``themes`` are words of subjects that a talk drifts to; ``connectors`` are words worth
    praise, by level; ``swaps`` sets of small words that beginners take for each other and
    should hear about. All are plain text.
    """

    tag: str
    groups: Mapping[str, re.Pattern[str]]
    themes: Mapping[str, frozenset[str]]
    connectors: Mapping[Level, frozenset[str]]
    swaps: Mapping[str, frozenset[str]]

    @property
    def taught(self) -> bool:
        """Whether the file can carry lessons in this language."""
        return self.groups.keys() >= GROUPS

    def find(self, group: str, plain: str) -> re.Match[str] | None:
        """Find the first phrase of a group in plain text."""
        pattern = self.groups.get(group)
        return pattern.search(plain) if pattern else None

    def tells(self, group: str, plain: str) -> bool:
        """Whether a group is told in earnest.

        The phrases of ``not_<group>`` are taken out first, so that "I'm dying to see it"
        is not danger and "I'm dying to see it, but I want to die" is.
        """
        safe = self.groups.get(f"not_{group}")
        rest = safe.sub("\n", plain) if safe else plain
        rest = "\n".join(line.strip() for line in rest.split("\n"))
        return self.find(group, rest) is not None

    def is_whole(self, group: str, plain: str) -> bool:
        """Whether the plain text consists of phrases of the group and nothing else."""
        pattern = self.groups.get(group)
        return bool(pattern and plain and pattern.fullmatch(plain.replace("\n", " ")))


def plain_text(text: str) -> str:
    """Return a text as the phrases expect it.

    Lower case, no accents but the tilde of ñ, straight apostrophes, no other punctuation,
    one sentence a line.
    """
    folded = _folded(text)
    lines = (_line(part) for part in _SENTENCE_END.split(folded))
    return "\n".join(line for line in lines if line)


def situation_phrases(tag: str) -> SituationPhrases | None:
    """Return the phrases of a BCP 47 tag (``pt-BR`` is ``pt``), None where none exist."""
    base = tag.replace("_", "-").split("-")[0].lower()
    if not base.isalpha() or not (_DIRECTORY / base / _FILE).is_file():
        return None
    return load(_DIRECTORY / base / _FILE)


@cache
def taught_phrases() -> tuple[SituationPhrases, ...]:
    """Return the phrases of every language that is taught."""
    files = sorted(_DIRECTORY.glob(f"*/{_FILE}"))
    return tuple(phrases for file in files if (phrases := load(file)).taught)


@cache
def load(path: Path) -> SituationPhrases:
    """Read one file. Raises SituationsError."""
    name = f"{path.parent.name}/{path.name}"
    try:
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise SituationsError(f"{name}: cannot be read: {error}") from error
    if not isinstance(data, dict):
        raise SituationsError(f"{name}: must be a mapping")
    present = data.keys() - _SETS
    for key in present - GROUPS:
        raise SituationsError(f"{name}: {key}: is not known")
    if not present <= FIRST_LANGUAGE_GROUPS:
        for key in sorted((GROUPS | _SETS) - data.keys()):
            raise SituationsError(f"{name}: {key}: is missing")
    return SituationPhrases(
        tag=path.parent.name,
        groups={key: _pattern(data[key], key, name) for key in present},
        themes=_word_sets(data.get("themes") or {}, "themes", name),
        connectors=_connectors(data.get("connectors") or {}, name),
        swaps=_word_sets(data.get("swaps") or {}, "swaps", name),
    )


def _pattern(value: Any, key: str, name: str) -> re.Pattern[str]:
    if not isinstance(value, list) or not value:
        raise SituationsError(f"{name}: {key}: must be a list of phrases")
    for number, entry in enumerate(value):
        if not isinstance(entry, str) or not entry.strip():
            raise SituationsError(f"{name}: {key}.{number}: must be text")
    parts = [_bounded(_folded(entry)) for entry in value]
    one = "|".join(parts)
    if key in _REPEATED:
        one = f"(?:{one})(?: (?:{one}))*"
    try:
        return re.compile(one, re.MULTILINE)
    except re.error as error:
        place = next((n for n, part in enumerate(parts) if not _compiles(part)), 0)
        raise SituationsError(f"{name}: {key}.{place}: {error}") from error


def _compiles(part: str) -> bool:
    try:
        re.compile(part)
    except re.error:
        return False
    return True


def _bounded(entry: str) -> str:
    entry = entry.replace("'", "[' ]?")
    if any(ord(sign) >= _NO_BOUNDARIES_FROM for sign in entry):
        return f"(?:{entry})"
    return rf"(?:(?<!\w)(?:{entry})(?!\w))"


def _word_sets(value: Any, key: str, name: str) -> dict[str, frozenset[str]]:
    if not isinstance(value, dict):
        raise SituationsError(f"{name}: {key}: must be a mapping")
    for entry, words in value.items():
        if not isinstance(words, str) or not words.split():
            raise SituationsError(f"{name}: {key}.{entry}: must be words in one text")
    return {str(entry): frozenset(_folded(value[entry]).split()) for entry in value}


def _connectors(value: Any, name: str) -> dict[Level, frozenset[str]]:
    sets = _word_sets(value, "connectors", name)
    for entry in sets.keys() - set(Level):
        raise SituationsError(f"{name}: connectors.{entry}: is no level")
    return {Level(entry): words for entry, words in sets.items()}


def _folded(text: str) -> str:
    """Lower the case unless it matters to a pattern, take accents and hidden signs off."""
    text = unicodedata.normalize("NFKC", text)
    lowered = re.sub(r"\\.|[^\\]+", lambda m: _lowered(m.group()), text)
    kept: list[str] = []
    for sign in unicodedata.normalize("NFD", lowered.translate(_APOSTROPHES)):
        is_accent = "\u0300" <= sign <= "\u036f"
        if is_accent and not (sign == "\u0303" and kept and kept[-1] == "n"):
            continue
        if unicodedata.category(sign) != "Cf":
            kept.append(sign)
    return unicodedata.normalize("NFC", "".join(kept))


def _lowered(part: str) -> str:
    return part if part.startswith("\\") else part.casefold()


def _line(sentence: str) -> str:
    """Keep letters, their signs, digits and apostrophes."""
    signs = (
        sign
        if sign.isalnum() or sign == "'" or unicodedata.category(sign)[0] == "M"
        else " "
        for sign in sentence
    )
    return _BLANKS.sub(" ", _QUOTE.sub(" ", "".join(signs))).strip()
