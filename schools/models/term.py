"""A stretch of a school's year."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from .school import School


class Term(models.Model):
    """A term: classes belong to one, and archiving it archives them.

    Personal data: none.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    school = models.ForeignKey(School, on_delete=models.CASCADE, related_name="terms")
    name = models.CharField(_("name"), max_length=60)
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))

    class Meta:
        ordering = ("-starts_on", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("school", "name"), name="%(app_label)s_%(class)s_name_unique"
            ),
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")),
                name="%(app_label)s_%(class)s_ends_after_its_start",
            ),
        )

    def __str__(self) -> str:
        return self.name
