"""The words that a learner met in talks."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class VocabularyItem(models.Model):
    """A word or pattern that the tutor brought in or the learner used from a lesson.

    ``lesson`` is where it was first met. ``times_met`` counts how often the tutor said it
    on purpose, ``times_produced`` in how many turns the learner used it.

    Personal data: which words somebody knows of a language, and since when.
    """

    learner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="vocabulary"
    )
    l2 = models.CharField(max_length=35)
    text = models.CharField(max_length=120)
    gloss = models.CharField(max_length=300, blank=True, default="")
    lesson = models.ForeignKey(
        "lessons.Lesson",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    met_at = models.DateTimeField()
    times_met = models.PositiveIntegerField(default=0)
    times_produced = models.PositiveIntegerField(default=0)
    last_produced_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-met_at", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("learner", "l2", "text"),
                name="%(app_label)s_%(class)s_text_unique_for_learner",
            ),
        )

    def __str__(self) -> str:
        return f"word {self.pk} of learner {self.learner_id}"
