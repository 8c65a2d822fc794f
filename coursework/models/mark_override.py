"""A mark of the gradebook that a teacher set by hand."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from .assignment import Assignment


class MarkOverride(models.Model):
    """What counts in the gradebook for one learner and assignment, whatever was handed in.

    Rows are only ever added and the latest counts. ``points`` none: the override is taken
    back, and the marks of what was handed in count again. Late rules do not touch it.

    Personal data: how a learner was marked, by whom and why.
    """

    assignment = models.ForeignKey(
        Assignment, on_delete=models.CASCADE, related_name="overrides"
    )
    learner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+"
    )
    points = models.FloatField(null=True, blank=True)
    reason = models.CharField(max_length=300)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    at = models.DateTimeField()

    class Meta:
        ordering = ("-at", "-id")
        indexes = (
            models.Index(
                fields=("assignment", "learner", "-at"), name="coursework_override_cell"
            ),
        )
        constraints = (
            models.CheckConstraint(
                condition=Q(points__isnull=True) | Q(points__gte=0),
                name="%(app_label)s_%(class)s_points_are_possible",
            ),
        )

    def __str__(self) -> str:
        return f"override {self.pk} of assignment {self.assignment_id}"
