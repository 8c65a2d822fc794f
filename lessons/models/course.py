"""A course, in one of its versions."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .. import validators
from ..levels import COURSE_LANGUAGE_CHOICES, CEFRLevel
from ..limits import OwnLimits


class Course(models.Model):
    """A row of lessons in one language, in one version.

    ``key`` names the course for people and imports, ``key`` and ``version`` one state of
    it; ``uuid`` names that in addresses. ``is_current`` is the version that who begins now
    gets; who began with an earlier one keeps it. An unpublished course is seen only by who
    began it and in the admin. ``school`` is the one it belongs to, none: the whole site's.
    ``is_draft`` is a version that is still being written. ``digest`` is of the files it was imported from (empty: made on the site);
    ``edited_at`` is set once somebody changed it here. ``level`` is empty for a course
    of several. ``talk_minutes`` and the fields of the tutor are for all its talks; an empty
    one leaves it to the learner's level and the site.

    Personal data: who edited it.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    key = models.SlugField(max_length=60)
    version = models.PositiveIntegerField(default=1)
    school = models.ForeignKey(
        "schools.School",
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="courses",
    )
    is_current = models.BooleanField(default=True)
    is_draft = models.BooleanField(default=False, editable=False)
    digest = models.CharField(max_length=64, blank=True, editable=False)
    edited_at = models.DateTimeField(null=True, blank=True, editable=False)
    edited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    title = models.CharField(max_length=120)
    l2 = models.CharField(
        _("language taught"), max_length=35, choices=COURSE_LANGUAGE_CHOICES
    )
    level = models.CharField(max_length=2, choices=CEFRLevel.choices, blank=True)
    description = models.TextField(blank=True)
    is_published = models.BooleanField(default=False)
    talk_minutes = models.PositiveSmallIntegerField(
        null=True,
        blank=True,
        validators=validators.MINUTES,
        help_text=_("After so many the tutor closes a talk. 0: never."),
    )
    tutor_model = models.CharField(
        max_length=200,
        blank=True,
        validators=validators.MODEL_NAME,
        help_text=_(
            "Who words the replies, by the name that the language model's server uses. "
            "Passed over where the model runs inside this site."
        ),
    )
    tutor_temperature = models.FloatField(
        null=True,
        blank=True,
        validators=validators.TEMPERATURE,
        help_text=_("How freely the model words replies: 0 (always alike) to 2."),
    )
    tutor_reply_tokens = models.PositiveSmallIntegerField(
        null=True,
        blank=True,
        validators=validators.REPLY_TOKENS,
        help_text=_(
            "The longest reply the model may write. A token is three quarters of a word."
        ),
    )

    class Meta:
        ordering = ("title", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("key", "version"),
                name="%(app_label)s_%(class)s_version_unique",
            ),
            models.UniqueConstraint(
                fields=("key",),
                condition=models.Q(is_current=True),
                name="%(app_label)s_%(class)s_one_current_version",
            ),
            models.CheckConstraint(
                condition=models.Q(is_draft=False)
                | models.Q(is_current=False, is_published=False),
                name="%(app_label)s_%(class)s_draft_is_not_out",
            ),
            models.CheckConstraint(
                condition=models.Q(talk_minutes__isnull=True)
                | models.Q(talk_minutes__lte=validators.MAX_MINUTES),
                name="%(app_label)s_%(class)s_talk_minutes_in_range",
            ),
            models.CheckConstraint(
                condition=models.Q(tutor_temperature__isnull=True)
                | models.Q(tutor_temperature__range=(0.0, validators.MAX_TEMPERATURE)),
                name="%(app_label)s_%(class)s_temperature_in_range",
            ),
            models.CheckConstraint(
                condition=models.Q(tutor_reply_tokens__isnull=True)
                | models.Q(
                    tutor_reply_tokens__range=(
                        validators.MIN_REPLY_TOKENS,
                        validators.MAX_REPLY_TOKENS,
                    )
                ),
                name="%(app_label)s_%(class)s_reply_tokens_in_range",
            ),
        )

    def __str__(self) -> str:
        return self.title

    @property
    def limits(self) -> OwnLimits:
        """What the course says of its talks."""
        return OwnLimits(
            minutes=self.talk_minutes,
            reply_tokens=self.tutor_reply_tokens,
            temperature=self.tutor_temperature,
            model=self.tutor_model or None,
        )
