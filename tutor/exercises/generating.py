"""Exercises for one learner from the error ledger and a lesson."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from tutor.brief import LessonPlan
from tutor.completion import Completion
from tutor.history import LedgerEntry
from tutor.learner import Learner

from .changes import change_of
from .decency import unfit
from .forms import plain, tokens
from .from_ledger import from_entry, reordered, source
from .from_lesson import dictation, from_item, from_pairs, from_plan
from .levelling import LevelOf
from .schema import Exercise, Kind, Origin, SoundPair
from .validating import faults
from .variations import VariationError, gap_variation, written

SoundPairs = Callable[[Learner], Iterable[SoundPair]]

# How many entries and items a model is asked about: each takes one or two completions.
MOST_VARIATIONS = 4
MOST_PAIRS = 6


@dataclass(frozen=True, slots=True)
class Dropped:
    """What was not good enough to be shown, and why; ``kind`` is what it was to be."""

    kind: Kind
    source: str
    reasons: tuple[str, ...]
    origin: Origin = Origin.RULE
    exercise: Exercise | None = None


@dataclass(frozen=True, slots=True)
class Generated:
    """The exercises fit to be shown, and those that are not."""

    kept: tuple[Exercise, ...]
    dropped: tuple[Dropped, ...]


@dataclass(slots=True)
class _Batch:
    """Exercises in the making; each is checked as it comes."""

    learner: Learner
    level_of: LevelOf
    kept: list[Exercise] = field(default_factory=list)
    dropped: list[Dropped] = field(default_factory=list)
    seen: set[tuple[Kind, str, str]] = field(default_factory=set)

    def add(self, exercise: Exercise, known: frozenset[str]) -> None:
        reasons = faults(exercise, self.level_of, known=known)
        kind_of_unfit = unfit(_every_text(exercise), self.learner)
        unchecked = kind_of_unfit == "unchecked"
        if unchecked and exercise.origin is Origin.MODEL:
            reasons = (*reasons, "nothing here can check that it is suitable")
        elif kind_of_unfit and not unchecked:
            reasons = (*reasons, f"not suitable: {kind_of_unfit}")
        about = plain(exercise.prompt), plain(exercise.solution)
        if (exercise.kind, *about) in self.seen:
            reasons = (*reasons, "the same exercise is there already")
        if reasons:
            self.drop(exercise.kind, exercise.source, reasons, exercise=exercise)
            return
        self.seen.add((exercise.kind, *about))
        self.kept.append(exercise)

    def drop(
        self,
        kind: Kind,
        about: str,
        reasons: tuple[str, ...],
        *,
        exercise: Exercise | None = None,
        origin: Origin = Origin.RULE,
    ) -> None:
        origin = exercise.origin if exercise else origin
        self.dropped.append(Dropped(kind, about, reasons, origin, exercise))


def generate(
    entries: Sequence[LedgerEntry],
    plan: LessonPlan,
    learner: Learner,
    *,
    completion: Completion | None,
    level_of: LevelOf,
    sound_pairs: SoundPairs | None = None,
) -> Generated:
    """Return exercises from known errors, the lesson and sounds, in this order.

    Rules come first; ``completion`` only adds new sentences. ``level_of`` gives a word's
    CEFR level, None for an unknown word. ``sound_pairs`` returns pairs of words that are
    hard for the learner. Everything is checked; what has a fault is in ``dropped`` with
    the reasons and is never to be shown. Without a model the result is always the same.
    """
    batch = _Batch(learner, level_of)
    taught = lesson_words(plan, learner.l2)
    for entry in entries:
        known = taught | words_said(entry, learner, level_of)
        if change_of(entry) is None:
            reason = "the correction can't be told from the rest of the sentence"
            batch.drop(Kind.GAP_FILL, source(entry), (reason,))
        for exercise in from_entry(entry, learner):
            batch.add(exercise, known)
    for item in plan.items:
        for exercise in from_item(item, learner):
            batch.add(exercise, taught)
    for exercise in from_plan(plan, learner):
        batch.add(exercise, taught)
    if sound_pairs is not None:
        _add_pairs(batch, sound_pairs, learner)
    if completion is not None:
        _add_variations(batch, entries, plan, completion, taught)
    return Generated(tuple(batch.kept), tuple(batch.dropped))


def lesson_words(plan: LessonPlan, l2: str) -> frozenset[str]:
    """Return the words that a lesson teaches or is about, lower case."""
    texts = (plan.title, plan.situation, *plan.goals, *(one.text for one in plan.items))
    found = {word for text in texts for word in tokens(text, l2)}
    return plan.topic_words | found


def words_said(
    entry: LedgerEntry, learner: Learner, level_of: LevelOf
) -> frozenset[str]:
    """Return the words that the learner said, whatever their level.

    Words that no list knows are left out, save those corrected: in typed text they are
    typing errors, and no exercise may show these.
    """
    change = change_of(entry)
    said = {one for one in tokens(entry.example, learner.l2) if level_of(one)}
    return frozenset(said | set(tokens(change.said if change else "", learner.l2)))


def _add_pairs(batch: _Batch, sound_pairs: SoundPairs, learner: Learner) -> None:
    n_kept = 0
    for exercise in from_pairs(sound_pairs(learner), learner):
        n_before = len(batch.kept)
        batch.add(exercise, frozenset())
        n_kept += len(batch.kept) - n_before
        if n_kept == MOST_PAIRS:
            return


def _add_variations(
    batch: _Batch,
    entries: Sequence[LedgerEntry],
    plan: LessonPlan,
    completion: Completion,
    taught: frozenset[str],
) -> None:
    learner = batch.learner
    for entry in entries[:MOST_VARIATIONS]:
        known = taught | words_said(entry, learner, batch.level_of)
        try:
            exercise = gap_variation(entry, learner, completion)
        except VariationError as error:
            batch.drop(Kind.GAP_FILL, source(entry), (str(error),), origin=Origin.MODEL)
            continue
        if exercise is not None:
            batch.add(exercise, known)
    bare = [item for item in plan.items if not item.example.strip()]
    for item in bare[:MOST_VARIATIONS]:
        about = f"item:{item.text}"
        try:
            sentence = written(item.text, learner, completion)
        except VariationError as error:
            batch.drop(Kind.DICTATION, about, (str(error),), origin=Origin.MODEL)
            continue
        for made in _from_sentence(sentence, about, learner):
            batch.add(dataclasses.replace(made, origin=Origin.MODEL), taught)


def _from_sentence(sentence: str, about: str, learner: Learner) -> Iterator[Exercise]:
    yield dictation(sentence, about, learner)
    reorder = reordered(sentence, about, learner)
    if reorder is not None:
        yield reorder


def _every_text(exercise: Exercise) -> str:
    texts = [exercise.prompt, exercise.solution, exercise.hint, *exercise.alternatives]
    texts += [*getattr(exercise, "choices", ()), *getattr(exercise, "goals", ())]
    return ". ".join(text for text in texts if text)
