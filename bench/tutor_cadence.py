"""What only a whole talk shows: new words in time, no correction twice running, no repeats."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from tutor.brief import LessonPlan
from tutor.findings import Severity
from tutor.learner import LearnerTurn
from tutor.moves import CORRECTIONS, MoveKind
from tutor.policy.heard import words_of
from tutor.policy.progress import produced_items

from .tutor_talk import Exchange, Talk

# A new word comes every third or fourth exchange, and again within two.
IN_TIME = (3, 4)
AGAIN_WITHIN = 2


@dataclass(frozen=True, slots=True)
class RanTalk:
    """A whole talk with the tutor, and the same lines answered by the plain prompt."""

    name: str
    talk: Talk
    exchanges: tuple[Exchange, ...]
    plain: tuple[tuple[str, str], ...]


@dataclass(slots=True)
class Cadence:
    """How planned words came in: exchanges between them, and whether they came again."""

    gaps: list[int] = field(default_factory=list)
    used_again: list[bool] = field(default_factory=list)

    @property
    def in_time_share(self) -> float:
        """The share of new words that came every third or fourth exchange."""
        first, last = IN_TIME
        in_time = sum(first <= gap <= last for gap in self.gaps)
        return in_time / len(self.gaps) if self.gaps else 0.0

    @property
    def used_again_share(self) -> float:
        """The share of new words that either side said again within two turns."""
        return sum(self.used_again) / len(self.used_again) if self.used_again else 0.0

    def add(self, other: Cadence) -> None:
        """Take another talk into account."""
        self.gaps += other.gaps
        self.used_again += other.used_again


def cadence(said: Sequence[tuple[str, str]], plan: LessonPlan) -> Cadence:
    """Return the cadence of a talk by its words alone, the same for every tutor.

    ``said`` are the learner's and the tutor's words, exchange by exchange. A planned word
    comes in where the tutor says it before the learner did. One that was due and did not
    come until the end counts as late.
    """
    found = Cadence()
    left = {item.text for item in plan.items}
    last = 0
    for number, (learner, tutor) in enumerate(said, 1):
        # What the learner says first is known already.
        left -= _items(learner, plan)
        for text in left & _items(tutor, plan):
            found.gaps.append(number - last)
            later = said[number : number + AGAIN_WITHIN]
            if later:
                again = any(text in _items(one, plan) for pair in later for one in pair)
                found.used_again.append(again)
            left.remove(text)
            last = number
    if left and len(said) - last > IN_TIME[1]:
        found.gaps.append(len(said) - last + 1)
    return found


def slips_in_a_row(exchanges: Sequence[Exchange]) -> int:
    """Return how often slips and nothing else were corrected twice running."""
    return sum(
        _only_slips(one) and _only_slips(after) for one, after in pairwise(exchanges)
    )


def templates_repeated(exchanges: Sequence[Exchange]) -> list[str]:
    """Return the ready-made replies that were said a second time in one talk."""
    said: set[str] = set()
    again = []
    for one in exchanges:
        if one.answer.taught.templated:
            reply = plain_words(one.answer.worded)
            if reply in said:
                again.append(one.answer.spoken)
            said.add(reply)
    return again


def repeated_share(replies: Sequence[str]) -> float:
    """Return the share of replies that were said before in the same talk."""
    plain = [plain_words(reply) for reply in replies]
    return 1 - len(set(plain)) / len(plain) if plain else 0.0


def addressed(exchanges: Sequence[Exchange]) -> tuple[int, int]:
    """Return how many lines with a mistake were treated within one turn, and of how many.

    A line that only repairs, or that holds nothing but slips, is none of them.
    """
    due = treated = 0
    for at, one in enumerate(exchanges):
        if all(f.severity is Severity.SLIP for f in one.line.truth.findings):
            continue
        due += 1
        treated += any(
            move.kind in CORRECTIONS
            and (move.earlier or other.line.turn.text) == one.line.turn.text
            for other in exchanges[at : at + 2]
            for move in (other.answer.taught.move,)
        )
    return treated, due


def closed(exchanges: Sequence[Exchange]) -> bool:
    """Whether the talk came to its end."""
    return bool(exchanges) and exchanges[-1].answer.taught.move.kind is MoveKind.CLOSE


def plain_words(reply: str) -> str:
    """Return a reply's words, whatever its capitals and signs."""
    return " ".join(words_of(reply))


def _only_slips(one: Exchange) -> bool:
    move = one.answer.taught.move
    return move.kind in CORRECTIONS and all(
        finding.severity is Severity.SLIP for finding in move.findings
    )


def _items(text: str, plan: LessonPlan) -> set[str]:
    return set(produced_items(LearnerTurn(text), plan))
