"""A course as authors write it: ``course.yaml``, and one YAML file for each lesson.

    content/<course>/course.yaml
    content/<course>/<unit>/<lesson>.yaml

A course has one language and one CEFR level, units with a can-do sentence, and lessons in
the order that the units name them. All texts are in the language taught, but for what the
course says of itself (``title``, ``description``), which is in the language's own words
too: a learner of A1 reads it with help.
"""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, field_validator, model_validator

from ..levels import COURSE_LANGUAGES
from .exercises import Exercise, Line, Part, Text

Key = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]
LevelName = Literal["A1", "A2", "B1", "B2", "C1", "C2"]
MIN_EXERCISES = 8
MIN_TYPES = 6


class Unit(Part):
    """Lessons that lead to one ability; ``can_do`` says which ("I can …")."""

    key: Key
    title: Annotated[Line, Field(max_length=80)]
    can_do: Line
    lessons: Annotated[list[Key], Field(min_length=1, max_length=12)]


class CourseFile(Part):
    """``course.yaml``. ``version`` is raised with each change that learners can see."""

    key: Key
    version: Annotated[int, Field(ge=1)]
    title: Annotated[Line, Field(max_length=120)]
    l2: Annotated[str, Field(pattern=r"^[a-z]{2}(-[A-Z]{2})?$")]
    level: LevelName
    description: Text
    units: Annotated[list[Unit], Field(min_length=1)]

    @field_validator("l2")
    @classmethod
    def _known(cls, tag: str) -> str:
        tags = [language.tag for language in COURSE_LANGUAGES]
        if tag not in tags:
            raise ValueError(f"there are no courses of {tag!r}, only {', '.join(tags)}")
        return tag

    @model_validator(mode="after")
    def _checked(self) -> Self:
        units = [unit.key for unit in self.units]
        lessons = [lesson for unit in self.units for lesson in unit.lessons]
        for keys in (units, lessons):
            twice = sorted({key for key in keys if keys.count(key) > 1})
            if twice:
                raise ValueError(f"named twice: {', '.join(twice)}")
        return self


class Utterance(Part):
    """One line of a dialogue."""

    who: Annotated[Line, Field(max_length=40)]
    text: Line


class Word(Part):
    """A word or expression to learn: ``gloss`` is its meaning in simpler words."""

    word: Annotated[Line, Field(max_length=60)]
    gloss: Line
    example: Line


class Pattern(Part):
    """A form to learn, with ``…`` where it is open: "I'd like …, please."."""

    pattern: Line
    note: Line
    example: Line


class Tutor(Part):
    """What the tutor plays in the talk of the lesson; ``facts`` are what that role knows."""

    role: Line
    opening_line: Annotated[Line, Field(max_length=160)]
    facts: Annotated[list[Line], Field(max_length=8)] = []
    elicit: Annotated[list[Line], Field(min_length=2, max_length=6)]


class LessonFile(Part):
    """One lesson."""

    key: Key
    title: Annotated[Line, Field(max_length=80)]
    level: LevelName
    situation: Text
    can_do: Annotated[list[Line], Field(min_length=2, max_length=4)]
    dialogue: Annotated[list[Utterance], Field(min_length=6, max_length=16)]
    words: Annotated[list[Word], Field(min_length=6, max_length=12)]
    patterns: Annotated[list[Pattern], Field(min_length=2, max_length=5)]
    notes: Annotated[list[Text], Field(min_length=2, max_length=6)]
    tutor: Tutor
    exercises: Annotated[list[Exercise], Field(min_length=MIN_EXERCISES, max_length=16)]

    @model_validator(mode="after")
    def _checked(self) -> Self:
        types = {exercise.type for exercise in self.exercises}
        if len(types) < MIN_TYPES:
            raise ValueError(f"has exercises of {len(types)} types, {MIN_TYPES} wanted")
        words = [word.word.casefold() for word in self.words]
        if len(set(words)) != len(words):
            raise ValueError("a word is there twice")
        if len({line.who for line in self.dialogue}) < 2:
            raise ValueError("a dialogue has two people at least")
        return self
