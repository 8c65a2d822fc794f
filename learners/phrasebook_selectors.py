"""What a learner met: words, sentences of lessons they began, what they said better since."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.urls import reverse

from lessons.models import Lesson
from tutor.languages.function_words import primary

from .models import ErrorLedgerEntry, LessonProgress, VocabularyItem
from .phrasebook import Phrase, PhraseKind


def list_met(*, learner_id: int, l2: str) -> list[Phrase]:
    """Return what lessons and the tutor's memory hold of a language, in no order."""
    return [
        *_of_lessons(learner_id, l2),
        *_words(learner_id, l2),
        *_own_sentences(learner_id, l2),
    ]


def _of_lessons(learner_id: int, l2: str) -> Iterator[Phrase]:
    rows = LessonProgress.objects.filter(learner_id=learner_id)
    for row in rows.select_related("lesson__course"):
        lesson = row.lesson
        if primary(lesson.course.l2) != l2:
            continue
        place: dict[str, Any] = {
            "url": _address(lesson),
            "title": lesson.title,
            "met_at": row.read_at or row.started_at,
        }
        for entry in lesson.words:
            note = entry.get("gloss", "")
            yield Phrase(PhraseKind.WORD, entry["word"], note=note, **place)
            if entry.get("example"):
                yield Phrase(PhraseKind.LESSON, entry["example"], note=note, **place)
        for entry in lesson.patterns:
            note = entry.get("note", "")
            yield Phrase(PhraseKind.LESSON, entry["pattern"], note=note, **place)
            if entry.get("example"):
                yield Phrase(PhraseKind.LESSON, entry["example"], note=note, **place)
        for line in lesson.dialogue:
            yield Phrase(PhraseKind.LESSON, line["text"], **place)
        if not lesson.words:
            for text in lesson.target_words:
                yield Phrase(PhraseKind.WORD, text, **place)
        if not lesson.patterns:
            for text in lesson.target_phrases:
                yield Phrase(PhraseKind.LESSON, text, **place)


def _words(learner_id: int, l2: str) -> Iterator[Phrase]:
    rows = VocabularyItem.objects.filter(learner_id=learner_id, l2=l2)
    for row in rows.select_related("lesson"):
        talk = row.kept_session
        yield Phrase(
            PhraseKind.WORD,
            row.text,
            note=row.gloss or row.kept_meaning,
            # Of a talk ``sessions`` knows the address, not this app.
            url=f"talk:{talk}" if talk else _address(row.lesson) if row.lesson else "",
            title=row.lesson.title if row.lesson and not talk else "",
            met_at=row.kept_at or row.met_at,
        )


def _own_sentences(learner_id: int, l2: str) -> Iterator[Phrase]:
    rows = ErrorLedgerEntry.objects.filter(learner_id=learner_id, l2=l2)
    for row in rows.exclude(corrected=""):
        yield Phrase(
            PhraseKind.MINE,
            row.corrected,
            note=row.sentence if row.sentence != row.corrected else "",
            url=reverse("learners:memory"),
            met_at=row.last_seen_at,
        )


def _address(lesson: Lesson) -> str:
    return reverse("lessons:lesson-detail", args=(lesson.uuid,))
