"""Portraits on their way to speaking in talks: waiting, being prepared, ready, failed."""

from __future__ import annotations

from datetime import timedelta

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

# Whoever prepares shows life every few seconds, but for the loading of its weights.
SILENT_FOR = timedelta(minutes=3)


class PortraitPreparation(models.Model):
    """How far the face renderer is with a portrait.

    It counts for the picture with the hash ``sha256`` and for the renderer named
    ``engine``: after either has changed the portrait is prepared anew. ``attempt`` numbers
    the tries: a worker that lost its portrait to another one notices. ``touched_at`` is
    the latest sign of life. What was prepared lies in a folder of the avatar's key, see
    ``sessions.portraits.prepared_files``.

    Personal data: none beyond the portrait that it belongs to.
    """

    class State(models.TextChoices):
        """How far it is."""

        QUEUED = "QUEUED", _("Waiting")
        RUNNING = "RUNNING", _("Being prepared")
        READY = "READY", _("Ready")
        FAILED = "FAILED", _("Failed")

    avatar = models.OneToOneField(
        "learners.Avatar", on_delete=models.CASCADE, related_name="preparation"
    )
    sha256 = models.CharField(max_length=64, blank=True)
    engine = models.CharField(max_length=40)
    state = models.CharField(max_length=7, choices=State.choices, default=State.QUEUED)
    error_code = models.CharField(max_length=40, blank=True)
    attempt = models.PositiveIntegerField(default=0)
    touched_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=~Q(state="FAILED") | ~Q(error_code=""),
                name="%(app_label)s_%(class)s_failure_has_a_code",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=("READY", "FAILED"))
                | Q(finished_at__isnull=False),
                name="%(app_label)s_%(class)s_end_has_a_time",
            ),
        )

    def __str__(self) -> str:
        return f"preparation {self.pk}"

    @property
    def is_under_way(self) -> bool:
        """Whether it is waiting or being done."""
        return self.state in (self.State.QUEUED, self.State.RUNNING)
