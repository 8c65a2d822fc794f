"""The words that a learner met in talks, or kept from them."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models


class VocabularyItem(models.Model):
    """A word or pattern that the tutor brought in, or the learner used or kept.

    ``lesson`` is where it was first met. ``times_met`` counts how often the tutor said it
    on purpose, ``times_produced`` in how many turns the learner used it.

    A word with ``kept_at`` was kept by the learner, who met it in ``kept_sentence`` of the
    session ``kept_session``. ``kept_meaning`` is what they were shown then: unlike ``gloss``
    perhaps one of several meanings, and nothing to make exercises from. ``kept_source``
    tells where it came from, "dictionary" or "model".

    Personal data: which words somebody knows of a language or wants to know, since when,
    and a sentence of a talk with the word.
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
    kept_at = models.DateTimeField(null=True, blank=True)
    kept_meaning = models.CharField(max_length=300, blank=True, default="")
    kept_source = models.CharField(max_length=20, blank=True, default="")
    kept_sentence = models.CharField(max_length=300, blank=True, default="")
    kept_session = models.UUIDField(null=True, blank=True)

    # What the turns of a talk change; all else is the learner's own doing.
    COUNTED: ClassVar[tuple[str, ...]] = (
        "gloss",
        "times_met",
        "times_produced",
        "last_produced_at",
    )

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
