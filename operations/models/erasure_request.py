"""That an account shall be erased."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class ErasureRequest(models.Model):
    """An account that is erased once ``due_at`` has passed; taken back, the row is gone.

    ``asked_by`` is the uuid of who asked, ``side`` what they are to the learner. Who asked
    when, and who took it back, stands in the audit log.

    Personal data: that somebody's account shall go, and why.
    """

    class Side(models.TextChoices):
        """Who asked."""

        LEARNER = "LEARNER", _("The person")
        GUARDIAN = "GUARDIAN", _("A guardian")
        STAFF = "STAFF", _("The school or the people who run this site")

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="erasure_request",
    )
    side = models.CharField(max_length=8, choices=Side.choices)
    asked_by = models.UUIDField()
    reason = models.CharField(max_length=300, blank=True, default="")
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField(db_index=True)

    class Meta:
        ordering = ("due_at", "id")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(due_at__gte=models.F("asked_at")),
                name="%(app_label)s_%(class)s_is_due_after_it_was_asked",
            ),
        )

    def __str__(self) -> str:
        return f"erasure of account {self.user_id}"
