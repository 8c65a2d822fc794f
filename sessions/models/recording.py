"""The stored sound of an utterance."""

from __future__ import annotations

from django.db import models

from .utterance import Utterance


class Recording(models.Model):
    """A FLAC file of one utterance below ``PRIVATE_ROOT``; ``path`` is relative to it.

    A learner's recording exists only with consent, and is deleted at ``delete_after`` or
    when its owner asks. The tutor's voice is synthetic and goes with its session.

    Personal data: the learner's voice.
    """

    utterance = models.OneToOneField(
        Utterance, on_delete=models.CASCADE, related_name="recording"
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

    def __str__(self) -> str:
        return f"recording {self.path}"
