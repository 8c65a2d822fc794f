"""An exercise of a lesson."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from .lesson import Lesson


class Exercise(models.Model):
    """One exercise; ``data`` is as ``course_files.exercises`` describes its ``type``.

    Personal data: none.
    """

    class Type(models.TextChoices):
        """What the learner does."""

        READ_ALOUD = "read_aloud", _("Read aloud")
        SHADOWING = "shadowing", _("Listen and repeat")
        MINIMAL_PAIR = "minimal_pair", _("Which word?")
        DICTATION = "dictation", _("Dictation")
        GAP_FILL = "gap_fill", _("Fill the gap")
        REORDER = "reorder", _("Put in order")
        MATCH = "match", _("Match")
        TRANSFORM = "transform", _("Say it differently")
        SPOKEN_ANSWER = "spoken_answer", _("Answer aloud")
        PICTURE_TALK = "picture_talk", _("Talk about a picture")
        ROLE_PLAY = "role_play", _("Role play")
        FREE_TALK = "free_talk", _("Free talk")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    lesson = models.ForeignKey(
        Lesson, on_delete=models.CASCADE, related_name="exercises"
    )
    position = models.PositiveSmallIntegerField()
    type = models.CharField(max_length=20, choices=Type.choices)
    data = models.JSONField()

    class Meta:
        ordering = ("lesson", "position")
        constraints = (
            models.UniqueConstraint(
                fields=("lesson", "position"),
                name="%(app_label)s_%(class)s_position_unique_in_lesson",
            ),
        )

    def __str__(self) -> str:
        return f"{self.type} {self.pk}"
