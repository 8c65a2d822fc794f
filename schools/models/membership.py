"""Who belongs to a school, and as what."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .school import School


class Membership(models.Model):
    """A person in a school; one who left keeps the row, with ``left_at``.

    ``name`` is what the school calls them, empty: as they call themselves. ``external_id`` is
    how the school's own system names them. ``is_minor`` none: as the
    school says of its learners. ``minutes_a_day`` is their own quota of talk, none: the
    class's or the school's.

    Personal data: that somebody belongs to a school, their name there, whether they are a
    minor.
    """

    class Role(models.TextChoices):
        """What they do in the school."""

        LEARNER = "LEARNER", _("Learner")
        TEACHER = "TEACHER", _("Teacher")
        MANAGER = "MANAGER", _("School manager")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    school = models.ForeignKey(
        School, on_delete=models.CASCADE, related_name="memberships"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships"
    )
    role = models.CharField(max_length=7, choices=Role.choices)
    name = models.CharField(max_length=120, blank=True, default="")
    external_id = models.CharField(max_length=120, blank=True, default="")
    is_minor = models.BooleanField(null=True, blank=True)
    minutes_a_day = models.PositiveSmallIntegerField(null=True, blank=True)
    joined_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("school", "id")
        indexes = (
            models.Index(fields=("user", "school"), name="schools_membership_by_user"),
        )
        constraints = (
            models.UniqueConstraint(
                fields=("school", "user"),
                name="%(app_label)s_%(class)s_unique_in_school",
            ),
            models.UniqueConstraint(
                fields=("school", "external_id"),
                condition=~models.Q(external_id=""),
                name="%(app_label)s_%(class)s_external_id_unique",
            ),
            models.CheckConstraint(
                condition=models.Q(role__in=("LEARNER", "TEACHER", "MANAGER")),
                name="%(app_label)s_%(class)s_role_is_known",
            ),
        )

    def __str__(self) -> str:
        return f"membership {self.pk} of school {self.school_id}"
