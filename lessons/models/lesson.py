"""A lesson of a course."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from .. import validators
from ..levels import CEFRLevel
from ..limits import OwnLimits
from ..validators import validate_text_list
from .course import Course
from .unit import Unit


class Lesson(models.Model):
    """A situation to learn for and to talk through with the tutor.

    ``goals`` are can-do sentences for the learner ("I can order a drink"). The tutor plays
    ``tutor_role``, starts with ``opening_line`` and draws out ``target_words`` and
    ``target_phrases``. ``tutor_facts`` are short sentences of what that role knows ("An apple
    is one euro."). ``notes`` are for authors and are never shown. ``talk_minutes`` is
    for this lesson, whatever its course says.

    What learners read and hear before: ``dialogue`` as ``[{who, text}]``, ``words`` as
    ``[{word, gloss, example}]``, ``patterns`` as ``[{pattern, note, example}]`` and
    ``explanations`` in simple language; each as in ``course_files.schema``, each may be empty.

    Personal data: none.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="lessons")
    unit = models.ForeignKey(
        Unit, null=True, blank=True, on_delete=models.SET_NULL, related_name="lessons"
    )
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
    dialogue = models.JSONField(default=list, blank=True)
    words = models.JSONField(default=list, blank=True)
    patterns = models.JSONField(default=list, blank=True)
    explanations = models.JSONField(default=list, blank=True)
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
