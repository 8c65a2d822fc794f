"""What a learner reviews, when, and how each review went."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

DEFAULT_RETENTION = 0.9
DEFAULT_DAILY_CAP = 60
DEFAULT_NEW_A_DAY = 10


class ReviewCard(models.Model):
    """One thing to remember, with its memory state as FSRS-6 keeps it.

    ``front`` is asked, ``back`` is the answer; ``data`` holds what the page shows besides
    (example, gloss, IPA, where it was met). ``source`` names what it was made from, as
    "word:12"; it is there once for a learner. ``state`` is 0 for a card never reviewed,
    else as in FSRS: 1 learning, 2 review, 3 relearning; ``stability`` is in days.
    What is suspended is kept and not asked.

    Personal data: what somebody learns and remembers; sentences of the learner.
    """

    class Kind(models.TextChoices):
        """What is remembered."""

        WORD = "word", _("Word")
        PATTERN = "pattern", _("Pattern")
        CONTRAST = "contrast", _("Sounds")
        SENTENCE = "sentence", _("My sentence")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    learner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="review_cards"
    )
    l2 = models.CharField(max_length=35)
    kind = models.CharField(max_length=8, choices=Kind.choices)
    source = models.CharField(max_length=80)
    front = models.CharField(max_length=400)
    back = models.CharField(max_length=400)
    data = models.JSONField(default=dict, blank=True)
    state = models.PositiveSmallIntegerField(default=0)
    step = models.PositiveSmallIntegerField(null=True, blank=True)
    stability = models.FloatField(null=True, blank=True)
    difficulty = models.FloatField(null=True, blank=True)
    due_at = models.DateTimeField()
    last_review_at = models.DateTimeField(null=True, blank=True)
    suspended_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ("due_at", "id")
        indexes = (
            models.Index(fields=("learner", "l2", "due_at"), name="review_cards_due"),
        )
        constraints = (
            models.UniqueConstraint(
                fields=("learner", "l2", "source"),
                name="%(app_label)s_%(class)s_source_once",
            ),
        )

    def __str__(self) -> str:
        return f"card {self.pk} of learner {self.learner_id}"


class ReviewLog(models.Model):
    """One review. ``before`` is the card's memory state until then, so it can be undone.

    ``client_key`` is the browser's, so that what two devices send is counted once.
    ``heard`` is what was understood of a spoken answer. What was undone stays, marked.

    Personal data: what somebody remembered, and when.
    """

    class Rating(models.IntegerChoices):
        """The four buttons of FSRS."""

        AGAIN = 1, _("Again")
        HARD = 2, _("Hard")
        GOOD = 3, _("Good")
        EASY = 4, _("Easy")

    card = models.ForeignKey(ReviewCard, on_delete=models.CASCADE, related_name="logs")
    rating = models.PositiveSmallIntegerField(choices=Rating.choices)
    reviewed_at = models.DateTimeField()
    took_ms = models.PositiveIntegerField(null=True, blank=True)
    spoken = models.BooleanField(default=False)
    heard = models.CharField(max_length=400, blank=True)
    before = models.JSONField()
    client_key = models.UUIDField()
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-reviewed_at", "-id")
        indexes = (
            models.Index(fields=("card", "-reviewed_at"), name="review_logs_latest"),
        )
        constraints = (
            models.UniqueConstraint(
                fields=("card", "client_key"),
                name="%(app_label)s_%(class)s_counted_once",
            ),
            models.CheckConstraint(
                condition=Q(rating__gte=1, rating__lte=4),
                name="%(app_label)s_%(class)s_rating_is_a_button",
            ),
        )

    def __str__(self) -> str:
        return f"review {self.pk} of card {self.card_id}"


class ReviewSetting(models.Model):
    """How a learner reviews. ``parameters`` are FSRS's, fitted at ``fitted_at``; [] its own.

    ``retention`` is the share that shall be remembered when it is asked.

    Personal data: how somebody likes to learn.
    """

    learner = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="review_setting",
    )
    retention = models.FloatField(
        default=DEFAULT_RETENTION,
        validators=[MinValueValidator(0.7), MaxValueValidator(0.97)],
    )
    daily_cap = models.PositiveSmallIntegerField(
        default=DEFAULT_DAILY_CAP,
        validators=[MinValueValidator(1), MaxValueValidator(999)],
    )
    new_a_day = models.PositiveSmallIntegerField(
        default=DEFAULT_NEW_A_DAY, validators=[MaxValueValidator(200)]
    )
    parameters = models.JSONField(default=list, blank=True)
    fitted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(retention__gte=0.7, retention__lte=0.97),
                name="%(app_label)s_%(class)s_retention_in_range",
            ),
        )

    def __str__(self) -> str:
        return f"reviews of learner {self.learner_id}"
