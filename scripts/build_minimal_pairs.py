"""Builds ``lessons/sounds/data/minimal_pairs_en.tsv``: English words that differ in one sound.

``python -m scripts.build_minimal_pairs`` wants `wordfreq` 3.1.1 beside this repository; the
product does not. Sounds come from the CMU dictionary, levels from ``tutor/languages/en``.

- Words of A1 to B1 with a meaning in our glosses (so no names), of at most two syllables,
  that our lists for a tutor's talk allow.
- Words with more than one pronunciation are left out: "read" and "live" would be two words,
  and of "close" nobody knows which one is meant.
- For each two sounds that are anything like each other, and each place in the word, the
  easiest few. No r at the end, which half of the English-speaking world does not say.
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterator

from wordfreq import zipf_frequency

from inference.phonetics.features import FEATURES, distance
from inference.phonetics.inventory import from_arpabet
from inference.phonetics.lexicon.dictionary import Dictionary
from lessons.sounds.contrast import NOTHING
from lessons.sounds.contrast_files import defined_contrasts
from lessons.sounds.library import DATA
from tutor.exercises.decency import unfit
from tutor.languages.glosses import glosses
from tutor.languages.levels import word_levels
from tutor.learner import Learner, Level

TARGET = DATA / "minimal_pairs_en.tsv"
HIGHEST = 3
MOST = 8
MOST_SOUNDS = 6
RAREST = 3.6
FURTHEST = 0.55
# Fine in a talk, not as a word that stands alone; or no word one would teach.
STOPPED_WORDS = """
ass arse bum butt tit cock dick hell damn crap fart god lord jew fag slut hoe pee poo sin rape
nigh ye thee thou em er uh ah oh mm hm ma pa al ed ad co de la le un re mi fa sol ti don van
der von des les st rd nd th vs etc pm am ok tv uk us eu bi bo ho ha hee yo ya nah yea lad lass
whore boob el ms lent reed sought balling heed row bow sow tear wound dec ben filing miller
gun kill dead death die dying hang fat
"""
STOPPED = frozenset(STOPPED_WORDS.split())
Sounds = tuple[str, ...]


def words() -> Iterator[tuple[str, int, Sounds]]:
    """Yield the words that may be practised: text, level from 1, sounds."""
    levels, meanings, dictionary = word_levels("en"), glosses("en"), Dictionary()
    child = Learner(l1="es", l2="en", level=Level.A2, minor=True)
    for text, level in sorted(levels.ranks.items()):
        if level > HIGHEST or len(text) < 2 or not text.isalpha() or text in STOPPED:
            continue
        spoken = dictionary.pronunciations(text)
        if len(spoken) != 1 or len(spoken[0]) > MOST_SOUNDS:
            continue
        if zipf_frequency(text, "en") < RAREST:
            continue
        if not meanings or not meanings.senses(text) or unfit(text, child):
            continue
        sounds = tuple(from_arpabet(phone)[0] for phone in spoken[0])
        if sum(FEATURES[one].vowel for one in sounds) <= 2:
            yield text, level, sounds


def place_of(sounds: Sounds, at: int) -> str:
    """Return where in the word a sound is."""
    if at == 0:
        return "start"
    return "end" if at == len(sounds) - 1 else "middle"


def is_worth_it(sound: str, other: str, place: str) -> bool:
    """Whether somebody may take one of these sounds for the other, there."""
    if sound == other or (place == "end" and "ɹ" in (sound, other)):
        return False
    listed = defined_contrasts("en")
    named = f"{sound}-{other}" in listed or f"{other}-{sound}" in listed
    return named or distance(sound, other) <= FURTHEST


def pairs() -> Iterator[tuple[str, str, str, int, int, str, str]]:
    """Yield sound, other sound, place, both levels and both words."""
    known = list(words())
    frames: dict[tuple[Sounds, Sounds], list[tuple[str, int, Sounds]]] = defaultdict(
        list
    )
    by_sounds: dict[Sounds, list[tuple[str, int]]] = defaultdict(list)
    for text, level, sounds in known:
        by_sounds[sounds].append((text, level))
        for at in range(len(sounds)):
            frames[sounds[:at], sounds[at + 1 :]].append((text, level, sounds))
    for (before, _), found in frames.items():
        at = len(before)
        for one, other in itertools.permutations(found, 2):
            sound, instead = one[2][at], other[2][at]
            place = place_of(one[2], at)
            if is_worth_it(sound, instead, place):
                yield sound, instead, place, one[1], other[1], one[0], other[0]
    for text, level, sounds in known:
        for at in range(len(sounds)):
            for other_text, other_level in by_sounds.get(
                sounds[:at] + sounds[at + 1 :], ()
            ):
                place = place_of(sounds, at)
                yield sounds[at], NOTHING, place, level, other_level, text, other_text


def rarity(*both: str) -> float:
    """Return how rare the rarer of two words is; the smaller, the better known."""
    return -min(zipf_frequency(word, "en") for word in both)


def main() -> None:
    """Write the file."""
    best: dict[tuple[str, str, str], set[tuple[int, float, str, str]]] = defaultdict(
        set
    )
    for sound, other, place, level, other_level, word, other_word in pairs():
        best[sound, other, place].add(
            (max(level, other_level), rarity(word, other_word), word, other_word)
        )
    lines = [
        "# Built by scripts/build_minimal_pairs.py: sound, other, place, level, words."
    ]
    for (sound, other, place), found in sorted(best.items()):
        chosen: list[tuple[int, float, str, str]] = []
        for one in sorted(found):
            # No word twice, so that a drill does not ask the same again and again.
            used = {word for _, _, *both in chosen for word in both}
            if not used & set(one[2:]) and len(chosen) < MOST:
                chosen.append(one)
        for level, _, word, other_word in chosen:
            lines.append("\t".join((sound, other, place, str(level), word, other_word)))
    TARGET.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
