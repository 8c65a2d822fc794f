"""A learner's cards on their way to a file for Anki."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

# A voice that says a word shows life at least so often.
SILENT_FOR = timedelta(minutes=2)


class CardExport(models.Model):
    """How far the file is that a learner asked for; one for each language, the latest.

    ``done`` of ``total`` sounds are made. ``attempt`` numbers the tries: whoever lost it to
    another one notices. ``touched_at`` is the latest sign of life. The file lies below
    ``PRIVATE_ROOT`` and goes with the row, see ``sessions.anki.files``.

    Personal data: what somebody learns; sentences of the learner are in the file.
    """

    class State(models.TextChoices):
        """How far it is."""

        QUEUED = "QUEUED", _("Waiting")
        RUNNING = "RUNNING", _("Being made")
        READY = "READY", _("Ready")
        FAILED = "FAILED", _("Failed")

    learner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="card_exports"
    )
    l2 = models.CharField(max_length=35)
    state = models.CharField(max_length=7, choices=State.choices, default=State.QUEUED)
    error_code = models.CharField(max_length=40, blank=True)
    attempt = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    n_cards = models.PositiveIntegerField(default=0)
    n_sounds = models.PositiveIntegerField(default=0)
    asked_at = models.DateTimeField()
    touched_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("learner", "l2"), name="%(app_label)s_%(class)s_one_a_language"
            ),
            models.CheckConstraint(
                condition=~Q(state="FAILED") | ~Q(error_code=""),
                name="%(app_label)s_%(class)s_failure_has_a_code",
            ),
        )

    def __str__(self) -> str:
        return f"cards of learner {self.learner_id}"

    @property
    def is_under_way(self) -> bool:
        """Whether it is waiting or being made."""
        return self.state in (self.State.QUEUED, self.State.RUNNING)
