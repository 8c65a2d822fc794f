"""Makes a learner's exercises from known mistakes, a lesson, words met and weak sounds."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Count, F, QuerySet

from lessons.brief import LessonBrief
from lessons.selectors import get_lesson_brief
from schools.switches import MODEL_EXERCISES, is_on_for
from tutor.completion import Completion
from tutor.exercises import Exercise, Generated, generate, to_data
from tutor.exercises.forms import plain
from tutor.exercises.from_ledger import source as source_of
from tutor.history import LedgerEntry
from tutor.languages.function_words import primary

from ..exercise_drops import drop_counts
from ..exercise_sources import (
    lesson_plan,
    level_test,
    new_sentences,
    sound_pairs,
    tutor_learner,
)
from ..models import ErrorLedgerEntry, ExerciseBatch, ExerciseItem, VocabularyItem
from ..selectors import get_learner_context, list_phoneme_mastery

MOST_MISTAKES = 5
MOST_WORDS = 5


def make_exercises(
    *,
    learner_id: int,
    lesson_id: int | None = None,
    session: UUID | None = None,
    completion: Completion | None = None,
    made_by: int | None = None,
    now: datetime,
) -> ExerciseBatch:
    """Make what can be made now, in the language that the learner learns.

    ``lesson_id`` is a lesson to practise; ``session`` the talk that this follows: what came
    up last is then practised first. Rules do it alone; ``completion`` adds new sentences.
    Safe to repeat: what is there is not made again, nor is what a teacher rejected. Raises
    LearnerProfile.DoesNotExist or Lesson.DoesNotExist.
    """
    if completion is not None and not is_on_for(MODEL_EXERCISES, user_id=learner_id):
        completion = None
    context = get_learner_context(user_id=learner_id)
    learner = tutor_learner(context)
    mistakes = list(_mistakes(learner_id, learner.l2, latest=session is not None))
    brief = get_lesson_brief(lesson_id=lesson_id) if lesson_id is not None else None
    if brief is not None and primary(brief.l2) != learner.l2:
        brief, lesson_id = None, None
    plan = lesson_plan(
        brief,
        met=_words_met(learner_id, learner.l2, lesson_id),
        sentences=new_sentences(
            learner.l2, context.level, known_sources=_sources(learner_id, learner.l2)
        ),
        l2=learner.l2,
    )
    sounds = list_phoneme_mastery(learner_id=learner_id, language=learner.l2, now=now)
    generated = generate(
        [_entry(row) for row in mistakes],
        plan,
        learner,
        completion=completion,
        level_of=level_test(learner.l2),
        sound_pairs=lambda who: sound_pairs(who, sounds),
    )
    of_lesson = _sources_of(brief) if brief is not None else set()
    made_from = {source_of(_entry(row)): row.pk for row in mistakes}
    items = [
        ExerciseItem(
            learner_id=learner_id,
            lesson_id=lesson_id if exercise.source in of_lesson else None,
            ledger_entry_id=made_from.get(exercise.source),
            session=session,
            created_at=now,
            created_by_id=made_by,
            **item_fields(exercise),
        )
        for exercise in generated.kept
    ]
    return _keep(items, generated, learner_id, learner.l2, session, completion, now)


def item_fields(exercise: Exercise) -> dict[str, object]:
    """Return the fields of an ExerciseItem that hold an exercise."""
    return {
        "l2": primary(exercise.l2),
        "kind": str(exercise.kind),
        "level": str(exercise.level),
        "origin": str(exercise.origin),
        "category": exercise.category,
        "source": exercise.source,
        "data": to_data(exercise),
        "digest": digest(exercise),
    }


def digest(exercise: Exercise) -> str:
    """Return what is the same for exercises that ask and answer the same."""
    parts = (exercise.kind, plain(exercise.prompt), plain(exercise.solution))
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


@transaction.atomic
def _keep(
    items: list[ExerciseItem],
    generated: Generated,
    learner_id: int,
    l2: str,
    session: UUID | None,
    completion: Completion | None,
    now: datetime,
) -> ExerciseBatch:
    items = _of_entries_that_are_still_there(items)
    mine = ExerciseItem.objects.filter(learner_id=learner_id, l2=l2)
    before = mine.count()
    # Two pages may make the same at once: the constraint keeps one of each.
    ExerciseItem.objects.bulk_create(items, ignore_conflicts=True)
    made = mine.count() - before
    return ExerciseBatch.objects.create(
        learner_id=learner_id,
        l2=l2,
        session=session,
        with_model=completion is not None,
        made=made,
        known=len(items) - made,
        dropped=drop_counts(generated.dropped),
        made_at=now,
    )


def _of_entries_that_are_still_there(items: list[ExerciseItem]) -> list[ExerciseItem]:
    """Leave out what was made of a mistake that was forgotten in the meantime."""
    wanted = {item.ledger_entry_id for item in items if item.ledger_entry_id}
    there = set(
        ErrorLedgerEntry.objects.select_for_update()
        .filter(pk__in=wanted)
        .values_list("pk", flat=True)
    )
    return [i for i in items if not i.ledger_entry_id or i.ledger_entry_id in there]


def _mistakes(learner_id: int, l2: str, *, latest: bool) -> QuerySet[ErrorLedgerEntry]:
    """Return open mistakes, first those that have no exercise yet."""
    weight = F("seen") - F("right_since")
    order = ("-last_seen_at",) if latest else (weight.desc(), "-last_seen_at")
    return (
        ErrorLedgerEntry.objects.filter(learner_id=learner_id, l2=l2, resolved_at=None)
        .annotate(n_exercises=Count("exercises"))
        .order_by("n_exercises", *order, "id")[:MOST_MISTAKES]
    )


def _words_met(
    learner_id: int, l2: str, lesson_id: int | None
) -> Iterable[VocabularyItem]:
    found = VocabularyItem.objects.filter(learner_id=learner_id, l2=l2)
    if lesson_id is not None:
        found = found.filter(lesson_id=lesson_id)
    return found.order_by("times_produced", "-met_at", "id")[:MOST_WORDS]


def _sources(learner_id: int, l2: str) -> set[str]:
    found = ExerciseItem.objects.filter(learner_id=learner_id, l2=l2)
    return set(found.values_list("source", flat=True))


def _entry(row: ErrorLedgerEntry) -> LedgerEntry:
    return LedgerEntry(
        key=row.key,
        category=row.category,
        example=row.sentence,
        better=row.corrected,
        seen=row.seen,
        addressed=row.addressed,
        right_since=row.right_since,
    )


def _sources_of(brief: LessonBrief) -> set[str]:
    texts = (*brief.target_words, *brief.target_phrases)
    return {f"lesson:{brief.title}", *(f"item:{text}" for text in texts)}
