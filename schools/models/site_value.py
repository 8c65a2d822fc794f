"""What administrators of the site, and of a school, decided in their pages."""

from __future__ import annotations

from django.db import models

from .school import School


class SiteValue(models.Model):
    """One setting of the site, or one switch of the site or of a school.

    ``key`` is one of ``schools.site_settings`` or ``schools.switches``; a row whose key is
    not known there any more is passed over. Without a row the default counts.
    ``changed_by`` is an identifier, not a foreign key: the row outlives the account.

    Personal data: who changed it, by identifier.
    """

    class Kind(models.TextChoices):
        """Which register the key is of."""

        SETTING = "SETTING"
        SWITCH = "SWITCH"

    kind = models.CharField(max_length=7, choices=Kind.choices)
    key = models.CharField(max_length=60)
    school = models.ForeignKey(
        School,
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="site_values",
    )
    value = models.JSONField()
    changed_at = models.DateTimeField()
    changed_by = models.UUIDField(null=True, blank=True)

    class Meta:
        ordering = ("kind", "key", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("kind", "key"),
                condition=models.Q(school__isnull=True),
                name="%(app_label)s_%(class)s_once_for_the_site",
            ),
            models.UniqueConstraint(
                fields=("kind", "key", "school"),
                name="%(app_label)s_%(class)s_once_for_a_school",
            ),
            models.CheckConstraint(
                condition=models.Q(kind="SWITCH") | models.Q(school__isnull=True),
                name="%(app_label)s_%(class)s_settings_are_of_the_site",
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind.lower()} {self.key}"
