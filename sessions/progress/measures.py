"""Speed, pauses and self-repair of what a learner said, from what is stored of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from inference.types.assessment import SpeechMeasures
from learners.progress.spans import Bucket
from tutor.analysis.repairs import count_repairs

from ..models import PronunciationAssessment, Utterance
from ..models.pronunciation import latest_value

_FEWEST_SYLLABLE_RATE = 0.3


@dataclass(frozen=True, slots=True)
class Measured:
    """One stretch of speech: how fast it was, and how much of it was silence."""

    assessment: PronunciationAssessment
    spoken_at: datetime
    measures: SpeechMeasures


@dataclass(frozen=True, slots=True)
class Repairs:
    """Times that the learner corrected themselves, among so many spoken words."""

    repairs: int = 0
    words: int = 0

    @property
    def per_100(self) -> float | None:
        """Per 100 words, None without words."""
        return 100 * self.repairs / self.words if self.words else None


def measured(
    *, learner_id: int, l2: str, begins: datetime, ends: datetime
) -> list[Measured]:
    """Return what was measured between two moments, oldest first."""
    rows = PronunciationAssessment.objects.filter(
        learner_id=learner_id,
        language=l2,
        spoken_at__gte=begins,
        spoken_at__lt=ends,
        measures__isnull=False,
    ).select_related("utterance__turn__session", "reading")
    speeches: dict[tuple[int | None, int | None], list[PronunciationAssessment]] = {}
    for row in rows:
        speeches.setdefault((row.utterance_id, row.reading_id), []).append(row)
    found = []
    for versions in speeches.values():
        value = latest_value(versions)
        measures = value.measures if value else None
        if measures is None or measures.speech_rate < _FEWEST_SYLLABLE_RATE:
            continue
        found.append(Measured(versions[-1], versions[-1].spoken_at, measures))
    return sorted(found, key=lambda one: one.spoken_at)


def repairs(*, learner_id: int, l2: str, buckets: Sequence[Bucket]) -> list[Repairs]:
    """Return how often the learner corrected themselves aloud, in each bucket."""
    if not buckets:
        return []
    said = Utterance.objects.filter(
        turn__session__learner_id=learner_id,
        turn__session__l2__startswith=l2,
        turn__started_at__gte=buckets[0].begins,
        turn__started_at__lt=buckets[-1].ends,
        speaker=Utterance.Speaker.LEARNER,
        source__in=(Utterance.Source.SPEECH, Utterance.Source.CORRECTED),
    ).values_list("turn__started_at", "text", "heard_as")
    sums = [[0, 0] for _ in buckets]
    for at, text, heard_as in said:
        heard = heard_as or text
        for bucket, counted in zip(buckets, sums, strict=True):
            if bucket.holds(at):
                counted[0] += count_repairs(heard, l2)
                counted[1] += len(heard.split())
    return [Repairs(*counted) for counted in sums]
