"""Which cards a learner should have: from lessons read, words, mistakes and sounds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from django.db.models import Q
from django.urls import reverse

from lessons.models import Lesson
from tutor.exercises.forms import same
from tutor.languages.function_words import primary
from tutor.languages.glosses import Glosses, glosses

from ..exercise_sources import sound_pairs, tutor_learner
from ..models import ErrorLedgerEntry, LessonProgress, VocabularyItem
from ..selectors import get_learner_context, list_phoneme_mastery
from .drafts import (
    Draft,
    contrast_draft,
    in_turn,
    pattern_draft,
    sentence_draft,
    word_draft,
)

# Longer ones are stories, not something to say again.
LONGEST_SENTENCE = 200


def wanted_cards(*, learner_id: int, l2: str, now: datetime) -> list[Draft]:
    """Return a learner's cards of a language, each thing once, mixed by kind.

    What was read in a lesson wins over the same word met elsewhere: it has an example.
    Raises LearnerProfile.DoesNotExist.
    """
    lessons = list(_lessons(learner_id, l2))
    groups = [
        [*_lesson_words(lessons, l2), *_words(learner_id, l2)],
        [*_patterns(lessons)],
        [*_sentences(learner_id, l2)],
        [*_contrasts(learner_id, l2, now)],
    ]
    return in_turn([list(_once(group)) for group in groups])


def _once(drafts: list[Draft]) -> Iterable[Draft]:
    found: dict[str, Draft] = {}
    for draft in drafts:
        found.setdefault(draft.source, draft)
    return found.values()


def _lessons(learner_id: int, l2: str) -> Iterator[Lesson]:
    """Return the lessons whose words the learner went through, in that order."""
    known = LessonProgress.objects.filter(
        Q(read_at__isnull=False)
        | Q(talked_at__isnull=False)
        | Q(finished_at__isnull=False),
        learner_id=learner_id,
    )
    rows = known.select_related("lesson__course").order_by("started_at", "id")
    for row in rows:
        if primary(row.lesson.course.l2) == l2:
            yield row.lesson


def _lesson_words(lessons: list[Lesson], l2: str) -> Iterator[Draft]:
    known = glosses(l2)
    for lesson in lessons:
        met = _met(lesson)
        for entry in lesson.words:
            draft = word_draft(
                entry["word"],
                meaning=entry.get("gloss", ""),
                example=entry.get("example", ""),
                met=met,
            )
            if draft is not None:
                yield draft
        if lesson.words:
            continue
        for text in lesson.target_words:
            draft = word_draft(text, meaning=_meaning(known, text), example="", met=met)
            if draft is not None:
                yield draft


def _patterns(lessons: list[Lesson]) -> Iterator[Draft]:
    for lesson in lessons:
        for entry in lesson.patterns:
            if entry.get("note") and entry.get("example"):
                yield pattern_draft(
                    entry["pattern"],
                    note=entry["note"],
                    example=entry["example"],
                    met=_met(lesson),
                )


def _words(learner_id: int, l2: str) -> Iterator[Draft]:
    known = glosses(l2)
    rows = VocabularyItem.objects.filter(learner_id=learner_id, l2=l2)
    for row in rows.select_related("lesson").order_by("met_at", "id"):
        draft = word_draft(
            row.text,
            meaning=row.gloss or row.kept_meaning or _meaning(known, row.text),
            example=row.kept_sentence,
            met=_met_in_talk(row),
        )
        if draft is not None:
            yield draft


def _sentences(learner_id: int, l2: str) -> Iterator[Draft]:
    rows = ErrorLedgerEntry.objects.filter(learner_id=learner_id, l2=l2)
    for row in rows.order_by("first_seen_at", "id"):
        long = max(len(row.sentence), len(row.corrected)) > LONGEST_SENTENCE
        if long or not row.corrected or same(row.sentence, row.corrected, l2):
            continue
        yield sentence_draft(
            row.key,
            sentence=row.sentence,
            corrected=row.corrected,
            said=row.said,
            better=row.better,
        )


def _contrasts(learner_id: int, l2: str, now: datetime) -> Iterator[Draft]:
    learner = tutor_learner(get_learner_context(user_id=learner_id))
    if learner.l2 != l2:
        return
    weakest = list_phoneme_mastery(learner_id=learner_id, language=l2, now=now)
    yield from (contrast_draft(pair) for pair in sound_pairs(learner, weakest))


def _meaning(known: Glosses | None, text: str) -> str:
    return known.only_own_meaning(text) if known else ""


def _met(lesson: Lesson) -> dict[str, str]:
    return {
        "title": lesson.title,
        "url": reverse("lessons:lesson-detail", args=(lesson.uuid,)),
    }


def _met_in_talk(row: VocabularyItem) -> dict[str, str]:
    if row.kept_session is not None:
        # An address of ``sessions``, which this app does not know: pages make the link.
        return {"session": str(row.kept_session)}
    return _met(row.lesson) if row.lesson else {}
