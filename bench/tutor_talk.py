"""A whole scripted talk: the learner's lines, and what they say when the tutor asks back."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from tutor.brief import LessonPlan
from tutor.findings import Analysis
from tutor.learner import Learner, LearnerTurn, Level, SoundProblem
from tutor.moves import Move, MoveKind

from .tutor_cases import heard_words, marked
from .tutor_lessons import SCENARIOS, load_yaml, read_lessons
from .tutor_live import Answer
from .tutor_past import CaseError

TALKS = SCENARIOS / "talks"
# A learner's turn and its answer take so long when they are spoken.
MINUTES_A_TURN = 0.4
_ASKS_AGAIN = frozenset({MoveKind.ELICIT, MoveKind.EXPLAIN})
_LINE = frozenset({"said", "repair", "sounds", "language"})


@dataclass(frozen=True, slots=True)
class Line:
    """What the learner says, what is truly wrong in it, and the repair if asked for one."""

    turn: LearnerTurn
    truth: Analysis
    repair: str


@dataclass(frozen=True, slots=True)
class Talk:
    """A learner with a lesson and lines. ``introduced``: how a new expression is used."""

    learner: Learner
    plan: LessonPlan
    opening: str
    lines: tuple[Line, ...]
    introduced: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Exchange:
    """A line with the tutor's answer, ``minutes`` into the talk."""

    line: Line
    answer: Answer
    minutes: float


class Answering(Protocol):
    """Who answers the learner: the tutor as it ships."""

    async def answer(self, turn: LearnerTurn) -> Answer:
        """Answer one turn."""
        ...

    def at(self, minutes: float) -> None:
        """Let the talk have lasted so long."""
        ...


def read_talk(path: Path) -> Talk:
    """Return a scripted talk. Raises CaseError."""
    data = load_yaml(path)
    try:
        person = data["learner"]
        learner = Learner(
            person["l1"], person["l2"], Level(person["level"]), person["name"]
        )
        lesson = read_lessons()[data["lesson"]]
        return Talk(
            learner=learner,
            plan=lesson.plan(learner),
            opening=lesson.opens(learner),
            lines=tuple(_line(entry, learner) for entry in data["lines"]),
            introduced=data["introduced"],
        )
    except (KeyError, TypeError, ValueError) as wrong:
        raise CaseError(f"{path.name}: {wrong!r}") from wrong


async def talked(talk: Talk, tutor: Answering) -> AsyncIterator[Exchange]:
    """Yield exchanges until the lines are over, or the tutor closes the talk.

    Who is told that the time is up still says the last line: that is the farewell.
    """
    waiting = list(reversed(talk.lines))
    said: list[Line] = []
    minutes = 0.0
    while waiting:
        said.append(waiting.pop())
        minutes += MINUTES_A_TURN
        tutor.at(minutes)
        answer = await tutor.answer(said[-1].turn)
        yield Exchange(said[-1], answer, minutes)
        move = answer.taught.move
        if move.kind is MoveKind.CLOSE:
            waiting = [line for line in talk.lines[-1:] if line not in said]
        elif words := _asked_back(move, said, talk):
            waiting.append(_line({"said": words}, talk.learner))


def _asked_back(move: Move, said: list[Line], talk: Talk) -> str:
    """Return what the learner says before going on, or nothing."""
    if move.kind in _ASKS_AGAIN:
        about = move.earlier or said[-1].turn.text
        return next((one.repair for one in said[::-1] if one.turn.text == about), "")
    if move.kind is MoveKind.MODEL_SOUND and move.sound is not None:
        return f"{move.sound.word.capitalize()}."
    if move.kind is MoveKind.INTRODUCE and move.item is not None:
        return talk.introduced.get(move.item.text, "")
    return ""


def _line(entry: Mapping[str, Any], learner: Learner) -> Line:
    if unknown := set(entry) - _LINE:
        raise CaseError(f"unknown {', '.join(sorted(unknown))}")
    truth = marked(entry["said"])
    turn = LearnerTurn(
        text=truth.text,
        words=heard_words(truth.text),
        language=entry.get("language", learner.l2),
        sounds=tuple(
            SoundProblem(*sound.split("/")) for sound in entry.get("sounds", ())
        ),
    )
    return Line(turn, truth, entry.get("repair", ""))
