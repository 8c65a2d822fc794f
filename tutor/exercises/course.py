"""The exercises of a lesson: read from a course's data, ready to be shown and marked.

A course's data is as authors write it. What is marked like an exercise made for one
learner becomes one of ``schema``; the rest has a form of its own here.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from tutor.learner import Level

from .pieces import shuffled
from .schema import (
    Dictation,
    Exercise,
    ExerciseError,
    GapFill,
    MinimalPair,
    Reorder,
    Shadowing,
    Transform,
)


class CourseType(StrEnum):
    """What the learner does."""

    READ_ALOUD = "read_aloud"
    SHADOWING = "shadowing"
    MINIMAL_PAIR = "minimal_pair"
    DICTATION = "dictation"
    GAP_FILL = "gap_fill"
    REORDER = "reorder"
    MATCH = "match"
    TRANSFORM = "transform"
    SPOKEN_ANSWER = "spoken_answer"
    PICTURE_TALK = "picture_talk"
    ROLE_PLAY = "role_play"
    FREE_TALK = "free_talk"


READ = frozenset({CourseType.READ_ALOUD, CourseType.SHADOWING})
TOLD = frozenset({CourseType.SPOKEN_ANSWER, CourseType.PICTURE_TALK})
TALKS = frozenset({CourseType.ROLE_PLAY, CourseType.FREE_TALK})


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """Pairs that belong together; ``shown`` are their right sides as they are offered."""

    pairs: tuple[tuple[str, str], ...]
    shown: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A question to be answered in a few words or sentences, about a picture or not.

    ``wanted`` are words that a good answer uses, ``used`` of them at least.
    """

    question: str
    wanted: tuple[str, ...]
    used: int
    fewest_words: int
    example: str
    picture: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Talk:
    """A talk with the tutor: a situation with parts and goals, or a question."""

    question: str
    tutor_role: str = ""
    opening_line: str = ""
    goals: tuple[str, ...] = ()


Body = Exercise | Match | Told | Talk


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseExercise:
    """One exercise of a lesson. ``instruction`` is what the author says to do."""

    type: CourseType
    l2: str
    level: Level
    body: Body
    hint: str = ""
    instruction: str = ""


# A picture gives more to say than a question.
_FEWEST_WORDS_OF_PICTURE = 8
_USED_OF_PICTURE = 2


def course_exercise(
    type_: str,
    data: Mapping[str, Any],
    *,
    l2: str,
    level: str,
    seed: str,
    key: str = "",
) -> CourseExercise:
    """Return an exercise of a course's data. Raises ExerciseError.

    What is offered in another order than written is so by ``seed``, always the same way.
    ``key`` is of one showing: it decides which word of a minimal pair is heard.
    """
    try:
        kind, reached = CourseType(type_), Level(level)
        body = _READ[kind](
            data, {"l2": l2, "level": reached, "source": "lesson:"}, seed
        )
        if isinstance(body, MinimalPair):
            body = _heard(body, f"{seed}/{key}")
        return CourseExercise(
            type=kind,
            l2=l2,
            level=reached,
            body=body,
            hint=_text(data.get("hint") or ""),
            instruction=_text(data.get("task") or ""),
        )
    except (KeyError, TypeError, ValueError, IndexError, AttributeError) as error:
        raise ExerciseError(f"{type_}: {error}") from error


def spoken_text(exercise: CourseExercise) -> str:
    """Return what the voice says of it before it is answered, ``""`` for nothing."""
    body = exercise.body
    if isinstance(body, Dictation | Shadowing | MinimalPair):
        return body.solution
    if isinstance(body, Told):
        return body.question
    return ""


def text_to_read(exercise: CourseExercise, part: int = 0) -> str:
    """Return what shall be said word for word, ``""`` where that is the learner's own.

    ``part`` is the word of a minimal pair, as they stand in the choices.
    """
    body = exercise.body
    if isinstance(body, Shadowing):
        return body.solution
    if isinstance(body, MinimalPair) and 0 <= part < len(body.choices):
        return body.choices[part]
    return ""


