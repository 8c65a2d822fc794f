"""What a report of one talk says, free of any page."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from tutor.findings import Analysis
from tutor.moves import Move, MoveKind


@dataclass(frozen=True, slots=True)
class ReportTurn:
    """A learner's turn as it is kept; analysis and move are None if it was not taught."""

    index: int
    text: str
    analysis: Analysis | None = None
    move: Move | None = None

    @property
    def is_delicate(self) -> bool:
        """Whether the turn asked for care: then nothing in it is held up to anybody."""
        move = self.move
        return move is not None and (move.kind is MoveKind.CARE or move.flag_teacher)


class WellKind(StrEnum):
    """Why something went well."""

    REPAIRED = "repaired"
    USED_WORD = "used_word"
    PRAISED = "praised"
    LONG_SENTENCE = "long_sentence"
    MOSTLY_RIGHT = "mostly_right"
    TALKED = "talked"


@dataclass(frozen=True, slots=True)
class WentWell:
    """One thing that went well: the learner's own words, or ``n`` of ``of``."""

    kind: WellKind
    quote: str = ""
    n: int = 0
    of: int = 0


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence as it was said beside a better one; ``said`` and ``better`` are the words."""

    turn: int
    sentence: str
    corrected: str
    said: str
    better: str


@dataclass(frozen=True, slots=True)
class WorkOn:
    """A kind of mistake to work on; ``repaired``: it was said right later in the talk."""

    category: str
    times: int
    examples: tuple[Example, ...]
    repaired: bool = False


@dataclass(frozen=True, slots=True)
class NewWord:
    """An item that the tutor brought in, and whether the learner used it."""

    text: str
    gloss: str = ""
    used: bool = False


class StepKind(StrEnum):
    """What to do next."""

    SAY_BETTER = "say_better"
    USE_WORD = "use_word"
    TALK_AGAIN = "talk_again"


@dataclass(frozen=True, slots=True)
class NextStep:
    """One thing to do next; ``text`` is what to say aloud or the word to use."""

    kind: StepKind
    text: str = ""


@dataclass(frozen=True, slots=True)
class TalkReport:
    """A talk in figures and examples. ``judged`` and ``right`` count turns."""

    well: tuple[WentWell, ...]
    work_on: tuple[WorkOn, ...]
    new_words: tuple[NewWord, ...]
    next_step: NextStep
    turns: int
    words_said: int
    judged: int
    right: int
