"""What a learner heard and said in drills of two sounds."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q


class DrillAnswer(models.Model):
    """One answer in a drill of a contrast.

    ``contrast`` is its key, as in ``lessons.sounds.contrast``. The word at hand was
    ``word``, and not ``other`` of the pair. ``right`` is 0 or 1 where it was heard; where
    it was said, the probability that the sound at hand was right, as the scorer gave it;
    None where the sound could not be judged. ``reading`` then holds how it was said.
    ``client_key`` is the page's, so that what is sent twice is counted once.

    Personal data: how somebody hears and pronounces a language, and when.
    """

    class Kind(models.TextChoices):
        """What was done."""

        HEARD = "HEARD"
        SAID = "SAID"

    learner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="drill_answers"
    )
    language = models.CharField(max_length=35)
    contrast = models.CharField(max_length=24)
    kind = models.CharField(max_length=5, choices=Kind.choices)
    word = models.CharField(max_length=60)
    other = models.CharField(max_length=60)
    right = models.FloatField(null=True, blank=True)
    reading = models.UUIDField(null=True, blank=True)
    client_key = models.UUIDField()
    answered_at = models.DateTimeField()

    class Meta:
        ordering = ("-answered_at", "-id")
        indexes = (
            models.Index(
                fields=("learner", "language", "-answered_at"),
                name="drill_answers_latest",
            ),
        )
        constraints = (
            models.UniqueConstraint(
                fields=("learner", "client_key"),
                name="%(app_label)s_%(class)s_counted_once",
            ),
            models.CheckConstraint(
                condition=Q(right__isnull=True) | Q(right__gte=0, right__lte=1),
                name="%(app_label)s_%(class)s_right_is_a_share",
            ),
        )

    def __str__(self) -> str:
        return f"answer {self.pk} of learner {self.learner_id}"
