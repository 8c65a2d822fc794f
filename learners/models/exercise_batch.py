"""One making of exercises: how many there were, and what was left out."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class ExerciseBatch(models.Model):
    """What came of making exercises for a learner once.

    ``made`` counts new ones, ``known`` those that were there already. ``dropped`` counts
    what was not good enough to be shown, as ``{kind, origin, reason, n}``; the exercises
    themselves are not kept, and reasons hold no words of the learner. ``session`` is the
    talk it followed. ``with_model``: a language model was asked too.

    Personal data: when somebody practised what; kinds of exercises, no words.
    """

    learner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="exercise_batches",
    )
    l2 = models.CharField(max_length=35)
    session = models.UUIDField(null=True, blank=True)
    with_model = models.BooleanField(default=False)
    made = models.PositiveIntegerField(default=0)
    known = models.PositiveIntegerField(default=0)
    dropped = models.JSONField(default=list, blank=True)
    made_at = models.DateTimeField()

    class Meta:
        ordering = ("-made_at", "-id")

    def __str__(self) -> str:
        return f"batch {self.pk} of learner {self.learner_id}"

    @property
    def n_dropped(self) -> int:
        """How many exercises were left out for a reason."""
        return sum(row["n"] for row in self.dropped)
