"""That a person should look at what a learner said."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .turn import Turn

NOTE_MAX_CHARS = 500


class CareFlag(models.Model):
    """A turn of which the tutor found that a person should look at it.

    It holds no words of the learner: those stand in the turn, and the flag goes with it.
    It stays when the words are corrected afterwards, since a person decides what was
    meant. It is open until ``seen_at``; ``seen_by`` is who looked, null once that account
    is gone, and ``note`` what they wrote about it for other teachers.

    Personal data: that a learner may be in danger, and what a teacher noted about it.
    """

    class Kind(models.TextChoices):
        """What the learner's words were recognised as."""

        DANGER = "danger", _("May be in danger or despair")
        OTHER = "other", _("A person should look at this")

    turn = models.OneToOneField(
        Turn, on_delete=models.CASCADE, related_name="care_flag"
    )
    kind = models.CharField(max_length=10, choices=Kind.choices)
    raised_at = models.DateTimeField()
    seen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="care_flags_seen",
    )
    seen_at = models.DateTimeField(null=True, blank=True)
    note = models.CharField(max_length=NOTE_MAX_CHARS, blank=True, default="")

    class Meta:
        ordering = ("-raised_at", "-id")
        indexes = (
            models.Index(
                fields=("-raised_at",),
                condition=models.Q(seen_at=None),
                name="tutor_sessions_care_open",
            ),
        )
        constraints = (
            models.CheckConstraint(
                condition=models.Q(seen_at__isnull=False)
                | models.Q(seen_by__isnull=True, note=""),
                name="%(app_label)s_%(class)s_open_until_seen",
            ),
        )

    def __str__(self) -> str:
        return f"care flag {self.pk} of turn {self.turn_id}"
