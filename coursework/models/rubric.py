"""What a mark is made of."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Rubric(models.Model):
    """Criteria with levels; a mark is the weighted share of the points that were reached.

    ``school`` none: from the library that comes with the site. ``criteria`` is a list of
    ``{"key", "name", "description", "weight", "measure", "levels": [{"points", "text"}]}``;
    ``measure`` names what the tutor's draft of it is computed from, see
    ``coursework.drafts``, empty: a person decides.

    Personal data: who wrote it.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    school = models.ForeignKey(
        "schools.School",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="rubrics",
    )
    key = models.SlugField(max_length=60, blank=True, default="")
    title = models.CharField(_("title"), max_length=120)
    description = models.TextField(_("description"), blank=True, default="")
    criteria = models.JSONField(default=list)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    created_at = models.DateTimeField()
    archived_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("title", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("key",),
                condition=models.Q(school__isnull=True) & ~models.Q(key=""),
                name="%(app_label)s_%(class)s_key_unique_in_library",
            ),
        )

    def __str__(self) -> str:
        return self.title
