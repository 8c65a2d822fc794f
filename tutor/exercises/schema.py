"""The kinds of exercises, and how they are kept as data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from enum import StrEnum
from typing import Any, ClassVar, cast

from tutor.learner import Level

# Where a word goes in a prompt.
GAP = "___"
# The choice that says: no word here.
NO_WORD = "–"


class ExerciseError(ValueError):
    """Data that is no exercise; the message names the field."""


class Kind(StrEnum):
    """What the learner does."""

    GAP_FILL = "gap_fill"
    REORDER = "reorder"
    TRANSFORM = "transform"
    DICTATION = "dictation"
    SHADOWING = "shadowing"
    MINIMAL_PAIR = "minimal_pair"
    ROLE_PLAY = "role_play"
    SHORT_ANSWER = "short_answer"


class Origin(StrEnum):
    """Who made it."""

    RULE = "rule"
    MODEL = "model"
    TEACHER = "teacher"


@dataclass(frozen=True, slots=True, kw_only=True)
class Exercise:
    """What all kinds share.

    ``prompt`` is what the learner reads, in the language taught; pages word the task
    itself by ``kind``. ``solution`` is the answer shown afterwards, ``""`` for open tasks;
    ``alternatives`` are just as right. ``source`` says what it is about: ``ledger:`` and
    the key of a known error, ``item:`` and a lesson item, ``lesson:`` and a title or
    ``sound:`` and a phoneme. ``category`` is the kind of mistake that it practises and
    ``wrong`` the words that must not come again, both perhaps ``""``.
    """

    kind: ClassVar[Kind]

    prompt: str
    solution: str
    alternatives: tuple[str, ...] = ()
    hint: str = ""
    level: Level
    l2: str
    source: str
    origin: Origin = Origin.RULE
    category: str = ""
    wrong: str = ""

    @property
    def answers(self) -> tuple[str, ...]:
        """All that is right, the solution first."""
        return (self.solution, *self.alternatives) if self.solution else ()


@dataclass(frozen=True, slots=True, kw_only=True)
class GapFill(Exercise):
    """A sentence with one gap. With ``choices`` one of them is picked, else it is typed."""

    kind = Kind.GAP_FILL
    choices: tuple[str, ...] = ()

    def filled(self, answer: str) -> str:
        """Return the whole sentence with an answer in the gap."""
        return filled(self.prompt, answer)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reorder(Exercise):
    """Pieces to be put in order. Their capital and full stop show both ends."""

    kind = Kind.REORDER
    pieces: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Transform(Exercise):
    """A sentence to be corrected. ``point`` are the words that make it right."""

    kind = Kind.TRANSFORM
    point: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dictation(Exercise):
    """A sentence (the solution) to be heard and written; the prompt stays empty."""

    kind = Kind.DICTATION


@dataclass(frozen=True, slots=True, kw_only=True)
class Shadowing(Exercise):
    """A sentence to be read and said together with the voice."""

    kind = Kind.SHADOWING


@dataclass(frozen=True, slots=True, kw_only=True)
class MinimalPair(Exercise):
    """Two words that differ in one sound: which one was heard? The voice says it."""

    kind = Kind.MINIMAL_PAIR
    choices: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RolePlay(Exercise):
    """A talk with parts: ``prompt`` is the situation, ``goals`` what shall be reached."""

    kind = Kind.ROLE_PLAY
    tutor_role: str = ""
    goals: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ShortAnswer(Exercise):
    """A question. Without a solution it is open: ``wanted`` are words to be used in it."""

    kind = Kind.SHORT_ANSWER
    wanted: tuple[str, ...] = ()
    fewest_words: int = 1


@dataclass(frozen=True, slots=True)
class SoundPair:
    """Two words of the language taught that differ in one sound, as plain data."""

    word: str
    other_word: str
    sound: str
    other_sound: str


_TYPES: dict[Kind, type[Exercise]] = {
    one.kind: one
    for one in (
        GapFill,
        Reorder,
        Transform,
        Dictation,
        Shadowing,
        MinimalPair,
        RolePlay,
        ShortAnswer,
    )
}


def filled(sentence: str, answer: str) -> str:
    """Return a sentence with its gap filled, or closed where no word belongs there."""
    answer = "" if answer.strip() == NO_WORD else answer.strip()
    if answer:
        return sentence.replace(GAP, answer)
    text = " ".join(sentence.replace(GAP, " ").split())
    for sign in ",.!?;:":
        text = text.replace(f" {sign}", sign)
    return text[:1].upper() + text[1:] if sentence.startswith(GAP) else text


def to_data(exercise: Exercise) -> dict[str, Any]:
    """Return plain data (JSON types) from which the exercise can be made again."""
    data: dict[str, Any] = {"kind": str(exercise.kind)}
    for name, value in asdict(exercise).items():
        data[name] = list(value) if isinstance(value, tuple) else value
    return data | {"level": str(exercise.level), "origin": str(exercise.origin)}


def from_data(data: Mapping[str, Any]) -> Exercise:
    """Return the exercise that was kept or edited as data. Raises ExerciseError."""
    try:
        kind = _TYPES[Kind(data["kind"])]
        values = {
            "level": Level(data["level"]),
            "origin": Origin(data.get("origin", Origin.RULE)),
        }
    except (KeyError, ValueError) as error:
        raise ExerciseError(f"kind, level or origin: {error}") from error
    given: dict[str, Any] = {}
    for field in fields(kind):
        if field.name in values or field.name not in data:
            continue
        given[field.name] = _read(field.name, data[field.name], str(field.type))
    unknown = set(data) - {field.name for field in fields(kind)} - {"kind"}
    if unknown:
        raise ExerciseError(f"{', '.join(sorted(unknown))}: not known")
    try:
        return kind(**given, **cast("dict[str, Any]", values))
    except TypeError as error:
        raise ExerciseError(str(error)) from error


def _read(name: str, value: Any, wanted: str) -> Any:
    if wanted.startswith("tuple"):
        if isinstance(value, list | tuple) and all(isinstance(v, str) for v in value):
            return tuple(value)
        raise ExerciseError(f"{name}: wants a list of texts")
    if wanted == "int":
        if isinstance(value, int) and not isinstance(value, bool):
            return value
        raise ExerciseError(f"{name}: wants a whole number")
    if not isinstance(value, str):
        raise ExerciseError(f"{name}: wants text")
    return value
