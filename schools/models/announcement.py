"""A line on top of every page, for a while."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from .school import School


class Announcement(models.Model):
    """Something everybody, or everybody of a school, should know, from when to when.

    ``texts`` has the text by language code; a page whose language is not among them shows
    ``text``. Dismissed ones are remembered by the browser.

    Personal data: who wrote it, by identifier.
    """

    class Level(models.TextChoices):
        """How it looks."""

        INFO = "INFO", _("Good to know")
        WARNING = "WARNING", _("Something will not work")
        ERROR = "ERROR", _("Something does not work")

    class Audience(models.TextChoices):
        """Who sees it."""

        EVERYBODY = "EVERYBODY", _("Everybody, also before signing in")
        SIGNED_IN = "SIGNED_IN", _("Everybody who is signed in")
        LEARNERS = "LEARNERS", _("Learners")
        STAFF = "STAFF", _("Teachers and administrators")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    text = models.CharField(_("text"), max_length=300)
    texts = models.JSONField(default=dict, blank=True)
    level = models.CharField(
        _("kind"), max_length=7, choices=Level.choices, default=Level.INFO
    )
    audience = models.CharField(
        _("for"), max_length=9, choices=Audience.choices, default=Audience.SIGNED_IN
    )
    school = models.ForeignKey(
        School,
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="announcements",
        verbose_name=_("school"),
    )
    starts_at = models.DateTimeField(_("from"))
    ends_at = models.DateTimeField(_("until"))
    is_dismissible = models.BooleanField(_("can be closed"), default=True)
    created_at = models.DateTimeField()
    created_by = models.UUIDField(null=True, blank=True)

    class Meta:
        ordering = ("-starts_at", "-id")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")),
                name="%(app_label)s_%(class)s_ends_after_its_start",
            ),
        )

    def __str__(self) -> str:
        return f"announcement {self.uuid}"
