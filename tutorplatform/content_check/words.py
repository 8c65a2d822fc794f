"""How many running words of a lesson are above its level."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from lessons.course_files.exercises import GAP
from lessons.course_files.reading import CourseFolder
from lessons.course_files.schema import LessonFile
from tutor.exercises.forms import forms, tokens
from tutor.languages.function_words import function_words
from tutor.languages.levels import UNKNOWN, WordLevels, bases, word_levels
from tutor.learner import Level

# The share of running words above the level, names and what was taught aside.
MOST_ABOVE = 0.03
# Levels that are estimated from frequency are right within one level only.
_ESTIMATED_OFF = 1
_WORD = re.compile(r"[^\W\d_][\w'’-]*")
# A capital that no sentence's beginning explains.
_INSIDE = re.compile(r"(?<=[\w,;] )[A-ZÀ-ÖØ-Þ][\w'’-]*")
# What an apostrophe parts but nobody learns apart: "aujourd'hui", "quelqu'un".
_PARTS = frozenset({"aujourd", "hui", "quelqu", "presqu"})
# All nouns begin with a capital there.
_CAPITAL_NOUNS = frozenset({"de"})


@dataclass(frozen=True, slots=True)
class Levelled:
    """The words of a lesson: how many run in it, and those above its level."""

    lesson: str
    running: int
    above: Counter[str]

    @property
    def share(self) -> float:
        """Return the share of running words above the level."""
        return self.above.total() / self.running if self.running else 0.0


def levelled(found: CourseFolder, *, names: frozenset[str]) -> Iterator[Levelled]:
    """Yield each lesson's words; what earlier lessons taught is known in later ones.

    ``names`` are of all courses, see ``names_in``.
    """
    language = found.course.l2
    levels = word_levels(language)
    limit = Level(found.course.level).rank + (_ESTIMATED_OFF if levels.estimated else 0)
    taught: set[str] = set()
    for lesson in found.lessons:
        for new in lesson.words:
            taught.update(tokens(new.word, language))
        running, above = 0, Counter[str]()
        for text in texts(lesson):
            for word in tokens(text, language):
                running += 1
                known = {word, word.partition("'")[0]} & (taught | names)
                if not known and _rank(word, levels) > limit:
                    above[word] += 1
        yield Levelled(lesson.key, running, above)


def texts(lesson: LessonFile) -> Iterator[str]:
    """Yield what a learner reads or hears of a lesson."""
    yield from (lesson.title, lesson.situation, *lesson.can_do)
    yield from (line.text for line in lesson.dialogue)
    for word in lesson.words:
        yield from (word.gloss, word.example)
    for pattern in lesson.patterns:
        yield from (pattern.pattern, pattern.note, pattern.example)
    yield from lesson.notes
    yield from (lesson.tutor.opening_line, *lesson.tutor.facts, *lesson.tutor.elicit)
    for exercise in lesson.exercises:
        if exercise.type == "minimal_pair":
            # Chosen for their sounds.
            continue
        yield from _all_texts(exercise.model_dump(exclude={"type", "picture"}))


def _all_texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value.replace(GAP, " ")
    elif isinstance(value, dict):
        for each in value.values():
            yield from _all_texts(each)
    elif isinstance(value, list):
        for each in value:
            yield from _all_texts(each)


def names_in(courses: Iterable[CourseFolder]) -> frozenset[str]:
    """Return what is written as a name: who speaks, and what never has a small letter.

    German is no help, since all of its nouns have capitals; names of other courses serve.
    """
    names: set[str] = set()
    for found in courses:
        language = found.course.l2
        levels = word_levels(language)
        capital: set[str] = set()
        small: set[str] = set()
        inside: set[str] = set()
        for lesson in found.lessons:
            for line in lesson.dialogue:
                names.update(tokens(line.who, language))
            if language in _CAPITAL_NOUNS:
                continue
            for text in texts(lesson):
                for word in _WORD.findall(text):
                    (capital if word[0].isupper() else small).update(
                        tokens(word, language)
                    )
                for word in _INSIDE.findall(text):
                    inside.update(tokens(word, language))
        names.update(inside - small)
        names.update(word for word in capital - small if _rank(word, levels) == UNKNOWN)
    return frozenset(names)


def _rank(word: str, levels: WordLevels) -> int:
    language = levels.language
    function = function_words(language)
    if any(sign.isdigit() for sign in word) or len(word) == 1 or word in _PARTS:
        return 1
    if word in function or word in forms(language).full:
        return 1
    if any(base in function for base in bases(word, levels.endings)):
        return 1
    known = [levels.rank(word)]
    for short in ("n't", "'s", "'d", "'ll", "'re", "'ve"):
        if word.endswith(short):
            known.append(levels.rank(word.removesuffix(short)))
    return min(known)
