"""Work that a teacher sets."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .rubric import Rubric


class Assignment(models.Model):
    """Speaking to be done by a class, a group of it, or single learners.

    What is to be done depends on ``kind``: ``lesson`` for LESSON, LESSON_TALK, EXERCISES
    (of it those in ``exercises``, uuids; empty: all); ``scenario``, ``tutor_role`` and
    ``opening_line`` for ROLE_PLAY, ``scenario`` as the topic of TALK; ``contrast`` (see
    ``lessons.sounds``) for DRILL. ``min_minutes`` and ``goals`` (can-do sentences) say when it is enough.

    For whom: ``group``, else the learners named by AssignmentTargets, else the class.
    When: a draft has no ``published_at``; learners see it from ``opens_at`` on, hand in by
    ``due_at``, and no more after ``closes_at``. All are moments, shown in the school's time.
    ``max_attempts`` none: as often as they like. The mark is out of ``points``, and counts
    ``weight`` in the gradebook (0: not at all).

    Personal data: who set it; the sound of the teacher's instructions.
    """

    class Kind(models.TextChoices):
        """What is to be done."""

        LESSON = "LESSON", _("A lesson: its exercises and its talk")
        LESSON_TALK = "LESSON_TALK", _("The talk of a lesson")
        EXERCISES = "EXERCISES", _("Exercises of a lesson")
        ROLE_PLAY = "ROLE_PLAY", _("A role play of your own")
        TALK = "TALK", _("A talk about a topic")
        DRILL = "DRILL", _("A drill of two sounds")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    classroom = models.ForeignKey(
        "schools.Classroom", on_delete=models.PROTECT, related_name="assignments"
    )
    group = models.ForeignKey(
        "schools.LearnerGroup",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="assignments",
    )
    title = models.CharField(_("title"), max_length=120)
    kind = models.CharField(_("what"), max_length=11, choices=Kind.choices)
    lesson = models.ForeignKey(
        "lessons.Lesson",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    exercises = models.JSONField(default=list, blank=True)
    contrast = models.CharField(max_length=80, blank=True, default="")
    scenario = models.TextField(_("situation"), blank=True, default="", max_length=1000)
    tutor_role = models.CharField(
        _("the tutor plays"), max_length=200, blank=True, default=""
    )
    opening_line = models.CharField(
        _("the tutor begins with"), max_length=300, blank=True, default=""
    )
    instructions = models.TextField(
        _("instructions"), blank=True, default="", max_length=3000
    )
    instructions_path = models.CharField(max_length=200, blank=True, default="")
    instructions_ms = models.PositiveIntegerField(default=0)
    opens_at = models.DateTimeField(_("from"))
    due_at = models.DateTimeField(_("due"), null=True, blank=True)
    closes_at = models.DateTimeField(_("closes"), null=True, blank=True)
    max_attempts = models.PositiveSmallIntegerField(
        _("attempts"), null=True, blank=True
    )
    min_minutes = models.PositiveSmallIntegerField(
        _("minutes to speak"), null=True, blank=True
    )
    goals = models.JSONField(default=list, blank=True)
    rubric = models.ForeignKey(
        Rubric,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="assignments",
    )
    points = models.PositiveSmallIntegerField(_("points"), default=100)
    weight = models.PositiveSmallIntegerField(_("weight"), default=1)
    published_at = models.DateTimeField(null=True, blank=True)
    archived_at = models.DateTimeField(null=True, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    created_at = models.DateTimeField()
    edited_at = models.DateTimeField()

    class Meta:
        ordering = ("due_at", "opens_at", "id")
        indexes = (
            models.Index(
                fields=("classroom", "opens_at"), name="coursework_by_classroom"
            ),
        )
        constraints = (
            models.CheckConstraint(
                condition=Q(due_at__isnull=True) | Q(due_at__gt=models.F("opens_at")),
                name="%(app_label)s_%(class)s_is_due_after_it_opens",
            ),
            models.CheckConstraint(
                condition=Q(closes_at__isnull=True)
                | Q(due_at__isnull=True)
                | Q(closes_at__gte=models.F("due_at")),
                name="%(app_label)s_%(class)s_closes_after_it_is_due",
            ),
            models.CheckConstraint(
                condition=Q(max_attempts__isnull=True) | Q(max_attempts__gte=1),
                name="%(app_label)s_%(class)s_has_an_attempt",
            ),
            models.CheckConstraint(
                condition=Q(points__gte=1), name="%(app_label)s_%(class)s_has_points"
            ),
        )

    def __str__(self) -> str:
        return self.title


class AssignmentTarget(models.Model):
    """A learner for whom an assignment is, where it is not for a class or group.

    Personal data: who has which work.
    """

    assignment = models.ForeignKey(
        Assignment, on_delete=models.CASCADE, related_name="targets"
    )
    learner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+"
    )

    class Meta:
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(
                fields=("assignment", "learner"),
                name="%(app_label)s_%(class)s_unique",
            ),
        )

    def __str__(self) -> str:
        return f"assignment {self.assignment_id} for learner {self.learner_id}"


class Extension(models.Model):
    """Other rules for one learner: more time, more attempts, or being excused.

    Personal data: that somebody got more time, and why.
    """

    assignment = models.ForeignKey(
        Assignment, on_delete=models.CASCADE, related_name="extensions"
    )
    learner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+"
    )
    due_at = models.DateTimeField(null=True, blank=True)
    extra_attempts = models.PositiveSmallIntegerField(default=0)
    is_excused = models.BooleanField(default=False)
    reason = models.CharField(max_length=300, blank=True, default="")
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    given_at = models.DateTimeField()

    class Meta:
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(
                fields=("assignment", "learner"),
                name="%(app_label)s_%(class)s_unique",
            ),
        )

    def __str__(self) -> str:
        return f"extension {self.pk} of assignment {self.assignment_id}"


class AssignmentNotice(models.Model):
    """A mail about an assignment that a learner was sent, so that it is sent once.

    One that waits was noted at ``sent_at`` and is tried from ``next_try_at`` on; after too
    many ``attempts`` it is given up.

    Personal data: who was told of which work.
    """

    class Kind(models.TextChoices):
        """What it told."""

        NEW = "NEW"
        DUE_SOON = "DUE_SOON"
        RETURNED = "RETURNED"

    class State(models.TextChoices):
        """Where it stands."""

        WAITING = "WAITING"
        SENT = "SENT"
        DEAD = "DEAD"

    assignment = models.ForeignKey(
        Assignment, on_delete=models.CASCADE, related_name="notices"
    )
    learner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+"
    )
    kind = models.CharField(max_length=8, choices=Kind.choices)
    sent_at = models.DateTimeField()
    state = models.CharField(max_length=7, choices=State.choices, default=State.SENT)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("id",)
        indexes = (
            models.Index(
                fields=("state", "next_try_at"), name="coursework_notice_is_due"
            ),
        )
        constraints = (
            models.UniqueConstraint(
                fields=("assignment", "learner", "kind"),
                name="%(app_label)s_%(class)s_sent_once",
            ),
        )

    def __str__(self) -> str:
        return f"notice {self.pk} of assignment {self.assignment_id}"
