"""What a person learns, and what they allow."""

from __future__ import annotations

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from lessons.levels import L1_CHOICES, L2_CHOICES, CEFRLevel

DEFAULT_RETENTION_DAYS = 90
MAX_RETENTION_DAYS = 365


class Theme(models.TextChoices):
    """How the pages look."""

    SYSTEM = "SYSTEM", _("As on my device")
    LIGHT = "LIGHT", _("Light")
    DARK = "DARK", _("Dark")


class LearnerProfile(models.Model):
    """A user as a learner; teachers and administrators have one too, to try lessons.

    ``level`` is what the learner says of themselves. ``avatar`` is who the tutor shall look
    like, none: whoever the site shows. ``time_zone`` is an IANA name, empty: not known yet, so
    the site's. ``interface_language`` is the language of pages and mails, one of
    settings.LANGUAGES; empty: what the browser asks for. ``onboarded_at`` is when they went
    through the first steps.
    ``stores_recordings`` is consent to
    keep the sound of what they say: off until given, looked at whenever sound would be
    stored. ``consent_changed_at`` says when it last changed. ``pauses`` is how long the
    learner's pauses while speaking are, three numbers by language learnt
    (``sessions.turns.pauses``).

    Personal data: name, languages, level, goal, time zone, choice of tutor, consent, and how
    long somebody pauses while they speak.
    """

    Theme = Theme

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="profile"
    )
    display_name = models.CharField(_("name"), max_length=60)
    l1 = models.CharField(_("first language"), max_length=35, choices=L1_CHOICES)
    l2 = models.CharField(
        _("language to learn"), max_length=35, choices=L2_CHOICES, default="en"
    )
    level = models.CharField(
        max_length=2, choices=CEFRLevel.choices, default=CEFRLevel.A1
    )
    goal = models.TextField(blank=True, default="", max_length=300)
    daily_minutes = models.PositiveSmallIntegerField(
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(240)],
    )
    time_zone = models.CharField(max_length=60, blank=True, default="")
    interface_language = models.CharField(max_length=15, blank=True, default="")
    onboarded_at = models.DateTimeField(null=True, blank=True)
    theme = models.CharField(max_length=6, choices=Theme.choices, default=Theme.SYSTEM)
    avatar = models.ForeignKey(
        "learners.Avatar",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    pauses = models.JSONField(blank=True, default=dict, db_default={})
    stores_recordings = models.BooleanField(default=False)
    consent_changed_at = models.DateTimeField(null=True, blank=True)
    retention_days = models.PositiveSmallIntegerField(
        default=DEFAULT_RETENTION_DAYS,
        validators=[MinValueValidator(1), MaxValueValidator(MAX_RETENTION_DAYS)],
    )

    class Meta:
        ordering = ("display_name", "id")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(level__in=CEFRLevel.values),
                name="%(app_label)s_%(class)s_level_is_cefr",
            ),
            models.CheckConstraint(
                condition=models.Q(stores_recordings=False)
                | models.Q(consent_changed_at__isnull=False),
                name="%(app_label)s_%(class)s_consent_has_a_time",
            ),
            models.CheckConstraint(
                condition=models.Q(
                    retention_days__gte=1, retention_days__lte=MAX_RETENTION_DAYS
                ),
                name="%(app_label)s_%(class)s_retention_is_limited",
            ),
        )

    def __str__(self) -> str:
        return self.display_name
