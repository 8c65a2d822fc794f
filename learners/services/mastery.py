"""What practice adds to a learner's mastery of phonemes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from ..mastery import Attempts, kept_share
from ..models import PhonemeMastery, PracticeEvidence

# Rounding may leave a trace of evidence that was taken back whole.
_NOTHING = 1e-9


@transaction.atomic
def record_attempts(
    *,
    learner_id: int,
    language: str,
    source: str,
    attempts: Mapping[str, Attempts],
    spoken_at: datetime,
) -> None:
    """Count the attempts of one stretch of speech, in place of what it counted before.

    ``source`` names the speech. Weights fade with time alone, so that attempts may be
    added and taken back in any order.
    """
    forget_attempts(learner_id=learner_id, source=source)
    if not attempts:
        return
    PracticeEvidence.objects.create(
        learner_id=learner_id,
        source=source,
        language=language,
        counts={
            phoneme: [made.right, made.wrong, made.n]
            for phoneme, made in attempts.items()
        },
        spoken_at=spoken_at,
    )
    PhonemeMastery.objects.bulk_create(
        [
            PhonemeMastery(
                learner_id=learner_id,
                language=language,
                phoneme=phoneme,
                as_of=spoken_at,
            )
            for phoneme in attempts
        ],
        ignore_conflicts=True,
    )
    _add(learner_id, language, attempts, spoken_at)


@transaction.atomic
def forget_attempts(*, learner_id: int, source: str) -> None:
    """Take back what a stretch of speech counted, if anything."""
    evidence = (
        PracticeEvidence.objects.select_for_update()
        .filter(learner_id=learner_id, source=source)
        .first()
    )
    if evidence is None:
        return
    taken = {
        phoneme: Attempts(-right, -wrong, -n)
        for phoneme, (right, wrong, n) in evidence.counts.items()
    }
    _add(learner_id, evidence.language, taken, evidence.spoken_at)
    evidence.delete()


def _add(
    learner_id: int,
    language: str,
    attempts: Mapping[str, Attempts],
    spoken_at: datetime,
) -> None:
    # Locked in one order, so that two writers wait for each other only once.
    rows = list(
        PhonemeMastery.objects.select_for_update()
        .filter(learner_id=learner_id, language=language, phoneme__in=list(attempts))
        .order_by("phoneme")
    )
    for row in rows:
        _move(row, attempts[row.phoneme], spoken_at)
    PhonemeMastery.objects.filter(
        pk__in=[r.pk for r in rows if not r.attempts]
    ).delete()
    PhonemeMastery.objects.bulk_update(
        [row for row in rows if row.attempts], ["right", "wrong", "attempts", "as_of"]
    )


def _move(row: PhonemeMastery, made: Attempts, spoken_at: datetime) -> None:
    as_of = max(row.as_of, spoken_at)
    before = kept_share(since=row.as_of, until=as_of)
    added = kept_share(since=spoken_at, until=as_of)
    row.right = _weight(before * row.right + added * made.right)
    row.wrong = _weight(before * row.wrong + added * made.wrong)
    row.attempts = max(0, row.attempts + made.n)
    row.as_of = as_of


def _weight(value: float) -> float:
    return value if value > _NOTHING else 0.0
