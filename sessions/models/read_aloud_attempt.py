"""A text read aloud, outside of a talk."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models


class ReadAloudAttempt(models.Model):
    """One reading of one text by one learner; how it was said is its assessment.

    ``text`` is what should have been read, ``heard`` what recognition made of it.
    Identified outside by ``uuid``.

    Personal data: the text the learner chose, and the learner's words.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    learner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="read_aloud_attempts",
    )
    text = models.TextField()
    heard = models.TextField(blank=True, default="")
    language = models.CharField(max_length=35)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ("-created_at", "-id")
        indexes = (
            models.Index(
                fields=("learner", "-created_at"), name="tutor_sessions_readings"
            ),
        )

    def __str__(self) -> str:
        return f"reading {self.uuid}"

    @property
    def is_recorded(self) -> bool:
        """Whether its sound is stored."""
        return hasattr(self, "recording")
