"""How well a learner says each phoneme, with what is not known about it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q


class PhonemeMastery(models.Model):
    """The evidence about one phoneme of one learner in one language.

    ``right`` and ``wrong`` are weights of attempts as they stand at ``as_of``; from there
    on they halve with every ``learners.mastery.HALF_LIFE_DAYS``, since what somebody said
    a year ago tells little of today. ``attempts`` counts without forgetting.

    Personal data: how somebody pronounces a language.
    """

    learner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="phoneme_masteries",
    )
    language = models.CharField(max_length=35)
    phoneme = models.CharField(max_length=16)
    right = models.FloatField(default=0.0)
    wrong = models.FloatField(default=0.0)
    attempts = models.PositiveIntegerField(default=0)
    as_of = models.DateTimeField()

    class Meta:
        ordering = ("learner", "language", "phoneme")
        constraints = (
            models.UniqueConstraint(
                fields=("learner", "language", "phoneme"),
                name="%(app_label)s_%(class)s_phoneme_unique_for_learner",
            ),
            models.CheckConstraint(
                condition=Q(right__gte=0, wrong__gte=0),
                name="%(app_label)s_%(class)s_weights_not_negative",
            ),
        )

    def __str__(self) -> str:
        return f"/{self.phoneme}/ of learner {self.learner_id}"


class PracticeEvidence(models.Model):
    """What one stretch of speech added to a learner's PhonemeMastery.

    It makes counting repeatable: the same ``source`` counted again replaces what it added
    before. ``counts`` maps a phoneme to its right and wrong weights and its number of
    attempts.

    Personal data: how somebody pronounced a language, and when.
    """

    learner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="practice_evidence",
    )
    source = models.CharField(max_length=60)
    language = models.CharField(max_length=35)
    counts = models.JSONField()
    spoken_at = models.DateTimeField()

    class Meta:
        ordering = ("learner", "spoken_at", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("learner", "source"),
                name="%(app_label)s_%(class)s_source_unique_for_learner",
            ),
        )

    def __str__(self) -> str:
        return f"evidence of {self.source}"
