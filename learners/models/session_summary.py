"""What the tutor remembers of a past session."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class SessionSummary(models.Model):
    """One session in a few figures and lists, from which sentences are made by rule.

    ``topic`` is the lesson's title, empty in free talk. ``items`` are words that were
    brought in, ``produced`` those that the learner used, ``mistakes`` counts them by
    category. ``counted_turn`` is the latest turn counted
    here and in ledger and words; ``undo`` is what they were before it, so that a turn
    that is told again counts once.

    Personal data: when somebody talked, about what, and with which mistakes.
    """

    learner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="session_summaries",
    )
    session = models.UUIDField()
    l2 = models.CharField(max_length=35)
    topic = models.CharField(max_length=120, blank=True, default="")
    started_at = models.DateTimeField()
    last_turn_at = models.DateTimeField()
    turns = models.PositiveIntegerField(default=0)
    right_turns = models.PositiveIntegerField(default=0)
    words_said = models.PositiveIntegerField(default=0)
    items = models.JSONField(default=list, blank=True)
    produced = models.JSONField(default=list, blank=True)
    mistakes = models.JSONField(default=dict, blank=True)
    counted_turn = models.PositiveIntegerField(default=0)
    undo = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ("-started_at", "-id")
        constraints = (
            models.UniqueConstraint(
                fields=("learner", "session"),
                name="%(app_label)s_%(class)s_session_unique_for_learner",
            ),
        )

    def __str__(self) -> str:
        return f"summary of session {self.session}"
