"""What is taught: a Course in one language has Lessons in order."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from . import validators
from .levels import L2_CHOICES, CEFRLevel
from .limits import OwnLimits
from .validators import validate_text_list


class Course(models.Model):
    """A row of lessons in one language.

    ``key`` names the course for people and imports; ``uuid`` names it in addresses. An
    unpublished course is seen only in the admin. ``talk_minutes`` and the fields of the
    tutor are for all its talks; an empty one leaves it to the learner's level and the site.

    Personal data: none.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    key = models.SlugField(max_length=60, unique=True)
    title = models.CharField(max_length=120)
    l2 = models.CharField(_("language taught"), max_length=35, choices=L2_CHOICES)
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


class Lesson(models.Model):
    """A situation to talk through with the tutor.

    ``goals`` are can-do sentences for the learner ("I can order a drink"). The tutor plays
    ``tutor_role``, starts with ``opening_line`` and draws out ``target_words`` and
    ``target_phrases``. ``tutor_facts`` are short sentences of what that role knows ("An apple
    is one euro."). ``notes`` are for authors and are never shown. ``talk_minutes`` is
    for this lesson, whatever its course says.

    Personal data: none.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="lessons")
    key = models.SlugField(max_length=60)
    position = models.PositiveSmallIntegerField(help_text=_("From 1, in its course."))
    title = models.CharField(max_length=120)
    level = models.CharField(max_length=2, choices=CEFRLevel.choices)
    situation = models.TextField()
    goals = models.JSONField(default=list, validators=[validate_text_list])
    tutor_role = models.CharField(max_length=200)
    opening_line = models.CharField(max_length=300)
    target_words = models.JSONField(
        default=list, blank=True, validators=[validate_text_list]
    )
    target_phrases = models.JSONField(
        default=list, blank=True, validators=[validate_text_list]
    )
    tutor_facts = models.JSONField(
        default=list, blank=True, validators=[validate_text_list]
    )
    notes = models.TextField(blank=True)
    talk_minutes = models.PositiveSmallIntegerField(
        null=True,
        blank=True,
        validators=validators.MINUTES,
        help_text=_(
            "After so many the tutor closes this talk. 0: never. Empty: as in the course."
        ),
    )

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
            models.CheckConstraint(
                condition=models.Q(position__gte=1),
                name="%(app_label)s_%(class)s_position_from_one",
            ),
            models.CheckConstraint(
                condition=models.Q(level__in=CEFRLevel.values),
                name="%(app_label)s_%(class)s_level_is_cefr",
            ),
            models.CheckConstraint(
                condition=models.Q(talk_minutes__isnull=True)
                | models.Q(talk_minutes__lte=validators.MAX_MINUTES),
                name="%(app_label)s_%(class)s_talk_minutes_in_range",
            ),
        )

    def __str__(self) -> str:
        return self.title

    @property
    def limits(self) -> OwnLimits:
        """What the lesson itself says of its talks."""
        return OwnLimits(minutes=self.talk_minutes)
