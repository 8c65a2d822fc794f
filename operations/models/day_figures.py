"""What happened on a day, summed up for charts over months.

``scope`` is the ``uuid`` of a school as text, or empty for the whole site; a learner of two
schools counts in both and once for the site. ``day`` is of the school's time zone, or the
site's. ``course`` is the key of a course, empty for what belongs to none.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models


class _DayFigure(models.Model):
    day = models.DateField()
    scope = models.CharField(max_length=36, blank=True, default="")
    course = models.CharField(max_length=60, blank=True, default="")

    class Meta:
        abstract = True


class LearnerDay(_DayFigure):
    """That somebody learned on a day: ``talk_ms`` in talks, ``spoken_ms`` with own voice.

    Personal data: when somebody learned, and how much.
    """

    learner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+"
    )
    turns = models.PositiveIntegerField(default=0)
    spoken_ms = models.PositiveBigIntegerField(default=0)
    talk_ms = models.PositiveBigIntegerField(default=0)

    class Meta:
        ordering = ("scope", "day", "id")
        indexes = (
            models.Index(
                fields=("scope", "day", "course", "learner"),
                name="operations_learner_day_span",
            ),
        )
        constraints = (
            models.UniqueConstraint(
                fields=("scope", "day", "course", "learner"),
                name="%(app_label)s_%(class)s_once",
            ),
        )

    def __str__(self) -> str:
        return f"{self.day} of learner {self.learner_id}"


class StageDay(_DayFigure):
    """How long a stage took: ``times`` counts turns by ms, rounded as figures say.

    Personal data: none.
    """

    stage = models.CharField(max_length=40)
    engine = models.CharField(max_length=80, blank=True, default="")
    host = models.CharField(max_length=60, blank=True, default="")
    times = models.JSONField(default=dict)

    class Meta:
        ordering = ("scope", "day", "stage", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("scope", "day", "course", "stage", "engine", "host"),
                name="%(app_label)s_%(class)s_once",
            ),
        )

    def __str__(self) -> str:
        return f"{self.stage} on {self.day}"


class CountDay(_DayFigure):
    """How often something happened: ``kind`` says what (``state``, ``error``, ...).

    Personal data: none.
    """

    kind = models.CharField(max_length=20)
    name = models.CharField(max_length=100)
    n = models.PositiveIntegerField()

    class Meta:
        ordering = ("scope", "day", "kind", "name", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("scope", "day", "course", "kind", "name"),
                name="%(app_label)s_%(class)s_once",
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.name} on {self.day}"


class RolledDay(models.Model):
    """A day of a scope that is summed up; without a row it is counted from the events.

    Personal data: none.
    """

    day = models.DateField()
    scope = models.CharField(max_length=36, blank=True, default="")
    rolled_at = models.DateTimeField()

    class Meta:
        ordering = ("scope", "day")
        constraints = (
            models.UniqueConstraint(
                fields=("scope", "day"), name="%(app_label)s_%(class)s_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.day} of {self.scope or 'the site'}"
