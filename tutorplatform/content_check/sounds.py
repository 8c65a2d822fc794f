"""Whether pairs of words differ in one sound, and whether everything can be said."""

from __future__ import annotations

import re
from collections.abc import Iterator

from inference.phonetics.inventory import LANGUAGES
from inference.phonetics.phonemizer import pronouncer
from inference.phonetics.pronunciation import Pronouncer, VariantKind
from lessons.course_files.exercises import MinimalPair, ReadAloud, Shadowing
from lessons.course_files.reading import CourseFolder

# What a voice reads aloud or passes over; all else it would spell, or stumble at.
_SAYABLE = re.compile(r"[\w\s.,;:!?¡¿'’\"“”„«»‹›()…–-]*")
# English has a dictionary: what is not in it was guessed from the spelling.
_LISTED = frozenset({"en"})


def sound_faults(found: CourseFolder) -> Iterator[tuple[str, int, str]]:
    """Yield lesson, number of the exercise (0: the lesson) and words."""
    language = found.course.l2
    if language not in LANGUAGES:
        yield "", 0, f"nobody knows how {language!r} is pronounced"
        return
    speech = pronouncer(language)
    try:
        for lesson in found.lessons:
            for text in _heard_first(found, lesson.key):
                if not _SAYABLE.fullmatch(text):
                    yield lesson.key, 0, f"no voice can say {text!r}"
            for number, exercise in enumerate(lesson.exercises, start=1):
                for words in _faults(exercise, speech):
                    yield lesson.key, number, words
    finally:
        speech.close()


def _heard_first(found: CourseFolder, key: str) -> Iterator[str]:
    lesson = next(each for each in found.lessons if each.key == key)
    yield from (line.text for line in lesson.dialogue)
    for word in lesson.words:
        yield from (word.word, word.example)
    yield from (pattern.example for pattern in lesson.patterns)
    yield lesson.tutor.opening_line
    for exercise in lesson.exercises:
        said = exercise.model_dump()
        yield from (said[name] for name in ("text", "question") if name in said)


def _faults(exercise: object, speech: Pronouncer) -> Iterator[str]:
    if isinstance(exercise, ReadAloud | Shadowing):
        for word in speech.pronounce(exercise.text):
            if not word.variants:
                yield f"nobody knows how {word.text!r} is pronounced"
    elif isinstance(exercise, MinimalPair):
        one, other = (_ways(word, speech) for word in exercise.words)
        for text, ways in zip(exercise.words, (one, other), strict=True):
            if not ways:
                yield f"{text!r} is not in the pronunciation dictionary"
        if one & other:
            yield f"{' and '.join(exercise.words)} sound the same"
        elif one and other and not any(_one_apart(a, b) for a in one for b in other):
            yield f"{' and '.join(exercise.words)} differ in more than one sound"


def _ways(text: str, speech: Pronouncer) -> set[tuple[str, ...]]:
    """Return how a word or phrase may be said, its first two ways a word."""
    ways: set[tuple[str, ...]] = {()}
    for word in speech.pronounce(text):
        variants = [
            each.phonemes
            for each in word.variants
            if speech.language not in _LISTED or each.kind != VariantKind.GUESSED
        ][:2]
        ways = {way + variant for way in ways for variant in variants}
    return ways - {()}


def _one_apart(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    if abs(len(one) - len(other)) > 1:
        return False
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    rest, others = one[start:], other[start:]
    return rest[1:] == others[1:] or rest[1:] == others or rest == others[1:]
