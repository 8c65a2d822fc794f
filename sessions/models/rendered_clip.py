"""Videos of lessons: ordered, rendered in their own time, kept."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class RenderedClip(models.Model):
    """A video in which one avatar says the words of one lesson.

    ``digest`` is the hash of all that it depends on: words, voice, picture, engine and its
    options; ordered again with the same, it is found and not made again. ``words`` is the
    hash of the words alone: a clip whose lesson says something else by now is not shown.
    ``folder`` below ``PRIVATE_ROOT`` holds ``clip.mp4``, ``speech.flac`` and
    ``poster.jpg``; the speech is there first and stays if the picture fails. ``cues`` are
    captions as ``{text, start_ms, end_ms}``. ``attempt`` numbers renderings: a worker that
    lost its clip to another one notices. ``touched_at`` is the latest sign of life.

    Personal data: who ordered it. With a portrait, the face of a person who agreed.
    """

    class State(models.TextChoices):
        """How far it is."""

        QUEUED = "QUEUED", _("Waiting")
        RUNNING = "RUNNING", _("Being made")
        READY = "READY", _("Ready")
        FAILED = "FAILED", _("Failed")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    lesson = models.ForeignKey(
        "lessons.Lesson", on_delete=models.CASCADE, related_name="clips"
    )
    avatar = models.ForeignKey(
        "learners.Avatar", on_delete=models.CASCADE, related_name="clips"
    )
    digest = models.CharField(max_length=64)
    words = models.CharField(max_length=64)
    state = models.CharField(max_length=7, choices=State.choices, default=State.QUEUED)
    progress = models.FloatField(default=0.0)
    error_code = models.CharField(max_length=40, blank=True)
    attempt = models.PositiveIntegerField(default=0)
    cues = models.JSONField(default=list, blank=True)
    has_speech = models.BooleanField(default=False)
    duration_ms = models.PositiveIntegerField(default=0)
    n_bytes = models.PositiveBigIntegerField(default=0)
    ordered_at = models.DateTimeField()
    touched_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)
    ordered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    class Meta:
        ordering = ("-ordered_at", "-id")
        constraints = (
            models.UniqueConstraint(
                fields=("lesson", "digest"),
                name="%(app_label)s_%(class)s_made_once_for_lesson",
            ),
            models.CheckConstraint(
                condition=Q(progress__gte=0.0, progress__lte=1.0),
                name="%(app_label)s_%(class)s_progress_is_a_share",
            ),
            models.CheckConstraint(
                condition=~Q(state="READY")
                | Q(n_bytes__gt=0, finished_at__isnull=False),
                name="%(app_label)s_%(class)s_ready_has_a_file",
            ),
            models.CheckConstraint(
                condition=~Q(state="FAILED") | ~Q(error_code=""),
                name="%(app_label)s_%(class)s_failure_has_a_code",
            ),
        )

    def __str__(self) -> str:
        return f"clip {self.uuid}"

    @property
    def folder(self) -> str:
        """Where its files lie, below ``PRIVATE_ROOT``."""
        return f"clips/{self.uuid}"

    @property
    def is_under_way(self) -> bool:
        """Whether it is waiting or being made."""
        return self.state in (self.State.QUEUED, self.State.RUNNING)
