"""How something was said, as a scorer judged it."""

from __future__ import annotations

import logging
import uuid
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from pydantic import TypeAdapter, ValidationError

from inference.types import assessment as values

from .read_aloud_attempt import ReadAloudAttempt
from .utterance import Utterance

logger = logging.getLogger(__name__)

_WORDS = TypeAdapter(tuple[values.WordScore, ...])
_MEASURES = TypeAdapter(values.SpeechMeasures)
_SCORES = ("accuracy", "fluency", "prosody", "total", "margin")
_JUDGED = ("JUDGED", "INCOMPLETE")


def _scores_are_possible() -> Q:
    """Return: all scores or none, each in 0..100, and only of what was judged."""
    none = Q(**{f"{name}__isnull": True for name in _SCORES})
    every = Q(outcome__in=_JUDGED)
    for name in _SCORES:
        # A comparison with NULL is not false, so that a constraint lets it pass.
        every &= Q(**{f"{name}__isnull": False, f"{name}__gte": 0, f"{name}__lte": 100})
    return none | every


class PronunciationAssessment(models.Model):
    """What one version of a scorer said about one stretch of speech.

    The speech is a learner's utterance or a reading. ``model`` names scorer and version,
    so that old results can be told apart and made again; the latest counts.
    ``text`` is what the speech was judged against, ``spoken_at`` when it was said.
    ``words`` and ``measures`` are the values of ``inference.types.assessment`` as JSON,
    written and read through them. Acoustic features and voice prints have no place here.

    Personal data: the learner's words and how they were said.
    """

    class Outcome(models.TextChoices):
        """Whether the speech was judged, and if not, why."""

        JUDGED = "JUDGED"
        INCOMPLETE = "INCOMPLETE"
        NO_TEXT = "NO_TEXT"
        UNKNOWN_WORDS = "UNKNOWN_WORDS"
        UNSUPPORTED_LANGUAGE = "UNSUPPORTED_LANGUAGE"
        TOO_SHORT = "TOO_SHORT"
        TOO_LONG = "TOO_LONG"
        SILENCE = "SILENCE"
        NOISE = "NOISE"
        CLIPPED = "CLIPPED"
        WRONG_TEXT = "WRONG_TEXT"
        OTHER_VOICE = "OTHER_VOICE"
        UNSURE = "UNSURE"

    class Source(models.TextChoices):
        """Where the text comes from."""

        READ = "READ"
        HEARD = "HEARD"

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    learner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="assessments"
    )
    utterance = models.ForeignKey(
        Utterance,
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="assessments",
    )
    reading = models.ForeignKey(
        ReadAloudAttempt,
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="assessments",
    )
    model = models.CharField(max_length=60)
    outcome = models.CharField(max_length=20, choices=Outcome.choices)
    source = models.CharField(max_length=5, choices=Source.choices)
    language = models.CharField(max_length=35)
    text = models.TextField(blank=True)
    validated = models.BooleanField(default=False)
    accuracy = models.FloatField(null=True, blank=True)
    fluency = models.FloatField(null=True, blank=True)
    prosody = models.FloatField(null=True, blank=True)
    total = models.FloatField(null=True, blank=True)
    margin = models.FloatField(null=True, blank=True)
    words = models.JSONField(default=list, blank=True)
    measures = models.JSONField(null=True, blank=True)
    spoken_at = models.DateTimeField()
    created_at = models.DateTimeField()

    class Meta:
        ordering = ("created_at", "id")
        indexes = (
            models.Index(
                fields=("learner", "language", "-spoken_at"),
                name="tutor_sessions_progress",
            ),
            models.Index(fields=("created_at",), name="tutor_sessions_judged_by_time"),
        )
        constraints = (
            models.UniqueConstraint(
                fields=("utterance", "model"),
                name="%(app_label)s_%(class)s_unique_of_utterance",
            ),
            models.UniqueConstraint(
                fields=("reading", "model"),
                name="%(app_label)s_%(class)s_unique_of_reading",
            ),
            models.CheckConstraint(
                condition=Q(utterance__isnull=True) ^ Q(reading__isnull=True),
                name="%(app_label)s_%(class)s_is_of_one_speech",
            ),
            models.CheckConstraint(
                condition=_scores_are_possible(),
                name="%(app_label)s_%(class)s_scores_are_possible",
            ),
            models.CheckConstraint(
                condition=Q(outcome__in=_JUDGED) | Q(words=[]),
                name="%(app_label)s_%(class)s_only_judged_words",
            ),
        )

    def __str__(self) -> str:
        return f"assessment {self.uuid}"

    def take(self, value: values.PronunciationAssessment) -> None:
        """Take over a scorer's result; what was not judged keeps no words and scores."""
        scores = value.scores if value.judged else None
        self.model = value.model
        self.outcome = value.outcome.value.upper()
        self.source = value.source.value.upper()
        self.language = value.language
        self.text = value.text
        self.validated = value.validated
        for name in _SCORES:
            setattr(self, name, None if scores is None else getattr(scores, name))
        words = value.words if value.judged else ()
        self.words = _WORDS.dump_python(words, mode="json")
        self.measures = (
            None
            if value.measures is None
            else _MEASURES.dump_python(value.measures, mode="json")
        )

    def value(self) -> values.PronunciationAssessment:
        """Return the scorer's result. Raises pydantic.ValidationError if it was altered."""
        return values.PronunciationAssessment(
            outcome=values.AssessmentOutcome(self.outcome.lower()),
            model=self.model,
            language=self.language,
            source=values.PromptSource(self.source.lower()),
            text=self.text,
            validated=self.validated,
            words=_WORDS.validate_python(self.words),
            scores=self._scores(),
            measures=None
            if self.measures is None
            else _MEASURES.validate_python(self.measures),
        )

    def _scores(self) -> values.UtteranceScores | None:
        if self.total is None:
            return None
        found: dict[str, Any] = {name: getattr(self, name) for name in _SCORES}
        return values.UtteranceScores(**found)


def latest_value(
    rows: Iterable[PronunciationAssessment],
) -> values.PronunciationAssessment | None:
    """Return the latest result, None without one that can be read."""
    latest = max(rows, key=lambda row: (row.created_at, row.pk), default=None)
    if latest is None:
        return None
    try:
        return latest.value()
    except ValidationError:
        logger.warning("%s does not have the form it should", latest)
        return None
