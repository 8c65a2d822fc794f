"""What another system shows to be let in."""

from __future__ import annotations

import uuid
from datetime import datetime

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Scope(models.TextChoices):
    """One thing that a token allows."""

    ROSTERS_READ = "rosters:read", _("See classes and who is in them")
    ROSTERS_WRITE = "rosters:write", _("Enrol learners and take them out")
    ASSIGNMENTS_READ = "assignments:read", _("See set work")
    ASSIGNMENTS_WRITE = "assignments:write", _("Set work and publish it")
    RESULTS_READ = "results:read", _("See what was handed in, marks and progress")


class ApiToken(models.Model):
    """A secret of one school for one system; it opens that school and nothing else.

    The secret is shown once, when it is made: what is kept is its SHA-256 ``digest``, enough
    for a secret of 256 random bits, and the first letters as ``prefix`` to tell tokens apart.
    It ends with ``expires_at`` or ``revoked_at``; the row stays, so that the audit log can
    name it.

    Personal data: who made it.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    school = models.ForeignKey(
        "schools.School", on_delete=models.CASCADE, related_name="api_tokens"
    )
    name = models.CharField(_("name"), max_length=80)
    prefix = models.CharField(max_length=20)
    digest = models.CharField(max_length=64, unique=True)
    scopes = models.JSONField(default=list)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True, blank=True)
    last_used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-created_at", "-id")

    def __str__(self) -> str:
        return f"{self.prefix}…"

    def allows(self, scope: str) -> bool:
        """Whether it was given this scope."""
        return scope in self.scopes

    def is_usable(self, *, now: datetime) -> bool:
        """Whether it was neither revoked nor has run out."""
        return self.revoked_at is None and (
            self.expires_at is None or now < self.expires_at
        )
