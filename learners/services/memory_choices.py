"""What a learner decides about the tutor's memory, and what time makes it forget."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from tutor.memory.facts import kind_of

from ..models import (
    ErrorLedgerEntry,
    ExerciseBatch,
    ExerciseItem,
    LearnerFact,
    MemoryChoice,
    ReviewCard,
    SessionSummary,
    VocabularyItem,
)
from ..models.learner_fact import FACT_MAX_CHARS

KEPT_DAYS = 365


def set_memory_choice(*, learner_id: int, remembers: bool, now: datetime) -> None:
    """Allow or stop remembering what the learner tells; what is noted stays."""
    MemoryChoice.objects.update_or_create(
        learner_id=learner_id,
        defaults={"remembers_facts": remembers, "changed_at": now},
    )


@transaction.atomic
def edit_fact(*, learner_id: int, fact_id: int, text: str, now: datetime) -> None:
    """Change a fact's words. Raises LearnerFact.DoesNotExist, ValueError if empty.

    One that says the same as another replaces it.
    """
    fact = LearnerFact.objects.select_for_update().get(
        pk=fact_id, learner_id=learner_id
    )
    text = " ".join(text.split())[:FACT_MAX_CHARS]
    if not text:
        raise ValueError("a fact has words")
    same = LearnerFact.objects.filter(learner_id=learner_id, l2=fact.l2, text=text)
    same.exclude(pk=fact.pk).delete()
    fact.text = text
    fact.kind = kind_of(text, fact.l2)
    fact.edited_at = now
    fact.save()


def delete_fact(*, learner_id: int, fact_id: int) -> None:
    """Forget a fact. Raises LearnerFact.DoesNotExist."""
    LearnerFact.objects.get(pk=fact_id, learner_id=learner_id).delete()


@transaction.atomic
def forget_memory(*, learner_id: int) -> None:
    """Forget mistakes, words, facts, past sessions, exercises and cards; talks stay."""
    for model in (
        ErrorLedgerEntry, VocabularyItem, LearnerFact, SessionSummary, ExerciseItem,
        ExerciseBatch, ReviewCard,
    ):  # fmt: skip
        model.objects.filter(learner_id=learner_id).delete()


@transaction.atomic
def purge_memory(*, now: datetime) -> int:
    """Forget what is a year old and did not come up again; return how many rows."""
    old = now - timedelta(days=KEPT_DAYS)
    rows = (
        ErrorLedgerEntry.objects.filter(last_seen_at__lt=old),
        VocabularyItem.objects.filter(
            Q(last_produced_at=None) | Q(last_produced_at__lt=old),
            Q(kept_at=None) | Q(kept_at__lt=old),
            met_at__lt=old,
        ),
        LearnerFact.objects.filter(
            Q(edited_at=None) | Q(edited_at__lt=old), created_at__lt=old
        ),
        SessionSummary.objects.filter(last_turn_at__lt=old),
        ExerciseItem.objects.filter(created_at__lt=old).exclude(
            attempts__answered_at__gte=old
        ),
        ExerciseBatch.objects.filter(made_at__lt=old),
    )
    return sum(found.delete()[0] for found in rows)
