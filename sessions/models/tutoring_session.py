"""One sitting of one learner with the tutor."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models


class TutoringSession(models.Model):
    """One sitting of one learner on one lesson, or on none (free talk).

    Identified outside by ``uuid``. ``l1``, ``l2`` and ``level`` are what they were at the
    start, so that a later change of profile does not rewrite history. ``recording_consent``
    is the learner's consent at the start; it is looked at again whenever sound is stored.
    ``exercise`` is the lesson's exercise that the sitting is for, none for the lesson itself.
    ``own_brief`` is what it is about where somebody wrote that for this talk, in the form of
    ``sessions.own_brief``. ``generation`` counts how often it was taken up: only the live
    session that took it up last may still write (``sessions.generations``).

    Personal data: whose session it is and when; its turns hold what was said.
    """

    class Status(models.TextChoices):
        """Whether the session can be joined."""

        ACTIVE = "ACTIVE"
        ENDED = "ENDED"

    class EndReason(models.TextChoices):
        """Why a session is over."""

        LEARNER = "LEARNER"
        EXPIRED = "EXPIRED"
        QUOTA = "QUOTA"

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    learner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="tutoring_sessions",
    )
    lesson = models.ForeignKey(
        "lessons.Lesson",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="tutoring_sessions",
    )
    exercise = models.UUIDField(null=True, blank=True)
    own_brief = models.JSONField(null=True, blank=True)
    status = models.CharField(
        max_length=10, choices=Status.choices, default=Status.ACTIVE
    )
    end_reason = models.CharField(
        max_length=10, choices=EndReason.choices, blank=True, default=""
    )
    l1 = models.CharField(max_length=35)
    l2 = models.CharField(max_length=35)
    level = models.CharField(max_length=2)
    recording_consent = models.BooleanField(default=False)
    generation = models.PositiveIntegerField(default=0, db_default=0)
    started_at = models.DateTimeField()
    last_seen_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-started_at", "-id")
        indexes = (
            models.Index(
                fields=("learner", "-started_at"), name="tutor_sessions_by_learner"
            ),
            models.Index(fields=("-started_at",), name="tutor_sessions_latest"),
        )
        constraints = (
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_ended_at_iff_ended",
                condition=models.Q(status="ACTIVE", ended_at__isnull=True)
                | models.Q(status="ENDED", ended_at__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return f"session {self.uuid}"

    @property
    def title(self) -> str:
        """What its own brief or its lesson is called, ``""`` for free talk."""
        own = str((self.own_brief or {}).get("title", ""))
        return own or (self.lesson.title if self.lesson else "")
