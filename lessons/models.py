"""What is taught: a Course in one language has Lessons in order."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from .levels import L2_CHOICES, CEFRLevel
from .validators import validate_text_list


class Course(models.Model):
    """A row of lessons in one language.

    ``key`` names the course for people and imports; ``uuid`` names it in addresses. An
    unpublished course is seen only in the admin.

    Personal data: none.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    key = models.SlugField(max_length=60, unique=True)
    title = models.CharField(max_length=120)
    l2 = models.CharField(_("language taught"), max_length=35, choices=L2_CHOICES)
    description = models.TextField(blank=True)
    is_published = models.BooleanField(default=False)

    class Meta:
        ordering = ("title", "id")

    def __str__(self) -> str:
        return self.title


class Lesson(models.Model):
    """A situation to talk through with the tutor.

    ``goals`` are can-do sentences for the learner ("I can order a drink"). The tutor plays
    ``tutor_role``, starts with ``opening_line`` and draws out ``target_words`` and
    ``target_phrases``. ``notes`` are for authors and are never shown.

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
    notes = models.TextField(blank=True)

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
        )

    def __str__(self) -> str:
        return self.title
