"""Where a learner stands in courses and their lessons, and what they answered there."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from .exercise_item import MAX_ANSWER_CHARS, ExerciseAttempt


class CourseProgress(models.Model):
    """A learner who began with a version of a course; they keep it until they finish.

    A course cannot be deleted under its learners: it is taken out of the catalogue.

    Personal data: who learns what, since when.
    """

    learner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="course_progress",
    )
    course = models.ForeignKey(
        "lessons.Course", on_delete=models.PROTECT, related_name="+"
    )
    started_at = models.DateTimeField()
    last_active_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-last_active_at", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("learner", "course"),
                name="%(app_label)s_%(class)s_unique_for_learner",
            ),
        )

    def __str__(self) -> str:
        return f"learner {self.learner_id} in course {self.course_id}"


class LessonProgress(models.Model):
    """A learner in a lesson. ``finished_at``: every exercise was answered once.

    ``read_at`` is when they went through its dialogue and words, ``talked_at`` when they
    first talked it through with the tutor. ``round_started_at`` is when they began the
    exercises anew: answers before it belong to earlier rounds.

    Personal data: who learned what, and when.
    """

    learner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="lesson_progress",
    )
    lesson = models.ForeignKey(
        "lessons.Lesson", on_delete=models.CASCADE, related_name="+"
    )
    started_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)
    talked_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    round_started_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-started_at", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("learner", "lesson"),
                name="%(app_label)s_%(class)s_unique_for_learner",
            ),
        )

    def __str__(self) -> str:
        return f"learner {self.learner_id} in lesson {self.lesson_id}"


class LessonAttempt(models.Model):
    """One answer to an exercise of a lesson, with its mark.

    ``outcome``, ``score`` (None where nobody can judge it here) and ``feedback`` are the
    mark's, as for exercises made for one learner. ``spoken``: it was said, and ``answer``
    is what was heard; ``reading`` holds how. ``session`` is the talk that a role play
    became. ``client_key`` is the browser's, so that what is sent twice is counted once.

    Personal data: what somebody wrote or said, and how right it was.
    """

    Outcome = ExerciseAttempt.Outcome

    learner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="lesson_attempts",
    )
    exercise = models.ForeignKey(
        "lessons.Exercise", on_delete=models.CASCADE, related_name="+"
    )
    answer = models.CharField(max_length=MAX_ANSWER_CHARS, blank=True)
    spoken = models.BooleanField(default=False)
    hinted = models.BooleanField(default=False)
    outcome = models.CharField(max_length=8, choices=ExerciseAttempt.Outcome.choices)
    score = models.FloatField(null=True, blank=True)
    feedback = models.CharField(max_length=12)
    reading = models.UUIDField(null=True, blank=True)
    session = models.UUIDField(null=True, blank=True)
    client_key = models.UUIDField()
    answered_at = models.DateTimeField()

    class Meta:
        ordering = ("-answered_at", "-id")
        indexes = (
            models.Index(
                fields=("learner", "exercise", "-answered_at"),
                name="lesson_attempts_latest",
            ),
        )
        constraints = (
            models.UniqueConstraint(
                fields=("learner", "client_key"),
                name="%(app_label)s_%(class)s_counted_once",
            ),
            models.CheckConstraint(
                condition=Q(score__isnull=True) | Q(score__gte=0, score__lte=1),
                name="%(app_label)s_%(class)s_score_is_a_share",
            ),
        )

    def __str__(self) -> str:
        return f"answer {self.pk} to exercise {self.exercise_id}"
