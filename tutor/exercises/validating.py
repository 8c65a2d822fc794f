"""Says what is wrong with an exercise. One with a fault is never shown to a learner."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from tutor.learner import Level

from .forms import contains, plain, same, tokens
from .levelling import LevelOf, level_faults
from .pieces import FEWEST, MOST, other_orders
from .schema import (
    GAP,
    NO_WORD,
    Dictation,
    Exercise,
    GapFill,
    MinimalPair,
    Reorder,
    RolePlay,
    Shadowing,
    ShortAnswer,
    Transform,
)

# Words that a sentence to be read, written or said may have.
MOST_WORDS = {
    Level.A1: 10,
    Level.A2: 14,
    Level.B1: 18,
    Level.B2: 24,
    Level.C1: 30,
    Level.C2: 30,
}
FEWEST_WORDS = 3
_MOST_SIGNS = 400
_MOST_ANSWER_WORDS = 5
_MOST_CHOICES = 5
_MOST_CHOICE_WORDS = 3
# Words that may follow themselves: "he had had", "nous nous", "sie, sie".
_DOUBLED = frozenset(
    {"had", "that", "very", "nous", "vous", "die", "sie", "der", "das"}
)


def faults(
    exercise: Exercise,
    level_of: LevelOf,
    *,
    known: frozenset[str] = frozenset(),
) -> tuple[str, ...]:
    """Return all that is wrong, in words for teachers; empty for a good exercise.

    ``known`` are lower-case words that the learner knows or is about to learn, whatever
    their level: the lesson's and those that the learner said.
    """
    return (
        *_general(exercise),
        *_special(exercise),
        *level_faults(exercise, level_of, known),
    )


def _general(exercise: Exercise) -> Iterator[str]:
    texts = (exercise.prompt, exercise.solution, exercise.hint, *exercise.alternatives)
    if any("\n" in text or len(text) > _MOST_SIGNS for text in texts):
        yield "a text is too long or has several lines"
    if any(not one.strip() for one in exercise.alternatives):
        yield "an alternative is empty"
    if not exercise.l2 or not exercise.source:
        yield "language or source is missing"
    if exercise.prompt.count(GAP) != isinstance(exercise, GapFill):
        yield "a gap fill has exactly one gap, other kinds have none"
    if exercise.wrong and any(
        same(exercise.wrong, one, exercise.l2) for one in exercise.answers
    ):
        yield "what is wrong is also an answer"
    if _visible(exercise.hint, exercise):
        yield "the hint shows the answer"


def _special(exercise: Exercise) -> Iterator[str]:
    match exercise:
        case GapFill():
            yield from _gap_fill(exercise)
        case Reorder():
            yield from _reorder(exercise)
        case Transform():
            yield from _transform(exercise)
        case Dictation():
            if exercise.prompt:
                yield "a dictation shows nothing"
            yield from _sentence(exercise.solution, exercise)
        case Shadowing():
            if exercise.prompt != exercise.solution:
                yield "what is read must be what is said"
            yield from _sentence(exercise.solution, exercise)
        case MinimalPair():
            yield from _pair(exercise)
        case RolePlay():
            yield from _role_play(exercise)
        case ShortAnswer():
            yield from _short_answer(exercise)
        case _:
            yield "the kind is not known"


def _gap_fill(exercise: GapFill) -> Iterator[str]:
    if not exercise.solution:
        yield "there is no solution"
        return
    yield from _sentence(exercise.filled(exercise.solution), exercise)
    if any(
        len(tokens(one, exercise.l2)) > _MOST_ANSWER_WORDS for one in exercise.answers
    ):
        yield "the answer is too long for a gap"
    before, _, after = exercise.prompt.partition(GAP)
    beside = {*tokens(before, exercise.l2)[-1:], *tokens(after, exercise.l2)[:1]}
    for answer in exercise.answers:
        words = tokens(answer, exercise.l2)
        if words and {words[0], words[-1]} & beside:
            yield "the answer repeats the word beside the gap"
    if not exercise.choices:
        if NO_WORD in exercise.answers:
            yield "nobody can type that no word belongs here"
        if _visible(exercise.prompt, exercise):
            yield "the prompt shows the answer"
        return
    choices = [plain(choice) for choice in exercise.choices]
    if not 2 <= len(choices) <= _MOST_CHOICES or len(set(choices)) < len(choices):
        yield "wants two to five different choices"
    if not {plain(answer) for answer in exercise.answers} <= set(choices):
        yield "an answer is not among the choices"
    if any(len(tokens(one, exercise.l2)) > _MOST_CHOICE_WORDS for one in choices):
        yield "a choice is too long"
    if len({_sound_alike(choice) for choice in choices}) < len(choices):
        yield "two choices sound the same"
    if len(choices) <= len(exercise.answers):
        yield "every choice would be right"


def _sound_alike(choice: str) -> str:
    """Return a choice without what is only written: "its" and "it's" are one."""
    return choice if choice == NO_WORD else re.sub(r"[^\w]", "", plain(choice))


def _reorder(exercise: Reorder) -> Iterator[str]:
    l2 = exercise.l2
    if re.search(r"[.!?…]\s+\S", exercise.solution):
        yield "there is more than one sentence to be ordered"
    yield from _sentence(exercise.solution, exercise)
    if not FEWEST <= len(exercise.pieces) <= MOST:
        yield f"wants {FEWEST} to {MOST} pieces"
    wanted = sorted(tokens(" ".join(exercise.pieces), l2))
    if any(sorted(tokens(answer, l2)) != wanted for answer in exercise.answers):
        yield "the pieces do not make the sentence"
        return
    if same(" ".join(exercise.pieces), exercise.solution, l2):
        yield "the pieces are in order already"
    if exercise.prompt:
        yield "the pieces are all that is shown"
    in_order = _in_order(exercise)
    if not in_order:
        yield "the pieces do not make the sentence"
    elif reason := other_orders(in_order, l2):
        if not exercise.alternatives:
            yield reason
    elif not _both_ends(in_order):
        yield "the ends of the sentence do not show"


def _in_order(exercise: Reorder) -> list[str]:
    """Return the pieces as they stand in the solution, empty if they do not."""
    rest, left, found = exercise.solution, list(exercise.pieces), []
    while rest:
        fitting = [one for one in left if rest == one or rest.startswith(f"{one} ")]
        if not fitting:
            return []
        piece = max(fitting, key=len)
        left.remove(piece)
        found.append(piece)
        rest = rest[len(piece) :].lstrip()
    return [] if left else found


def _both_ends(pieces: list[str]) -> bool:
    first = pieces[0][:1]
    return not pieces[-1][-1].isalnum() and (
        first.isupper() or first.lower() == first.upper()
    )


def _transform(exercise: Transform) -> Iterator[str]:
    yield from _sentence(exercise.prompt, exercise)
    yield from _sentence(exercise.solution, exercise)
    if any(same(exercise.prompt, one, exercise.l2) for one in exercise.answers):
        yield "there is nothing to correct"
    elif any(contains(exercise.prompt, one, exercise.l2) for one in exercise.answers):
        yield "the prompt shows the answer"
    elif any(
        _sound_alike(exercise.prompt) == _sound_alike(one) for one in exercise.answers
    ):
        yield "nobody would hear what is wrong"
    if exercise.wrong and not contains(exercise.prompt, exercise.wrong, exercise.l2):
        yield "what is wrong is not in the sentence"
    if exercise.point and not contains(exercise.solution, exercise.point, exercise.l2):
        yield "what makes it right is not in the solution"


def _pair(exercise: MinimalPair) -> Iterator[str]:
    if exercise.prompt:
        yield "the prompt shows the answer"
    words = {tokens(choice, exercise.l2) for choice in exercise.choices}
    if len(exercise.choices) != 2 or len(words) != 2 or {len(w) for w in words} != {1}:
        yield "wants two different words"
    if exercise.solution not in exercise.choices or exercise.alternatives:
        yield "one of the two words must be the answer"


def _role_play(exercise: RolePlay) -> Iterator[str]:
    if len(tokens(exercise.prompt, exercise.l2)) < FEWEST_WORDS:
        yield "there is no situation"
    if not exercise.goals or not all(goal.strip() for goal in exercise.goals):
        yield "there is no goal"
    if exercise.solution or exercise.alternatives:
        yield "a role play has no solution"


def _short_answer(exercise: ShortAnswer) -> Iterator[str]:
    if len(tokens(exercise.prompt, exercise.l2)) < 2:
        yield "there is no question"
    if exercise.solution and _visible(exercise.prompt, exercise):
        yield "the prompt shows the answer"
    if len(tokens(exercise.solution, exercise.l2)) > _MOST_ANSWER_WORDS:
        yield "the answer is too long"
    if not 1 <= exercise.fewest_words <= MOST_WORDS[exercise.level]:
        yield "asks for too many or too few words"


def _sentence(text: str, exercise: Exercise) -> Iterator[str]:
    n_words = len(tokens(text, exercise.l2))
    most = MOST_WORDS[exercise.level]
    if not FEWEST_WORDS <= n_words <= most:
        yield f"a sentence at {exercise.level} has {FEWEST_WORDS} to {most} words"
    words = tokens(text, exercise.l2)
    if any(
        one == other and one.isalpha() and len(one) > 1 and one not in _DOUBLED
        for one, other in pairwise(words)
    ):
        yield "a word is there twice in a row"


def _visible(text: str, exercise: Exercise) -> bool:
    return any(
        answer != NO_WORD and contains(text, answer, exercise.l2)
        for answer in exercise.answers
    )
