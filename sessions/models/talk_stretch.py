"""What limits of talking count: talks under way, and who waits for one."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models

from .tutoring_session import TutoringSession


class TalkStretch(models.Model):
    """From when to when a talk was open on a server; a talk taken up again has another.

    While ``ended_at`` is none the talk takes one of the places there are, as long as the
    server says every few seconds, by ``seen_at``, that it goes on. ``school`` is the one
    whose minutes it uses, none: nobody's.

    Personal data: when somebody talked.
    """

    learner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+"
    )
    session = models.ForeignKey(
        TutoringSession, on_delete=models.CASCADE, related_name="stretches"
    )
    school = models.UUIDField(null=True, blank=True)
    began_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("began_at", "id")
        indexes = (
            models.Index(
                fields=("learner", "-seen_at"), name="tutor_sessions_stretch_person"
            ),
            models.Index(
                fields=("school", "-seen_at"), name="tutor_sessions_stretch_school"
            ),
            models.Index(
                fields=("seen_at",),
                condition=models.Q(ended_at__isnull=True),
                name="tutor_sessions_stretch_open",
            ),
        )

    def __str__(self) -> str:
        return f"stretch {self.pk} of session {self.session_id}"


class QueuePlace(models.Model):
    """A talk that waits for room; the row's order is the order of coming.

    Its page asks every few seconds, which moves ``seen_at``; who stops asking loses the
    place. ``called_at`` is when room was found: it is held for a moment, until the talk
    begins.

    Personal data: who wants to talk.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    session = models.OneToOneField(
        TutoringSession, on_delete=models.CASCADE, related_name="queue_place"
    )
    school = models.UUIDField(null=True, blank=True)
    joined_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    called_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return f"place of session {self.session_id}"