def _heard(pair: MinimalPair, key: str) -> MinimalPair:
    at = hashlib.sha256(key.encode()).digest()[0] % len(pair.choices)
    return MinimalPair(
        prompt="",
        solution=pair.choices[at],
        choices=pair.choices,
        level=pair.level,
        l2=pair.l2,
        source=pair.source,
    )


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{value!r} is no text")
    return value


def _texts(value: Sequence[Any]) -> tuple[str, ...]:
    if not isinstance(value, list | tuple):
        raise TypeError(f"{value!r} is no list")
    return tuple(_text(one) for one in value)


_Data = Mapping[str, Any]


def _answered(data: _Data) -> dict[str, Any]:
    return {
        "solution": _text(data["answer"]),
        "alternatives": _texts(data.get("alternatives", ())),
    }


def _gap_fill(data: _Data, about: _Data, seed: str) -> GapFill:
    choices = _texts(data.get("choices", ()))
    return GapFill(
        prompt=_text(data["prompt"]),
        choices=shuffled(choices, seed) if choices else (),
        **_answered(data),
        **about,
    )


def _reorder(data: _Data, about: _Data, seed: str) -> Reorder:
    pieces = _texts(data.get("pieces") or _text(data["answer"]).split())
    return Reorder(prompt="", pieces=shuffled(pieces, seed), **_answered(data), **about)


def _match(data: _Data, about: _Data, seed: str) -> Match:
    pairs = tuple((_text(left), _text(right)) for left, right in data["pairs"])
    return Match(
        pairs=pairs, shown=shuffled(tuple(right for _left, right in pairs), seed)
    )


def _transform(data: _Data, about: _Data, seed: str) -> Transform:
    return Transform(prompt=_text(data["prompt"]), **_answered(data), **about)


def _dictation(data: _Data, about: _Data, seed: str) -> Dictation:
    return Dictation(prompt="", solution=_text(data["text"]), **about)


def _read(data: _Data, about: _Data, seed: str) -> Shadowing:
    text = _text(data["text"])
    return Shadowing(prompt=text, solution=text, **about)


def _minimal_pair(data: _Data, about: _Data, seed: str) -> MinimalPair:
    words = _texts(data["words"])
    return MinimalPair(prompt="", solution=words[0], choices=words, **about)


def _spoken_answer(data: _Data, about: _Data, seed: str) -> Told:
    wanted = _texts(data.get("wanted", ()))
    return Told(
        question=_text(data["question"]),
        wanted=wanted,
        used=min(1, len(wanted)),
        fewest_words=int(data.get("fewest_words", 3)),
        example=_text(data["example"]),
    )


def _picture_talk(data: _Data, about: _Data, seed: str) -> Told:
    wanted = _texts(data["wanted"])
    return Told(
        question=_text(data["question"]),
        wanted=wanted,
        used=min(_USED_OF_PICTURE, len(wanted)),
        fewest_words=_FEWEST_WORDS_OF_PICTURE,
        example=_text(data["example"]),
        picture=_text(data["picture"]),
    )


def _role_play(data: _Data, about: _Data, seed: str) -> Talk:
    return Talk(
        question=_text(data["situation"]),
        tutor_role=_text(data["tutor_role"]),
        opening_line=_text(data["opening_line"]),
        goals=_texts(data["goals"]),
    )


def _free_talk(data: _Data, about: _Data, seed: str) -> Talk:
    return Talk(question=_text(data["question"]))


_READ: Mapping[CourseType, Callable[[_Data, _Data, str], Body]] = {
    CourseType.READ_ALOUD: _read,
    CourseType.SHADOWING: _read,
    CourseType.MINIMAL_PAIR: _minimal_pair,
    CourseType.DICTATION: _dictation,
    CourseType.GAP_FILL: _gap_fill,
    CourseType.REORDER: _reorder,
    CourseType.MATCH: _match,
    CourseType.TRANSFORM: _transform,
    CourseType.SPOKEN_ANSWER: _spoken_answer,
    CourseType.PICTURE_TALK: _picture_talk,
    CourseType.ROLE_PLAY: _role_play,
    CourseType.FREE_TALK: _free_talk,
}
