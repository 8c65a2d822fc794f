"""That somebody opened another person's talk."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class TalkAccess(models.Model):
    """One opening of a learner's talk by somebody else; learners see these in their profile.

    ``session`` is the talk and ``session_started_at`` its day, so that the row still tells
    something after the talk is deleted. ``reader`` is null once that account is gone.

    Personal data: who looked at whose talk, and when.
    """

    class Page(models.TextChoices):
        """What was opened: the report with its evidence, or the talk word by word."""

        REPORT = "REPORT", _("the report")
        REPLAY = "REPLAY", _("the whole talk")

    reader = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.SET_NULL,
        related_name="talks_opened",
    )
    learner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="talk_accesses",
    )
    session = models.UUIDField()
    session_started_at = models.DateTimeField()
    page = models.CharField(max_length=6, choices=Page.choices)
    opened_at = models.DateTimeField()

    class Meta:
        ordering = ("-opened_at", "-id")
        indexes = (
            models.Index(
                fields=("learner", "-opened_at"), name="learners_access_by_learner"
            ),
        )
        constraints = (
            models.CheckConstraint(
                condition=~models.Q(reader=models.F("learner")),
                name="%(app_label)s_%(class)s_is_not_of_oneself",
            ),
        )

    def __str__(self) -> str:
        return f"access {self.pk} to a talk of learner {self.learner_id}"
