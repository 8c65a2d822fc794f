"""Marks on their way to the gradebook of a learning platform."""

from __future__ import annotations

from django.db import models

from .lti import LtiPlacement


class GradeMessage(models.Model):
    """The latest that a platform is to know of one learner's work behind one link.

    There is one row for each learner and link: a newer mark takes the place of one that
    still waits. ``version`` counts what there was to tell, ``sent_version`` what arrived.
    ``points`` none: handed in, not marked yet.

    Personal data: how a learner was marked.
    """

    class State(models.TextChoices):
        """Where it stands."""

        WAITING = "WAITING"
        SENT = "SENT"
        DEAD = "DEAD"

    placement = models.ForeignKey(
        LtiPlacement, on_delete=models.CASCADE, related_name="grade_messages"
    )
    lti_user = models.ForeignKey(
        "lti_tool.LtiUser", on_delete=models.CASCADE, related_name="grade_messages"
    )
    submission = models.ForeignKey(
        "coursework.Submission", on_delete=models.CASCADE, related_name="+"
    )
    points = models.FloatField(null=True, blank=True)
    points_possible = models.PositiveSmallIntegerField(default=100)
    state = models.CharField(max_length=7, choices=State.choices, default=State.WAITING)
    version = models.PositiveIntegerField(default=1)
    sent_version = models.PositiveIntegerField(default=0)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField()
    last_status = models.PositiveSmallIntegerField(null=True, blank=True)
    last_error = models.CharField(max_length=40, blank=True, default="")
    happened_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("id",)
        indexes = (
            models.Index(fields=("state", "next_try_at"), name="connect_grade_is_due"),
        )
        constraints = (
            models.UniqueConstraint(
                fields=("placement", "lti_user"), name="%(app_label)s_%(class)s_unique"
            ),
        )

    def __str__(self) -> str:
        return f"grade message {self.pk}"
