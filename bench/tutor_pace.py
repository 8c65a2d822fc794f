"""How long a run takes: expected from what the model has to read and write, then measured."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from tutor.analysis import Trust
from tutor.learner import Learner
from tutor.wording.prompt import system_prompt

from .report import say
from .tutor_attacks import Attack
from .tutor_cases import Case
from .tutor_errors import GoldTurn
from .tutor_plain import plain_prompt
from .tutor_talk import MINUTES_A_TURN, Talk

# Tokens a second of a model of 1.5 billion parameters on two cores, and letters a token.
READ_PER_S, WRITTEN_PER_S = 62.0, 25.0
_LETTERS = 4.0
# What one instruction takes behind the learner's words, and what replies are long, in
# tokens. A share of turns is worded by the model; of those some are worded twice.
_ORDER, _REPLY, _PLAIN_REPLY = 75, 22, 55
_WORDED, _WORDED_ATTACK, _AGAIN = 0.6, 0.25, 0.35
# Of the corrections so many repeat the sentence; the others are one word.
_CORRECTED = 0.5
# Scripted lines that become two exchanges, and what the plain prompt reads anew where its
# history was cut.
_ASKED_BACK, _CUT = 1.3, 25
_SAY_EVERY_S = 20.0


@dataclass(frozen=True, slots=True)
class Work:
    """Tokens that a model reads and writes."""

    read: float
    written: float = 0.0

    @property
    def seconds(self) -> float:
        """How long that takes on two cores."""
        return self.read / READ_PER_S + self.written / WRITTEN_PER_S

    def __add__(self, other: Work) -> Work:
        return Work(self.read + other.read, self.written + other.written)

    def times(self, count: float) -> Work:
        """Return so much of the same."""
        return Work(self.read * count, self.written * count)


def correction(text: str) -> Work:
    """Return the work of correcting a text: the fixed examples are in the cache."""
    return Work(tokens(text) + 6, 2 + _CORRECTED * tokens(text))


def cases_work(cases: Sequence[Case], trust: Trust) -> Work:
    """Return the work of scenario turns in both tutors."""
    both = _both(cases, _WORDED, {case.learner for case in cases})
    ours = {(case.learner.level, case.plan.title): case for case in cases}.values()
    systems = _read(system_prompt(case.learner, case.plan) for case in ours)
    looks = [case for case in cases if case.learner.l2 in trust.languages]
    return sum((correction(case.turn.text) for case in looks), both + systems)


def attacks_work(attacks: Sequence[Attack], trust: Trust) -> Work:
    """Return the work of attempts: each has prompts of its own."""
    turns = [turn for attack in attacks for turn in attack.turns]
    work = _turns([turn.text for turn in turns], _WORDED_ATTACK)
    work += _read(system_prompt(one.learner, one.plan) for one in attacks)
    work += _read(plain_prompt(one.learner) for one in attacks)
    return sum((correction(turn.text) for turn in turns), work)


def talks_work(talks: Iterable[Talk]) -> Work:
    """Return the work of whole talks, each until its time is up."""
    work = Work(0)
    for talk in talks:
        texts = [line.turn.text for line in talk.lines[: _in_time(talk)]]
        work += _turns(texts, _WORDED) + Work(_CUT * len(texts))
        work += _worded(_WORDED).times((_ASKED_BACK - 1) * len(texts))
        work += _read(
            [system_prompt(talk.learner, talk.plan), plain_prompt(talk.learner)]
        )
        work = sum((correction(text) for text in texts), work)
    return work


def _in_time(talk: Talk) -> int:
    """Return how many lines are said before the tutor closes, as far as it can be told."""
    if not talk.plan.minutes:
        return len(talk.lines)
    return round(talk.plan.minutes / MINUTES_A_TURN / _ASKED_BACK) + 1


def dialogues_work(turns: Sequence[GoldTurn]) -> Work:
    """Return the work of correcting turns of the dialogues."""
    return sum((correction(turn.text) for turn in turns), Work(0))


def tokens(text: str) -> float:
    """Return about how many tokens a text is."""
    return len(text) / _LETTERS


def _both(cases: Sequence[Case], worded: float, learners: Iterable[Learner]) -> Work:
    work = _turns([case.turn.text for case in cases], worded)
    return work + _read({plain_prompt(learner) for learner in learners})


def _turns(texts: Sequence[str], worded: float) -> Work:
    """Return the work of answering turns in both tutors, but for what comes first."""
    said = Work(2 * sum(map(tokens, texts)) + 12 * len(texts))
    plain = Work(_REPLY, _PLAIN_REPLY).times(len(texts))
    return said + plain + _worded(worded).times(len(texts))


def _worded(share: float) -> Work:
    once = Work(_ORDER, _REPLY)
    again = Work(30, _REPLY).times(_AGAIN)
    return (once + again).times(share)


def _read(texts: Iterable[str]) -> Work:
    return Work(sum(map(tokens, texts)))


@dataclass(slots=True)
class Pace:
    """Counts what is done, and tells now and then how long the rest will take.

    ``expected_s`` are the parts of the run in their order, ``units`` their sizes.
    """

    expected_s: dict[str, float]
    units: dict[str, int]
    done: dict[str, int] = field(default_factory=dict)
    _began: float = field(default_factory=time.monotonic)
    _said: float = 0.0

    def begin(self) -> None:
        """Say what is to come."""
        parts = ", ".join(
            f"{name} {self.units[name]} ({self.expected_s[name] / 60:.1f} min)"
            for name in self.units
        )
        total = sum(self.expected_s.values()) / 60
        say(f"about {total:.0f} min on two cores with the embedded model: {parts}")
        self._began = self._said = time.monotonic()

    def step(self, name: str) -> None:
        """One unit of a part is done."""
        self.done[name] = min(self.done.get(name, 0) + 1, self.units[name])
        now = time.monotonic()
        is_over = self.done[name] == self.units[name]
        if is_over or now - self._said >= _SAY_EVERY_S:
            self._said = now
            left = self.left_s(now) / 60
            say(
                f"  {name}: {self.done[name]} of {self.units[name]}, {left:.1f} min left"
            )

    def left_s(self, now: float) -> float:
        """Return how long the rest takes at the pace so far."""
        total = sum(self.expected_s.values())
        behind = sum(
            self.expected_s[name] * count / self.units[name]
            for name, count in self.done.items()
        )
        return (now - self._began) * (total - behind) / behind if behind else total
