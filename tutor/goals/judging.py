"""Judges goals by what was said. What is not sure stays unclear: a person decides it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from tutor.languages.situations import (
    SituationPhrases,
    plain_text,
    situation_phrases,
)

from .acts import Act, GoalPhrases, every_language, goal_phrases

# Of a shorter talk, or one that was not understood, nobody can say what is not in it.
MIN_TURNS = 4
MIN_WORDS = 20
MOST_LOST = 0.2
# Fewer words than these are said by anybody after anything: no repetition of the tutor.
_ECHO_WORDS = 2
# Turns that are about words, not about what the words say.
_ABOUT_WORDS = ("how_to_say", "meaning", "repeat")
_NO_ANSWER = ("backchannel", "hesitation", "tag")


class GoalState(StrEnum):
    """What a talk says of a goal."""

    REACHED = "reached"
    NOT_REACHED = "not_reached"
    UNCLEAR = "unclear"


class Why(StrEnum):
    """Why a goal has its state."""

    SHOWN = "shown"
    NOTHING_LIKE_IT = "nothing_like_it"
    NOT_READ = "not_read"
    TOO_LITTLE = "too_little"
    PARTLY = "partly"
    NOT_SURE = "not_sure"


@dataclass(frozen=True, slots=True)
class GoalTurn:
    """A turn of the learner, and what the tutor had said just ``before``.

    Without text it was not understood. ``counts`` is false where nothing can be built on
    it: heard unsurely, somebody else's voice, words that make no sense, what needs care.
    """

    index: int
    text: str
    before: str = ""
    counts: bool = True


@dataclass(frozen=True, slots=True)
class GoalFinding:
    """What a talk says of one goal; ``turns`` are those that show it, one for each act."""

    state: GoalState
    why: Why
    turns: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class _Read:
    """A turn in plain text. ``of_words``: it asks for words or their meaning."""

    turn: GoalTurn
    plain: str
    before: str
    of_words: bool
    answers: bool


def judge_goals(
    goals: Sequence[str], turns: Sequence[GoalTurn], *, language: str
) -> tuple[GoalFinding, ...]:
    """Return what a talk in ``language`` says of each goal."""
    phrases = goal_phrases(language)
    if phrases is None:
        return (GoalFinding(GoalState.UNCLEAR, Why.NOT_READ),) * len(goals)
    situations = situation_phrases(language)
    read = [_read(turn, situations) for turn in turns]
    return tuple(_judged(goal, read, phrases) for goal in goals)


def acts_of(goal: str, language: str) -> frozenset[str]:
    """Return the acts that a goal asks for; none if it is not understood to the last word.

    It may be written in any language that has acts; the talk's own is tried first.
    """
    own = goal_phrases(language)
    for phrases in dict.fromkeys([*([own] if own else []), *every_language()]):
        if found := _acts_in(goal, phrases):
            return found
    return frozenset()


def _acts_in(goal: str, phrases: GoalPhrases) -> frozenset[str]:
    plain = plain_text(goal).replace("\n", " ")
    start = phrases.starts.match(plain)
    plain = plain[start.end() :].strip() if start else plain
    spans = [
        (match.start(), match.end(), act.key)
        for act in phrases.acts.values()
        for match in act.named.finditer(plain)
    ]
    # A longer reading wins over one inside of it.
    widest = [
        (first, last, key)
        for first, last, key in spans
        if not any(
            a <= first and last <= b and (a, b) != (first, last) for a, b, _ in spans
        )
    ]
    rest = list(plain)
    for first, last, _ in widest:
        rest[first:last] = " " * (last - first)
    if not widest or not phrases.glue.issuperset("".join(rest).split()):
        return frozenset()
    return frozenset(key for *_, key in widest)


def _judged(goal: str, read: Sequence[_Read], phrases: GoalPhrases) -> GoalFinding:
    keys = acts_of(goal, phrases.tag)
    acts = [act for key, act in phrases.acts.items() if key in keys]
    if not acts or len(acts) < len(keys):
        return GoalFinding(GoalState.UNCLEAR, Why.NOT_READ)
    shown = [_first(act, read, phrases) for act in acts]
    turns = tuple(sorted({index for index in shown if index is not None}))
    if None not in shown:
        return GoalFinding(GoalState.REACHED, Why.SHOWN, turns)
    if turns:
        return GoalFinding(GoalState.UNCLEAR, Why.PARTLY, turns)
    if any(act.near.search(one.plain) for act in acts for one in read):
        return GoalFinding(GoalState.UNCLEAR, Why.NOT_SURE)
    if not _is_enough(read):
        return GoalFinding(GoalState.UNCLEAR, Why.TOO_LITTLE)
    return GoalFinding(GoalState.NOT_REACHED, Why.NOTHING_LIKE_IT)


def _first(act: Act, read: Sequence[_Read], phrases: GoalPhrases) -> int | None:
    """Return the first turn that does an act by the learner's own words."""
    for one in read:
        if not one.turn.counts or one.of_words:
            continue
        if any(True for _ in _own_words(act, one, phrases)):
            return one.turn.index
        if _answers(act, one):
            return one.turn.index
    return None


def _answers(act: Act, one: _Read) -> bool:
    if act.asked is None or not one.answers or not act.asked.search(one.before):
        return False
    return act.answer is None or act.answer.search(one.plain) is not None


def _own_words(act: Act, one: _Read, phrases: GoalPhrases) -> Iterator[str]:
    for line in one.plain.split("\n"):
        for match in act.done.finditer(line):
            said = match.group().strip()
            is_echo = len(said.split()) >= _ECHO_WORDS and said in one.before
            if not is_echo and not phrases.reported.search(line[: match.end()]):
                yield said


def _read(turn: GoalTurn, situations: SituationPhrases | None) -> _Read:
    plain = plain_text(turn.text)
    before = plain_text(turn.before)
    of_words = situations is not None and any(
        situations.find(group, plain) for group in _ABOUT_WORDS
    )
    is_empty = situations is not None and any(
        situations.is_whole(group, plain) for group in _NO_ANSWER
    )
    return _Read(turn, plain, before, of_words, answers=bool(plain) and not is_empty)


def _is_enough(read: Sequence[_Read]) -> bool:
    """Whether so much was understood that what is not there was not said."""
    heard = [one for one in read if one.plain]
    lost = len(read) - sum(one.turn.counts for one in heard)
    n_words = sum(len(one.plain.split()) for one in heard)
    return (
        len(heard) >= MIN_TURNS
        and n_words >= MIN_WORDS
        and lost <= MOST_LOST * len(read)
    )
