"""Builds ``tutor/languages/<language>/levels.txt``: words by CEFR level.

``python -m scripts.build_word_levels [en es fr de]`` wants `cefrpy` 1.0.3 and `wordfreq`
3.1.1; the product needs neither. The files are the same for the same versions.

- English: the lowest level over all parts of speech in cefrpy (MIT, © the cefrpy authors;
  extrapolated from CEFR-J), held to within two levels of the one by frequency (the list has
  "theer" and "antibody" as A1). Words that cefrpy lacks get a level by frequency.
- Spanish, French, German: by frequency alone. On English that hits 37 % exactly and 79 %
  within a level: the files say "estimated".
- ``levels.own.txt``, written for this project, wins over both: frequency in books and
  subtitles says little about "pencil" and "breakfast".

wordfreq's code is under Apache-2.0, but its data, from which the levels here are computed,
is under CC BY-SA 4.0. The built files are adaptations of it: they are under CC BY-SA 4.0
too, not under the licence of the code, and a README beside each says so.
"""

from __future__ import annotations

import argparse
import itertools
import textwrap
from collections.abc import Iterable, Mapping
from pathlib import Path

from tutor.languages.function_words import DATA, function_words
from tutor.languages.levels import (
    ENDINGS,
    LEVELS,
    OWN,
    UNKNOWN,
    Ending,
    bases,
    read_endings,
    read_levels,
)
from tutor.learner import Level

LANGUAGES = ("en", "es", "fr", "de")
# Zipf frequencies between the medians of graded English words of neighbouring levels.
LOWEST_ZIPF = {1: 4.75, 2: 4.3, 3: 3.9, 4: 3.5, 5: 3.05}
# Languages that inflect more spread a word's frequency over more forms.
INFLECTED_BONUS = 0.35
# A graded level further than this from the one by frequency is an error of the list.
FURTHEST = 2
# Plain inflection in English changes no level; the lists often grade "sports" by itself.
SAME_WORD = {
    "s": ("",),
    "es": ("",),
    "ies": ("y",),
    "ed": ("", "e"),
    "ied": ("y",),
    "ing": ("", "e"),
    "ier": ("y",),
    "iest": ("y",),
}
# The graded list spells the American way.
SPELLINGS = {
    "is": "iz",
    "our": "or",
    "tre": "ter",
    "sceptic": "skeptic",
    "ogue": "og",
    "lled": "led",
    "lling": "ling",
    "yse": "yze",
    "ence": "ense",
    "grey": "gray",
    "programme": "program",
}
# A word is another language's if it is so much more frequent there.
FOREIGN_BY = 1.5
NEIGHBOURS = ("en", "es", "fr", "de", "it", "pt")
RAREST = {"en": 2.3, "es": 2.8, "fr": 2.8, "de": 2.95}
SETTINGS = {"en": "", "es": "estimated", "fr": "estimated", "de": "estimated compounds"}

Ranks = dict[str, int]


def main() -> None:
    """Build the files of the languages asked for."""
    parser = argparse.ArgumentParser(prog="scripts.build_word_levels")
    parser.add_argument("languages", nargs="*", default=LANGUAGES)
    parser.add_argument("--data", type=Path, default=DATA)
    options = parser.parse_args()
    for language in options.languages:
        folder = options.data / language
        _, own = read_levels(folder / OWN)
        endings = read_endings(folder / ENDINGS)
        if language == "en":
            ranks = english(own)
        else:
            ranks = by_frequency(language, own, endings)
        text = written(language, compact(ranks, own, endings))
        (folder / LEVELS).write_text(text, encoding="utf-8")
        print(f"{language}: {len(ranks):,} words, {len(text.encode()):,} bytes")


