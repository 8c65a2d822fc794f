"""What a learner did on which day, and how they want to be reminded."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q


class ActivityDay(models.Model):
    """One day of one learner, as the calendar of their own time zone had it.

    ``spoken_s`` are seconds of the learner's own voice in talks and exercises, ``active_s``
    the time spent; ``goal_s`` is what they wanted to spend that day. Sums of events: each
    counts on the day on which it began.

    Personal data: when somebody learned, and how much.
    """

    learner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="activity_days"
    )
    day = models.DateField()
    l2 = models.CharField(max_length=35)
    active_s = models.PositiveIntegerField(default=0)
    spoken_s = models.PositiveIntegerField(default=0)
    talks = models.PositiveSmallIntegerField(default=0)
    answers = models.PositiveIntegerField(default=0)
    reviews = models.PositiveIntegerField(default=0)
    goal_s = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        ordering = ("learner", "-day")
        constraints = (
            models.UniqueConstraint(
                fields=("learner", "l2", "day"),
                name="%(app_label)s_%(class)s_day_once",
            ),
        )

    def __str__(self) -> str:
        return f"{self.day} of learner {self.learner_id}"


class ReminderChoice(models.Model):
    """Whether and when a learner is reminded by e-mail: nobody is who did not ask for it.

    ``hour`` is of their own time zone. ``token`` is in the link that ends reminders
    without signing in. ``sent_on`` is the day of the latest. ``tells_work``: mails about
    work that a teacher set; it is on until the learner ends it.

    Personal data: when somebody learns.
    """

    learner = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="reminder_choice",
    )
    is_on = models.BooleanField(default=False)
    hour = models.PositiveSmallIntegerField(default=17)
    token = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    sent_on = models.DateField(null=True, blank=True)
    tells_work = models.BooleanField(default=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(hour__lte=23), name="%(app_label)s_%(class)s_hour_of_a_day"
            ),
        )

    def __str__(self) -> str:
        return f"reminders of learner {self.learner_id}"
