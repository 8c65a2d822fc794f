"""One stretch of speech or text by one speaker."""

from __future__ import annotations

from django.db import models

from .turn import Turn


class Utterance(models.Model):
    """What one speaker said in a turn.

    ``text`` is what counts: the transcript, the typed words, the correction, or the
    tutor's reply. ``heard_as`` keeps what the transcriber first heard when the learner
    corrected it. ``heard_text`` is, of an interrupted reply, the part that was played.
    ``attempt`` numbers the tutor's replies in a turn. ``words`` and ``cues`` are lists as
    on the wire.

    Personal data: the learner's words.
    """

    class Speaker(models.TextChoices):
        """Who said it."""

        LEARNER = "LEARNER"
        TUTOR = "TUTOR"

    class Source(models.TextChoices):
        """Where the text came from."""

        SPEECH = "SPEECH"
        TEXT = "TEXT"
        CORRECTED = "CORRECTED"
        OPENING = "OPENING"
        MODEL = "MODEL"

    turn = models.ForeignKey(Turn, on_delete=models.CASCADE, related_name="utterances")
    speaker = models.CharField(max_length=7, choices=Speaker.choices)
    source = models.CharField(max_length=9, choices=Source.choices)
    attempt = models.PositiveSmallIntegerField(default=0)
    text = models.TextField(blank=True)
    heard_as = models.TextField(blank=True, default="")
    heard_text = models.TextField(null=True, blank=True)  # noqa: DJ001 None: all of it
    language = models.CharField(max_length=35, blank=True, default="")
    confidence = models.FloatField(null=True, blank=True)
    words = models.JSONField(default=list, blank=True)
    cues = models.JSONField(default=list, blank=True)
    duration_ms = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("turn", "speaker", "attempt")
        constraints = (
            models.UniqueConstraint(
                fields=("turn", "speaker", "attempt"),
                name="%(app_label)s_%(class)s_attempt_unique_in_turn",
            ),
        )

    def __str__(self) -> str:
        return f"{self.speaker.lower()} utterance {self.id}"
