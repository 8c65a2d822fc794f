"""Everything that is kept of a learner, on its way to one file."""

from __future__ import annotations

import uuid
from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

# Decoding a recording shows life at least so often.
SILENT_FOR = timedelta(minutes=2)


class DataExport(models.Model):
    """How far the archive is that somebody asked for; the latest of each who asked.

    ``asked_by`` is the learner's, guardian's or staff's uuid: only they get this file.
    ``done`` of ``total`` recordings are in it. ``attempt`` numbers the tries: whoever lost
    it to another one notices. ``touched_at`` is the latest sign of life. The file lies
    below ``PRIVATE_ROOT`` for a day and goes with the row, see ``operations.export.files``.

    Personal data: that somebody wanted a learner's data and why; all of it is in the file.
    """

    class State(models.TextChoices):
        """How far it is."""

        QUEUED = "QUEUED", _("Waiting")
        RUNNING = "RUNNING", _("Being made")
        READY = "READY", _("Ready")
        FAILED = "FAILED", _("Failed")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    learner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="data_exports"
    )
    asked_by = models.UUIDField()
    reason = models.CharField(max_length=300, blank=True, default="")
    language = models.CharField(max_length=15, blank=True, default="")
    state = models.CharField(max_length=7, choices=State.choices, default=State.QUEUED)
    error_code = models.CharField(max_length=40, blank=True, default="")
    attempt = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    n_bytes = models.PositiveBigIntegerField(default=0)
    asked_at = models.DateTimeField()
    touched_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-asked_at", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("learner", "asked_by"),
                name="%(app_label)s_%(class)s_one_for_each_who_asked",
            ),
        )

    def __str__(self) -> str:
        return f"data export {self.uuid}"

    @property
    def is_under_way(self) -> bool:
        """Whether it waits or is being made."""
        return self.state in {self.State.QUEUED, self.State.RUNNING}
