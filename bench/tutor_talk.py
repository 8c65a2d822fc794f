"""A whole scripted talk: the learner's lines, and what they say when the tutor asks back."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Protocol

from tutor.brief import LessonPlan
from tutor.findings import Analysis
from tutor.history import TalkState
from tutor.learner import Learner, LearnerTurn, Level, SoundProblem
from tutor.moves import Move, MoveKind
from tutor.speaking import Messages
from tutor.teaching import TaughtTurn
from tutor.wording.prompt import history_message
from tutor.wording.templates import template

from .tutor_cases import SCENARIOS, load_yaml, marked, read_plans
from .tutor_past import CaseError

TALKS = SCENARIOS / "talks"
MINUTES_A_TURN = 0.4
# What the model still sees of the talk, as in a live one.
_REMEMBERED_MESSAGES = 8
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
    lines: tuple[Line, ...]
    introduced: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Exchange:
    """A line with the tutor's answer, ``minutes`` into the talk."""

    line: Line
    taught: TaughtTurn
    minutes: float


class Answering(Protocol):
    """Who answers the learner: the product's teacher."""

    async def answer(
        self, turn: LearnerTurn, state: TalkState, history: Messages = ()
    ) -> TaughtTurn:
        """Answer one turn."""
        ...


def read_talk(path: Path) -> Talk:
    """Return a scripted talk. Raises CaseError."""
    data = load_yaml(path)
    try:
        person = data["learner"]
        learner = Learner(
            person["l1"], person["l2"], Level(person["level"]), person["name"]
        )
        return Talk(
            learner=learner,
            plan=read_plans()[data["lesson"]],
            lines=tuple(_line(entry, learner) for entry in data["lines"]),
            introduced=data["introduced"],
        )
    except (KeyError, TypeError, ValueError) as wrong:
        raise CaseError(f"{path.name}: {wrong!r}") from wrong


def opening(talk: Talk) -> str:
    """Return the tutor's first words."""
    return template(Move(MoveKind.OPEN), LearnerTurn(""), talk.learner, talk.plan)


async def talked(talk: Talk, teacher: Answering) -> AsyncIterator[Exchange]:
    """Yield exchanges until the tutor closes the talk or the lines are over."""
    state = TalkState(last_reply=opening(talk))
    history = [("assistant", state.last_reply)]
    waiting = list(reversed(talk.lines))
    minutes = 0.0
    while waiting:
        line = waiting.pop()
        minutes += MINUTES_A_TURN
        state = replace(state, minutes=minutes)
        taught = await teacher.answer(
            line.turn, state, tuple(history[-_REMEMBERED_MESSAGES:])
        )
        yield Exchange(line, taught, minutes)
        if taught.move.kind is MoveKind.CLOSE:
            return
        state = replace(taught.state, last_reply=taught.reply)
        history += [
            ("user", history_message(line.turn)),
            ("assistant", taught.reply),
        ]
        if said := _asked_back(taught.move, line, talk):
            waiting.append(_line({"said": said}, talk.learner))


def _asked_back(move: Move, line: Line, talk: Talk) -> str:
    """Return what the learner says before going on, or nothing."""
    if move.kind in _ASKS_AGAIN:
        return line.repair
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
        language=entry.get("language", learner.l2),
        sounds=tuple(
            SoundProblem(*sound.split("/")) for sound in entry.get("sounds", ())
        ),
    )
    return Line(turn, truth, entry.get("repair", ""))
