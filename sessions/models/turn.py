"""One exchange of a session."""

from __future__ import annotations

from django.db import models

from .tutoring_session import TutoringSession


class Turn(models.Model):
    """The learner speaks, the tutor answers; ``index`` counts from 0 in a session.

    Turn 0 is the tutor's opening and has no learner's utterance. A turn is written when
    the learner's words are known (state ``AWAITING_REPLY``) and again at its end, so a
    crash between the two loses no words. ``timings`` is what ``turn.timing`` said on the
    wire, ``engines`` names the engine of each kind and ``host`` the machine that ran them,
    ``errors`` lists codes. ``analysis``,
    ``move`` and ``gates`` say how the tutor taught the turn, in the form of
    ``sessions.teaching_records``; null where it did not.

    ``mic_end_frame`` is the first microphone frame after the learner's words and
    ``client_id`` what the page called typed words: whoever takes the talk up knows by them
    what a page sends once more.

    Personal data: what was wrong in the learner's words, and what the tutor made of it.
    """

    class State(models.TextChoices):
        """Where the turn stands; all but the first are outcomes."""

        AWAITING_REPLY = "AWAITING_REPLY"
        COMPLETED = "COMPLETED"
        INTERRUPTED = "INTERRUPTED"
        NOT_UNDERSTOOD = "NOT_UNDERSTOOD"
        FAILED = "FAILED"
        CANCELLED = "CANCELLED"

    session = models.ForeignKey(
        TutoringSession, on_delete=models.CASCADE, related_name="turns"
    )
    index = models.PositiveIntegerField()
    state = models.CharField(
        max_length=14, choices=State.choices, default=State.AWAITING_REPLY
    )
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    timings = models.JSONField(default=dict, blank=True)
    engines = models.JSONField(default=dict, blank=True)
    host = models.CharField(max_length=60, blank=True, default="")
    errors = models.JSONField(default=list, blank=True)
    analysis = models.JSONField(null=True, blank=True)
    move = models.JSONField(null=True, blank=True)
    gates = models.JSONField(null=True, blank=True)
    mic_end_frame = models.PositiveBigIntegerField(null=True, blank=True)
    client_id = models.CharField(max_length=64, blank=True, default="", db_default="")

    class Meta:
        ordering = ("session", "index")
        indexes = (
            models.Index(fields=("started_at",), name="tutor_sessions_turn_by_time"),
        )
        constraints = (
            models.UniqueConstraint(
                fields=("session", "index"),
                name="%(app_label)s_%(class)s_index_unique_in_session",
            ),
        )

    def __str__(self) -> str:
        return f"turn {self.index} of session {self.session_id}"
