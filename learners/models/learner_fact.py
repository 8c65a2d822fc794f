"""What a learner told the tutor about themselves, and whether it may be remembered."""

from __future__ import annotations

from django.conf import settings
from django.db import models

FACT_MAX_CHARS = 120


class LearnerFact(models.Model):
    """One thing that the learner told, in the learner's own words: "I have a dog".

    Kept only while ``MemoryChoice`` allows it. ``kind`` is the pattern it was recognised
    by, empty once the learner has edited it. ``session`` is the session it was told in.

    Personal data: what somebody told about their life.
    """

    learner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="facts"
    )
    l2 = models.CharField(max_length=35)
    text = models.CharField(max_length=FACT_MAX_CHARS)
    kind = models.CharField(max_length=20, blank=True, default="")
    session = models.UUIDField(null=True, blank=True)
    created_at = models.DateTimeField()
    edited_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-created_at", "-id")
        constraints = (
            models.UniqueConstraint(
                fields=("learner", "l2", "text"),
                name="%(app_label)s_%(class)s_text_unique_for_learner",
            ),
        )

    def __str__(self) -> str:
        return f"fact {self.pk} of learner {self.learner_id}"


class MemoryChoice(models.Model):
    """Whether a learner lets the tutor remember facts, and since when.

    Without a row nothing is remembered: nobody is asked for their age, so that everybody
    may be a child.

    Personal data: the choice and when it was made.
    """

    learner = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memory_choice"
    )
    remembers_facts = models.BooleanField()
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ("learner",)

    def __str__(self) -> str:
        return f"choice of learner {self.learner_id}"
