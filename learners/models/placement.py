"""How the level of a learner was found, and what it was over time."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lessons.levels import CEFRLevel


class PlacementTest(models.Model):
    """One placement of a learner.

    ``ability`` and ``error`` (its standard error) are on the logit scale of the items; A1
    to C2 in ``level``, between ``level_low`` and ``level_high`` with nine chances in ten.
    ``reading`` is the sentence read aloud, ``reading_score`` how well (0..100); ``talk_text``
    is what was said in the minute of talk, ``talk_rank`` about which level that has (1 for
    A1 to 6 for C2): all empty until there is one. ``state`` tells how it ended.
    ``item_bank`` names the version of the items.

    Personal data: how much somebody knows of a language, what they said in a minute.
    """

    class State(models.TextChoices):
        """How far it is."""

        RUNNING = "RUNNING", _("Under way")
        FINISHED = "FINISHED", _("Finished")
        SKIPPED = "SKIPPED", _("Skipped")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    learner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="placement_tests",
    )
    l2 = models.CharField(max_length=35)
    state = models.CharField(max_length=8, choices=State.choices, default=State.RUNNING)
    item_bank = models.CharField(max_length=40)
    ability = models.FloatField(null=True, blank=True)
    error = models.FloatField(null=True, blank=True)
    level = models.CharField(max_length=2, choices=CEFRLevel.choices, blank=True)
    level_low = models.CharField(max_length=2, choices=CEFRLevel.choices, blank=True)
    level_high = models.CharField(max_length=2, choices=CEFRLevel.choices, blank=True)
    reading = models.UUIDField(null=True, blank=True)
    reading_score = models.FloatField(null=True, blank=True)
    talk_text = models.TextField(blank=True, default="")
    talk_rank = models.FloatField(null=True, blank=True)
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-started_at", "-id")
        constraints = (
            models.UniqueConstraint(
                fields=("learner", "l2"),
                condition=Q(state="RUNNING"),
                name="%(app_label)s_%(class)s_one_under_way",
            ),
        )

    def __str__(self) -> str:
        return f"placement of learner {self.learner_id}"


class PlacementAnswer(models.Model):
    """One answered item: ``item`` is its key in the bank, ``difficulty`` in logits.

    Personal data: what somebody answered.
    """

    test = models.ForeignKey(
        PlacementTest, on_delete=models.CASCADE, related_name="answers"
    )
    position = models.PositiveSmallIntegerField()
    item = models.CharField(max_length=60)
    difficulty = models.FloatField()
    answer = models.CharField(max_length=200, blank=True)
    is_right = models.BooleanField()
    answered_at = models.DateTimeField()

    class Meta:
        ordering = ("test", "position")
        constraints = (
            models.UniqueConstraint(
                fields=("test", "position"),
                name="%(app_label)s_%(class)s_position_unique",
            ),
            models.UniqueConstraint(
                fields=("test", "item"), name="%(app_label)s_%(class)s_item_once"
            ),
        )

    def __str__(self) -> str:
        return f"answer {self.position} of placement {self.test_id}"


class LevelEstimate(models.Model):
    """What a learner's level was taken to be, from a day on, and who said so.

    ``ability`` and ``error`` are in logits as in PlacementTest; a person who says a level
    gives no error. ``said_by`` is the teacher who overruled.

    Personal data: how much somebody knows of a language.
    """

    class Source(models.TextChoices):
        """Who says so."""

        OWN = "OWN", _("The learner")
        PLACEMENT = "PLACEMENT", _("A placement")
        TALKS = "TALKS", _("Talks and exercises")
        TEACHER = "TEACHER", _("A teacher")

    learner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="level_estimates",
    )
    l2 = models.CharField(max_length=35)
    source = models.CharField(max_length=10, choices=Source.choices)
    level = models.CharField(max_length=2, choices=CEFRLevel.choices)
    ability = models.FloatField(null=True, blank=True)
    error = models.FloatField(null=True, blank=True)
    said_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    said_at = models.DateTimeField()

    class Meta:
        ordering = ("learner", "l2", "said_at", "id")

    def __str__(self) -> str:
        return f"{self.level} of learner {self.learner_id}"
