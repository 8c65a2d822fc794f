"""What a learner did for an assignment, and what teachers said of it."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from .assignment import Assignment


class Submission(models.Model):
    """One attempt of one learner at an assignment.

    It begins as STARTED, is SUBMITTED by its learner (or at the end of what is to be done),
    and RETURNED once a teacher let the learner see the mark. ``session`` is the talk
    (TutoringSession's uuid, none where there is no talk). Handing in is what lets teachers
    of the class read, and where the learner's consent keeps it hear, this talk.

    ``draft`` is the tutor's draft mark: ``{"points", "uncertainty", "criteria": [{"key",
    "points", "uncertainty", "evidence": [...]}], "model"}`` with ``draft_points`` out of
    the assignment's points; ``draft_uncertainty`` is half of the interval that holds the
    right one in two of three cases. ``trouble`` lists codes of what a teacher should look
    at. ``points`` is the teacher's mark before late rules, and always wins; the draft stays.
    ``version`` counts marks, so that two teachers at once do not overwrite each other.

    Personal data: what a learner did and how it was marked.
    """

    class State(models.TextChoices):
        """Where it stands."""

        STARTED = "STARTED"
        SUBMITTED = "SUBMITTED"
        RETURNED = "RETURNED"

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    assignment = models.ForeignKey(
        Assignment, on_delete=models.PROTECT, related_name="submissions"
    )
    learner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="submissions"
    )
    attempt = models.PositiveSmallIntegerField(default=1)
    state = models.CharField(max_length=9, choices=State.choices, default=State.STARTED)
    session = models.UUIDField(null=True, blank=True, unique=True)
    result = models.JSONField(default=dict, blank=True)
    started_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True, blank=True)
    late_s = models.PositiveIntegerField(default=0)
    spoken_s = models.PositiveIntegerField(default=0)
    draft = models.JSONField(null=True, blank=True)
    draft_points = models.FloatField(null=True, blank=True)
    draft_uncertainty = models.FloatField(null=True, blank=True)
    trouble = models.JSONField(default=list, blank=True)
    points = models.FloatField(null=True, blank=True)
    criteria = models.JSONField(default=dict, blank=True)
    marked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    marked_at = models.DateTimeField(null=True, blank=True)
    returned_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("-submitted_at", "id")
        indexes = (
            models.Index(
                fields=("learner", "-started_at"), name="coursework_sub_by_learner"
            ),
            models.Index(
                fields=("assignment", "state"), name="coursework_sub_by_state"
            ),
        )
        constraints = (
            models.UniqueConstraint(
                fields=("assignment", "learner", "attempt"),
                name="%(app_label)s_%(class)s_attempt_unique",
            ),
            models.CheckConstraint(
                condition=Q(state="STARTED") | Q(submitted_at__isnull=False),
                name="%(app_label)s_%(class)s_submitted_has_a_time",
            ),
            models.CheckConstraint(
                condition=Q(points__isnull=True) | Q(points__gte=0),
                name="%(app_label)s_%(class)s_points_are_possible",
            ),
        )

    def __str__(self) -> str:
        return f"submission {self.uuid}"


class MarkChange(models.Model):
    """One mark that was given, changed or taken back; rows are only ever added.

    Personal data: how a learner was marked, by whom and why.
    """

    class Way(models.TextChoices):
        """How it came about."""

        DRAFT_ACCEPTED = "DRAFT_ACCEPTED"
        MARKED = "MARKED"
        OVERRULED = "OVERRULED"
        CLEARED = "CLEARED"

    submission = models.ForeignKey(
        Submission, on_delete=models.CASCADE, related_name="mark_changes"
    )
    way = models.CharField(max_length=14, choices=Way.choices)
    points_before = models.FloatField(null=True, blank=True)
    points = models.FloatField(null=True, blank=True)
    criteria = models.JSONField(default=dict, blank=True)
    reason = models.CharField(max_length=300, blank=True, default="")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    at = models.DateTimeField()

    class Meta:
        ordering = ("-at", "-id")

    def __str__(self) -> str:
        return f"mark {self.pk} of submission {self.submission_id}"


class Comment(models.Model):
    """What a teacher or the learner said about a submission, at a moment of it or in all.

    ``at_ms`` is from the start of the talk and ``turn`` its index; none: about all of it.
    ``path`` is a voice comment below PRIVATE_ROOT, ``duration_ms`` long. A reply has a
    ``parent`` and none below it.

    Personal data: what was said about a learner, and a voice.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    submission = models.ForeignKey(
        Submission, on_delete=models.CASCADE, related_name="comments"
    )
    parent = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="replies",
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    text = models.TextField(blank=True, default="", max_length=3000)
    path = models.CharField(max_length=200, blank=True, default="")
    duration_ms = models.PositiveIntegerField(default=0)
    at_ms = models.PositiveIntegerField(null=True, blank=True)
    turn = models.PositiveIntegerField(null=True, blank=True)
    created_at = models.DateTimeField()
    edited_at = models.DateTimeField(null=True, blank=True)
    seen_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("created_at", "id")
        constraints = (
            models.CheckConstraint(
                condition=~Q(text="", path=""),
                name="%(app_label)s_%(class)s_says_something",
            ),
        )

    def __str__(self) -> str:
        return f"comment {self.uuid}"
