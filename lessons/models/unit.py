"""A unit of a course."""

from __future__ import annotations

from django.db import models

from .course import Course


class Unit(models.Model):
    """Lessons that lead to one ability; ``can_do`` says which ("I can …").

    Personal data: none.
    """

    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="units")
    key = models.SlugField(max_length=60)
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=80)
    can_do = models.CharField(max_length=160)

    class Meta:
        ordering = ("course", "position")
        constraints = (
            models.UniqueConstraint(
                fields=("course", "position"),
                name="%(app_label)s_%(class)s_position_unique_in_course",
            ),
            models.UniqueConstraint(
                fields=("course", "key"),
                name="%(app_label)s_%(class)s_key_unique_in_course",
            ),
        )

    def __str__(self) -> str:
        return self.title
