"""A class: learners, and the teachers who answer for them."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from lessons.levels import COURSE_LANGUAGE_CHOICES, CEFRLevel

from .school import School
from .term import Term


class Classroom(models.Model):
    """A class of a school. An archived one is kept with all that was done in it.

    ``learner_minutes_a_day`` is the quota of talk of each of its learners, none: as the
    school says. ``late_percent_a_day`` is what a day late costs, in percent of the points;
    0: nothing. ``counted_attempt`` says which of several attempts counts in the gradebook.

    Personal data: none.
    """

    class CountedAttempt(models.TextChoices):
        """Which of several attempts at the same work counts."""

        BEST = "BEST", _("The best attempt")
        LAST = "LAST", _("The last attempt")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    school = models.ForeignKey(
        School, on_delete=models.CASCADE, related_name="classrooms"
    )
    term = models.ForeignKey(
        Term,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="classrooms",
        verbose_name=_("term"),
    )
    name = models.CharField(_("name"), max_length=80)
    l2 = models.CharField(
        _("language"), max_length=35, choices=COURSE_LANGUAGE_CHOICES, default="en"
    )
    level = models.CharField(
        _("level"), max_length=2, choices=CEFRLevel.choices, blank=True, default=""
    )
    learner_minutes_a_day = models.PositiveSmallIntegerField(
        _("minutes of talk a day for each learner"), null=True, blank=True
    )
    late_percent_a_day = models.PositiveSmallIntegerField(
        _("percent off for each day late"), default=0
    )
    counted_attempt = models.CharField(
        _("which attempt counts"),
        max_length=4,
        choices=CountedAttempt.choices,
        default=CountedAttempt.BEST,
    )
    created_at = models.DateTimeField()
    archived_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("name", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("school", "name"),
                condition=models.Q(archived_at__isnull=True),
                name="%(app_label)s_%(class)s_name_unique_while_open",
            ),
            models.CheckConstraint(
                condition=models.Q(late_percent_a_day__lte=100),
                name="%(app_label)s_%(class)s_late_percent_in_range",
            ),
        )

    def __str__(self) -> str:
        return self.name


class ClassTeacher(models.Model):
    """A teacher of a class; co-teachers are its other teachers and may do the same.

    Personal data: who teaches which class.
    """

    classroom = models.ForeignKey(
        Classroom, on_delete=models.CASCADE, related_name="teachers"
    )
    teacher = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="classes_taught",
    )
    is_lead = models.BooleanField(default=False)
    added_at = models.DateTimeField()

    class Meta:
        ordering = ("-is_lead", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("classroom", "teacher"),
                name="%(app_label)s_%(class)s_unique_in_class",
            ),
        )

    def __str__(self) -> str:
        return f"teacher {self.teacher_id} of class {self.classroom_id}"


class Enrolment(models.Model):
    """A learner in a class. ``left_at``: they were moved or archived, their work stays.

    Personal data: who learns in which class, since when.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    classroom = models.ForeignKey(
        Classroom, on_delete=models.CASCADE, related_name="enrolments"
    )
    learner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="enrolments"
    )
    enrolled_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("classroom", "id")
        indexes = (
            models.Index(
                fields=("learner", "classroom"), name="schools_enrolment_by_learner"
            ),
        )
        constraints = (
            models.UniqueConstraint(
                fields=("classroom", "learner"),
                name="%(app_label)s_%(class)s_unique_in_class",
            ),
        )

    def __str__(self) -> str:
        return f"enrolment {self.pk} in class {self.classroom_id}"


class LearnerGroup(models.Model):
    """Some learners of a class, for work that is not for all.

    Personal data: who is in which group.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    classroom = models.ForeignKey(
        Classroom, on_delete=models.CASCADE, related_name="groups"
    )
    name = models.CharField(_("name"), max_length=60)
    members = models.ManyToManyField(
        settings.AUTH_USER_MODEL, blank=True, related_name="learner_groups"
    )

    class Meta:
        ordering = ("name", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("classroom", "name"),
                name="%(app_label)s_%(class)s_name_unique_in_class",
            ),
        )

    def __str__(self) -> str:
        return self.name
