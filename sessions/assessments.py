"""How pronunciation is kept: one row a version of the scorer, and what mastery learns."""

from __future__ import annotations

from datetime import datetime

from django.db import models, transaction

from inference.types import assessment as values
from learners.mastery import Attempts
from learners.services.mastery import forget_attempts, record_attempts

from .models import PronunciationAssessment, ReadAloudAttempt, Utterance

Speech = Utterance | ReadAloudAttempt

_TELLS_NOTHING = (values.Verdict.UNSURE, values.Verdict.MISSED)
# Where no probability was calibrated, the verdict is all there is.
_WRONG_BY_VERDICT = {
    values.Verdict.FINE: 0.0,
    values.Verdict.CLOSE: 0.5,
    values.Verdict.WORK: 1.0,
}


@transaction.atomic
def keep_assessment(
    *,
    speech: Speech,
    learner_id: int,
    value: values.PronunciationAssessment,
    spoken_at: datetime,
    now: datetime,
) -> PronunciationAssessment:
    """Keep what a scorer said, in place of what the same version said before.

    Safe to repeat: mastery counts each stretch of speech once, by its latest result.
    """
    row = _rows(speech).filter(model=value.model).first()
    if row is None:
        row = PronunciationAssessment(learner_id=learner_id, spoken_at=spoken_at)
        if isinstance(speech, Utterance):
            row.utterance = speech
        else:
            row.reading = speech
    elif row.value() == value:
        return row
    row.take(value)
    row.created_at = now
    row.save()
    record_attempts(
        learner_id=learner_id,
        language=value.language,
        source=evidence_source(row),
        attempts=attempts_in(value),
        spoken_at=spoken_at,
    )
    return row


def withdraw_assessments(*, speech: Speech) -> None:
    """Delete all assessments of speech whose words changed, and what they counted."""
    _rows(speech).delete()


def forget_evidence(row: PronunciationAssessment) -> None:
    """Take back what deleted speech counted, unless another version still judges it."""
    same = {"reading": row.reading_id, "utterance": row.utterance_id}
    speech = {key: pk for key, pk in same.items() if pk is not None}
    if not PronunciationAssessment.objects.filter(**speech).exists():
        forget_attempts(learner_id=row.learner_id, source=evidence_source(row))


def evidence_source(row: PronunciationAssessment) -> str:
    """Return the name under which mastery counts a stretch of speech."""
    if row.reading_id is not None:
        return f"reading-{row.reading_id}"
    return f"utterance-{row.utterance_id}"


def attempts_in(value: values.PronunciationAssessment) -> dict[str, Attempts]:
    """Return the confident judgements, by phoneme.

    Weak forms are no attempt at the full one. What was not judged holds none.
    """
    found: dict[str, Attempts] = {}
    for word in value.words if value.judged else ():
        if word.weak or word.verdict in _TELLS_NOTHING:
            continue
        for phoneme in word.phonemes:
            if phoneme.verdict in _TELLS_NOTHING:
                continue
            wrong = phoneme.wrong_probability
            if wrong is None:
                wrong = _WRONG_BY_VERDICT[phoneme.verdict]
            known = found.get(phoneme.phoneme, Attempts(0.0, 0.0, 0))
            found[phoneme.phoneme] = Attempts(
                known.right + 1.0 - wrong, known.wrong + wrong, known.n + 1
            )
    return found


def _rows(speech: Speech) -> models.QuerySet[PronunciationAssessment]:
    key = "utterance" if isinstance(speech, Utterance) else "reading"
    return PronunciationAssessment.objects.filter(**{key: speech})
