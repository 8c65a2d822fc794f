"""An administrator seeing the site as somebody else."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models


class Impersonation(models.Model):
    """``actor`` used the pages of ``person`` for a reason, until ``ends_at`` at most.

    Personal data: who saw whose pages, when and why.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+"
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+"
    )
    school = models.UUIDField(null=True, blank=True)
    reason = models.CharField(max_length=300)
    started_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-started_at", "-id")

    def __str__(self) -> str:
        return f"impersonation {self.uuid}"
