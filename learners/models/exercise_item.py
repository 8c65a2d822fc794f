"""Exercises that were made for one learner, and what the learner answered."""

from __future__ import annotations

import uuid
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _

from lessons.levels import CEFRLevel

from ..exercise_approval import origins_shown_without_approval

MAX_ANSWER_CHARS = 600
# The form of ``ExerciseItem.data``, as ``tutor.exercises`` writes it.
SCHEMA_VERSION = 1


class ExerciseItemQuerySet(models.QuerySet["ExerciseItem"]):
    """Exercises, narrowed down by what they are for."""

    def in_use(self) -> Self:
        """Return what its learner may see: approved, or made so that nobody need look."""
        unseen = Q(
            state=ExerciseItem.State.DRAFT, origin__in=origins_shown_without_approval()
        )
        return self.filter(unseen | Q(state=ExerciseItem.State.APPROVED))

    def waiting(self) -> Self:
        """Return what a teacher has to look at before its learner sees it."""
        return self.filter(state=ExerciseItem.State.DRAFT).exclude(
            origin__in=origins_shown_without_approval()
        )


def latest_answer(field: str) -> Subquery:
    """Return a field of the latest answer to an exercise, for ``annotate``."""
    answers = ExerciseAttempt.objects.filter(exercise=OuterRef("pk"))
    return Subquery(answers.order_by("-answered_at", "-id").values(field)[:1])


class ExerciseItem(models.Model):
    """One exercise of one learner, made from a known mistake, a lesson or a sound.

    ``data`` is the exercise as ``tutor.exercises`` keeps it, in the form that
    ``schema_version`` numbers; ``kind``, ``level``, ``origin``, ``category`` and ``source``
    are copied from it. ``source`` says in the same words what it is about;
    ``ledger_entry``, ``lesson`` and ``session`` (of the talk it follows) are where it comes
    from, each perhaps none. ``digest`` is the same for what asks and answers the same, so
    that nothing is made twice and what was rejected stays away.

    ``state`` holds what people decided. A draft may be shown undecided, see
    ``ExerciseItemQuerySet.in_use``. ``revision`` counts edits. ``created_by`` is who had it
    made, none for the site itself.

    Personal data: sentences of the learner, and what was wrong in them.
    """

    class State(models.TextChoices):
        """What people decided about it."""

        DRAFT = "DRAFT", _("Not looked at")
        APPROVED = "APPROVED", _("Approved")
        REJECTED = "REJECTED", _("Rejected")

    class Kind(models.TextChoices):
        """What the learner does."""

        GAP_FILL = "gap_fill", _("Fill the gap")
        REORDER = "reorder", _("Put in order")
        TRANSFORM = "transform", _("Say it right")
        DICTATION = "dictation", _("Dictation")
        SHADOWING = "shadowing", _("Speak along")
        MINIMAL_PAIR = "minimal_pair", _("Which word?")
        ROLE_PLAY = "role_play", _("Role play")
        SHORT_ANSWER = "short_answer", _("Short answer")

    class Origin(models.TextChoices):
        """Who worded it."""

        RULE = "rule", _("By rule")
        MODEL = "model", _("By the language model")
        TEACHER = "teacher", _("By a teacher")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    learner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="exercises"
    )
    l2 = models.CharField(max_length=35)
    kind = models.CharField(max_length=20, choices=Kind.choices)
    level = models.CharField(max_length=2, choices=CEFRLevel.choices)
    origin = models.CharField(max_length=10, choices=Origin.choices)
    category = models.CharField(max_length=20, blank=True, default="")
    source = models.CharField(max_length=300)
    data = models.JSONField()
    schema_version = models.PositiveSmallIntegerField(default=SCHEMA_VERSION)
    digest = models.CharField(max_length=64)
    state = models.CharField(max_length=8, choices=State.choices, default=State.DRAFT)
    revision = models.PositiveIntegerField(default=1)
    ledger_entry = models.ForeignKey(
        "learners.ErrorLedgerEntry",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="exercises",
    )
    lesson = models.ForeignKey(
        "lessons.Lesson",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    session = models.UUIDField(null=True, blank=True)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    edited_at = models.DateTimeField(null=True, blank=True)
    edited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    objects = ExerciseItemQuerySet.as_manager()

    class Meta:
        ordering = ("-created_at", "id")
        indexes = (
            models.Index(
                fields=("learner", "l2", "state"), name="exercise_items_of_learner"
            ),
        )
        constraints = (
            models.UniqueConstraint(
                fields=("learner", "l2", "digest"),
                name="%(app_label)s_%(class)s_unique_for_learner",
            ),
            models.CheckConstraint(
                condition=Q(state="DRAFT", decided_at__isnull=True)
                | Q(state__in=("APPROVED", "REJECTED"), decided_at__isnull=False),
                name="%(app_label)s_%(class)s_decided_at_iff_decided",
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.pk} of learner {self.learner_id}"


class ExerciseAttempt(models.Model):
    """One answer of the learner to a revision of an exercise, with its mark.

    ``outcome``, ``score`` (None where nobody can judge it here) and ``feedback`` are the
    mark's. ``spoken``: it was said, and ``answer`` is what was heard; ``reading`` is then
    the reading that holds how it was said. ``session`` is the talk that a role play became.

    Personal data: what somebody wrote or said, and how right it was.
    """

    class Outcome(models.TextChoices):
        """How the answer was."""

        RIGHT = "right", _("Right")
        NEARLY = "nearly", _("Nearly")
        WRONG = "wrong", _("Not yet")
        EMPTY = "empty", _("No answer")
        OPEN = "open", _("Answered")

    exercise = models.ForeignKey(
        ExerciseItem, on_delete=models.CASCADE, related_name="attempts"
    )
    revision = models.PositiveIntegerField()
    answer = models.CharField(max_length=MAX_ANSWER_CHARS, blank=True)
    spoken = models.BooleanField(default=False)
    hinted = models.BooleanField(default=False)
    outcome = models.CharField(max_length=8, choices=Outcome.choices)
    score = models.FloatField(null=True, blank=True)
    feedback = models.CharField(max_length=12)
    reading = models.UUIDField(null=True, blank=True)
    session = models.UUIDField(null=True, blank=True)
    answered_at = models.DateTimeField()

    class Meta:
        ordering = ("-answered_at", "-id")
        indexes = (
            models.Index(
                fields=("exercise", "-answered_at"), name="exercise_attempts_latest"
            ),
        )
        constraints = (
            models.CheckConstraint(
                condition=Q(score__isnull=True) | Q(score__gte=0, score__lte=1),
                name="%(app_label)s_%(class)s_score_is_a_share",
            ),
        )

    def __str__(self) -> str:
        return f"answer {self.pk} to exercise {self.exercise_id}"
