"""What is stored of a submission, as plain values that measures are computed from."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Mistake:
    """A finding of a turn. ``repaired`` none: the tutor did not treat it."""

    category: str
    severity: str
    start: int
    repaired: bool | None = None


@dataclass(frozen=True, slots=True)
class Sounded:
    """How a turn was pronounced, 0..100. ``validated``: checked against experts."""

    total: float
    fluency: float
    margin: float
    validated: bool


@dataclass(frozen=True, slots=True)
class TurnFacts:
    """One turn of the learner. ``at_ms`` is where it begins in the talk.

    ``words`` are lower case. ``understood`` is false where nothing recognisable was said;
    ``judged`` where its grammar was looked at. ``sounded`` none: nobody could judge how it
    was said, or it was typed. ``off_language``: said in another language. ``care``: a person
    should still look at it; ``is_delicate``: it asked for care, so that nothing in it is held
    up to anybody. ``problems`` are codes of what went wrong on the site's side.
    """

    index: int
    at_ms: int
    words: tuple[str, ...] = ()
    speech_ms: int = 0
    typed: bool = False
    understood: bool = True
    judged: bool = False
    mistakes: tuple[Mistake, ...] = ()
    sounded: Sounded | None = None
    other_voice: bool = False
    off_language: bool = False
    recorded: bool = False
    care: bool = False
    is_delicate: bool = False
    problems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class GoalFact:
    """A goal of the assignment. ``reached`` none: what is stored does not say it.

    ``why`` is a code of ``tutor.goals.Why``; ``turns`` are those that show it.
    """

    reached: bool | None
    turns: tuple[int, ...] = ()
    why: str = ""


@dataclass(frozen=True, slots=True)
class AnswerFact:
    """An exercise of the work and its latest answer.

    ``score`` none: nobody can judge the answer here. An exercise without an answer has the
    score 0 and ``answered`` false.
    """

    score: float | None
    answered: bool = True


@dataclass(frozen=True, slots=True)
class WorkFacts:
    """All of a submission. ``None`` for turns or answers: the work has no such part."""

    level: str = ""
    min_minutes: int | None = None
    goals: tuple[GoalFact, ...] = ()
    target_words: tuple[str, ...] = ()
    turns: tuple[TurnFacts, ...] | None = None
    answers: tuple[AnswerFact, ...] | None = None
    drill: tuple[float, ...] | None = None
    keeps_sound: bool = False
    digest: str = ""
    seen_before: bool = False

    @property
    def said(self) -> tuple[TurnFacts, ...]:
        """The turns in which the learner said or wrote something."""
        return tuple(turn for turn in self.turns or () if turn.words)
