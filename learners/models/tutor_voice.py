"""Voices of people who agreed that a tutor speaks with them."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class TutorVoice(models.Model):
    """Somebody's voice for tutors of a school, or of the whole site without one.

    ``giver_name`` agreed to ``purpose`` until the day ``until``, by reading ``statement``
    aloud; ``recorded_by`` heard it and recorded it on ``recorded_on``. That recording is
    the clip engines speak after: 16-bit WAV in a file of the name ``key``, with ``sha256``
    its hash. ``words_checked``: recognition heard the statement in it; ``person_checked``:
    it sounds like one person all through. Both false: nobody could tell here.

    It speaks ``language`` for ``avatar``, for every tutor without one, while it is
    ``in_use``. Once revoked its clip and all that was made of it are deleted; the record
    stays for a year, to prove what was agreed and when it ended.

    Personal data: name and voice of who gave it, name of who recorded it, who added it.
    """

    class Language(models.TextChoices):
        """In which languages a statement can be read."""

        ENGLISH = "en", _("English")
        SPANISH = "es", _("Spanish")
        FRENCH = "fr", _("French")
        GERMAN = "de", _("German")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    school = models.ForeignKey(
        "schools.School",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="+",
    )
    name = models.CharField(max_length=60)
    language = models.CharField(max_length=2, choices=Language.choices)
    avatar = models.ForeignKey(
        "learners.Avatar",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    giver_name = models.CharField(max_length=120)
    purpose = models.CharField(max_length=200)
    statement = models.TextField(max_length=800)
    recorded_by = models.CharField(max_length=120)
    recorded_on = models.DateField()
    until = models.DateField()
    sha256 = models.CharField(max_length=64)
    seconds = models.FloatField()
    words_checked = models.BooleanField(default=False)
    person_checked = models.BooleanField(default=False)
    in_use = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-created_at", "-id")
        constraints = (
            models.CheckConstraint(
                condition=Q(revoked_at__isnull=True) | Q(in_use=False),
                name="%(app_label)s_%(class)s_revoked_is_not_used",
            ),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def key(self) -> str:
        """What names it for engines, and its files."""
        return self.uuid.hex
