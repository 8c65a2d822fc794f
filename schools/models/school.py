"""A school: everything about its people stays inside it."""

from __future__ import annotations

import uuid

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

MINUTES_OF_A_DAY = 1440


class School(models.Model):
    """A tenant: a school, a company's training, a club.

    Identified outside by ``uuid``; ``key`` names it for people and imports. People of one
    school see nothing of another. ``time_zone`` is an IANA name; due times are shown in it.
    ``records_minors``: learners count as minors unless their membership says otherwise, so
    that a guardian's consent is needed for the voice to be kept.
    ``retention_days`` is the longest that recordings of its learners are kept, none: as the
    learner chose. Quotas: ``minutes_a_day`` for all of the school together,
    ``learner_minutes_a_day`` for each learner, ``concurrent_sessions`` talks at once; none:
    no limit.

    Personal data: none.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    key = models.SlugField(max_length=60, unique=True)
    name = models.CharField(_("name"), max_length=120)
    time_zone = models.CharField(_("time zone"), max_length=60, default="UTC")
    is_active = models.BooleanField(default=True)
    records_minors = models.BooleanField(
        _("our learners are minors"),
        default=False,
        help_text=_("A guardian has to agree before a voice is kept."),
    )
    retention_days = models.PositiveSmallIntegerField(
        _("days that recordings are kept at most"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(365)],
    )
    minutes_a_day = models.PositiveIntegerField(
        _("minutes of talk a day, all learners together"), null=True, blank=True
    )
    learner_minutes_a_day = models.PositiveSmallIntegerField(
        _("minutes of talk a day for each learner"),
        null=True,
        blank=True,
        validators=[MaxValueValidator(MINUTES_OF_A_DAY)],
    )
    concurrent_sessions = models.PositiveSmallIntegerField(
        _("talks at the same time"), null=True, blank=True
    )
    created_at = models.DateTimeField()

    class Meta:
        ordering = ("name", "id")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(retention_days__isnull=True)
                | models.Q(retention_days__range=(1, 365)),
                name="%(app_label)s_%(class)s_retention_is_limited",
            ),
        )

    def __str__(self) -> str:
        return self.name