def english(own: Ranks) -> Ranks:
    """Return the ranks of English words."""
    from cefrpy import CEFRAnalyzer  # type: ignore[import-untyped]

    analyzer = CEFRAnalyzer()
    ranks: Ranks = {}
    for word, zipf in _zipfs("en").items():
        levels = analyzer.get_pos_level_dict_for_word(word, word_level_as_float=True)
        graded = min((round(level) for level in levels.values()), default=None)
        if graded is None:
            if zipf < LOWEST_ZIPF[4] or _is_foreign(word, "en", zipf):
                continue
            graded = estimated(zipf) + 1
        likely = estimated(zipf)
        ranks[word] = min(max(graded, likely - FURTHEST), likely + FURTHEST)
    ranks |= own
    return {word: min(_ranks_of_same(word, ranks)) for word in ranks} | own


def _ranks_of_same(word: str, ranks: Ranks) -> list[int]:
    """Return the ranks of a word, of its base, and of both in American spelling."""
    found = [ranks[word]]
    for ending, targets in SAME_WORD.items():
        if word.endswith(ending):
            stem = word.removesuffix(ending)
            found += [ranks[stem + end] for end in targets if stem + end in ranks]
    for british, american in SPELLINGS.items():
        if british in word:
            spelling = word.replace(british, american)
            found += _ranks_of_same(spelling, ranks) if spelling in ranks else []
    return found


def by_frequency(
    language: str, own: Ranks, endings: Mapping[str, tuple[Ending, ...]]
) -> Ranks:
    """Return estimated ranks: of a form, the lowest among it and what it is a form of."""
    zipfs = _zipfs(language)
    direct = {
        word: estimated(zipf + INFLECTED_BONUS)
        for word, zipf in zipfs.items()
        if not _is_foreign(word, language, zipf)
    } | own
    return own | {
        word: min([rank, *(direct.get(base, UNKNOWN) for base in bases(word, endings))])
        for word, rank in direct.items()
        if word not in own
    }


def estimated(zipf: float) -> int:
    """Return the level that words of this frequency most often have, in English."""
    return next((rank for rank, lowest in LOWEST_ZIPF.items() if zipf >= lowest), 6)


def compact(
    ranks: Ranks, own: Ranks, endings: Mapping[str, tuple[Ending, ...]]
) -> Ranks:
    """Leave out what the endings give anyway, in steps that never leave out a base."""
    needed = {
        base
        for word in ranks
        for base in bases(word, endings)
        if ranks.get(base, UNKNOWN) <= ranks[word]
    }
    return {
        word: rank
        for word, rank in ranks.items()
        if word in own
        or word in needed
        or rank
        != min(
            (
                ranks[base]
                for base in bases(word, endings)
                if base in needed and base in ranks
            ),
            default=UNKNOWN,
        )
    }


def written(language: str, ranks: Ranks) -> str:
    """Return the file's text: sorted, in lines that a diff can show."""
    lines = [
        f"# Built by scripts/build_word_levels.py. {LEVELS.split('.')[0]}.README.md: licence."
    ]
    if SETTINGS[language]:
        lines.append(f"is: {SETTINGS[language]}")
    functional = function_words(language).every
    by_rank = sorted(
        (rank, word) for word, rank in ranks.items() if word not in functional
    )
    for rank, group in itertools.groupby(by_rank, key=lambda pair: pair[0]):
        words = " ".join(word for _, word in group)
        name = list(Level)[rank - 1]
        lines.extend(f"{name}: {line}" for line in _wrapped(words))
    return "\n".join(lines) + "\n"


def _wrapped(words: str) -> Iterable[str]:
    return textwrap.wrap(words, 600, break_on_hyphens=False, break_long_words=False)


def _zipfs(language: str) -> dict[str, float]:
    from wordfreq import iter_wordlist, zipf_frequency

    found: dict[str, float] = {}
    for word in iter_wordlist(language, wordlist="best"):
        zipf = zipf_frequency(word, language)
        if zipf < RAREST[language]:
            break
        if word.isalpha() and (len(word) > 1) and _is_latin(word):
            found[word] = zipf
    return found


def _is_latin(word: str) -> bool:
    return all(ord(sign) < 0x180 for sign in word)


def _is_foreign(word: str, language: str, zipf: float) -> bool:
    from wordfreq import zipf_frequency

    return any(
        zipf_frequency(word, other) >= zipf + FOREIGN_BY
        for other in NEIGHBOURS
        if other != language
    )


if __name__ == "__main__":
    main()
