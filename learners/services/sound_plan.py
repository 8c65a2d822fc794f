"""What a learner does in drills is kept, once."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from lessons.sounds.contrast import Contrast, WordPair

from ..models import DrillAnswer


def record_heard(
    *,
    learner_id: int,
    language: str,
    contrast: Contrast,
    pair: WordPair,
    said: str,
    chosen: str,
    client_key: UUID,
    now: datetime,
) -> bool:
    """Keep which word of a pair was taken for the one that was said; return if right.

    Only the first answer with a key counts: a second try was helped by the first.
    """
    other = pair.other if said == pair.word else pair.word
    right = chosen == said
    _keep(
        DrillAnswer(
            learner_id=learner_id,
            language=language,
            contrast=contrast.key,
            kind=DrillAnswer.Kind.HEARD,
            word=said,
            other=other,
            right=float(right),
            client_key=client_key,
            answered_at=now,
        )
    )
    return right


def record_said(
    *,
    learner_id: int,
    language: str,
    contrast: Contrast,
    pair: WordPair,
    right: float | None,
    reading: UUID | None,
    client_key: UUID,
    now: datetime,
) -> None:
    """Keep how the target came out in a word; None: it could not be judged.

    How the word was said counts for mastery where its reading is kept, not here.
    """
    _keep(
        DrillAnswer(
            learner_id=learner_id,
            language=language,
            contrast=contrast.key,
            kind=DrillAnswer.Kind.SAID,
            word=pair.word,
            other=pair.other,
            right=right,
            reading=reading,
            client_key=client_key,
            answered_at=now,
        )
    )


def _keep(answer: DrillAnswer) -> None:
    try:
        with transaction.atomic():
            answer.save(force_insert=True)
    except IntegrityError:
        known = DrillAnswer.objects.filter(
            learner_id=answer.learner_id, client_key=answer.client_key
        )
        if not known.exists():
            raise
