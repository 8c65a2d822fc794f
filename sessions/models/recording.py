"""The stored sound of an utterance or a reading."""

from __future__ import annotations

from django.db import models

from .read_aloud_attempt import ReadAloudAttempt
from .utterance import Utterance


class Recording(models.Model):
    """A FLAC file of one utterance or reading; ``path`` is below ``PRIVATE_ROOT``.

    A learner's recording exists only with consent, and is deleted at ``delete_after`` or
    when its owner asks. The tutor's voice is synthetic and goes with its session.

    Personal data: the learner's voice.
    """

    utterance = models.OneToOneField(
        Utterance,
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="recording",
    )
    reading = models.OneToOneField(
        ReadAloudAttempt,
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="recording",
    )
    path = models.CharField(max_length=200, unique=True)
    sample_rate_hz = models.PositiveIntegerField()
    duration_ms = models.PositiveIntegerField()
    n_bytes = models.PositiveBigIntegerField()
    created_at = models.DateTimeField()
    delete_after = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("id",)
        indexes = (
            models.Index(fields=("delete_after",), name="tutor_sessions_rec_expiry"),
        )
        constraints = (
            models.CheckConstraint(
                condition=models.Q(utterance__isnull=True)
                ^ models.Q(reading__isnull=True),
                name="%(app_label)s_%(class)s_is_of_one_speech",
            ),
        )

    def __str__(self) -> str:
        return f"recording {self.path}"
