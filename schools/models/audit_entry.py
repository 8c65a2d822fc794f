"""Who saw or changed what of whom."""

from __future__ import annotations

import uuid
from typing import Any, NoReturn

from django.db import models


class AuditEntryIsFinal(Exception):
    """An entry of the audit log cannot be changed or deleted."""


class AuditEntry(models.Model):
    """One thing that somebody did to or saw of somebody; rows are only ever added.

    People and things are named by ``uuid``, never by a foreign key, so that a row outlives
    them and, once somebody is erased, names nobody. ``actor`` none: the site itself, or the
    command line. ``acting_as`` is whose pages the actor used (impersonation). ``action`` is
    ``noun.past`` (``mark.overruled``), ``target`` names a kind of thing and ``target_uuid``
    which. ``detail`` holds codes, numbers and identifiers; never speech, names or addresses.

    Personal data: who did what to whom, by identifier.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    at = models.DateTimeField()
    actor = models.UUIDField(null=True, blank=True)
    acting_as = models.UUIDField(null=True, blank=True)
    action = models.CharField(max_length=60)
    school = models.UUIDField(null=True, blank=True)
    subject = models.UUIDField(null=True, blank=True)
    target = models.CharField(max_length=40, blank=True, default="")
    target_uuid = models.UUIDField(null=True, blank=True)
    reason = models.CharField(max_length=300, blank=True, default="")
    detail = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ("-at", "-id")
        verbose_name_plural = "audit entries"
        indexes = (
            models.Index(fields=("-at",), name="schools_audit_by_time"),
            models.Index(fields=("subject", "-at"), name="schools_audit_by_subject"),
            models.Index(fields=("actor", "-at"), name="schools_audit_by_actor"),
            models.Index(fields=("school", "-at"), name="schools_audit_by_school"),
        )

    def __str__(self) -> str:
        return f"{self.action} {self.uuid}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Add the row. Raises AuditEntryIsFinal if it is there already."""
        if not self._state.adding:
            raise AuditEntryIsFinal
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Raise AuditEntryIsFinal: nothing is taken out of the log."""
        raise AuditEntryIsFinal
