"""The mistakes of a learner that the tutor remembers."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

KEY_MAX_CHARS = 255


class ErrorLedgerEntry(models.Model):
    """One mistake of one learner in one language, however often it was made.

    ``key`` is the same for the same mistake in another sentence. ``said`` and ``better``
    are the words themselves (either may be empty), ``sentence`` and ``corrected`` the
    latest sentence with them. ``right_form`` are the words that show that the learner can
    do it. ``seen`` counts mistakes, ``addressed`` the tutor's corrections, ``right_since``
    right uses after the latest mistake, the first of them on ``first_right_on``.

    Personal data: the learner's words and what was wrong in them.
    """

    class Category(models.TextChoices):
        """The tutor's kinds of mistakes, in a learner's terms."""

        VERB_TENSE = "verb_tense", _("Tense of the verb")
        VERB_FORM = "verb_form", _("Form of the verb")
        AGREEMENT = "agreement", _("Words that belong together")
        ARTICLE = "article", _("Articles")
        PREPOSITION = "preposition", _("Prepositions")
        NOUN_NUMBER = "noun_number", _("One or many")
        PRONOUN = "pronoun", _("Pronouns")
        WORD_ORDER = "word_order", _("Word order")
        WORD_CHOICE = "word_choice", _("The right word")
        WORD_FORM = "word_form", _("Form of the word")
        COMPARISON = "comparison", _("Comparing")
        NEGATION = "negation", _("Saying no and not")
        CONNECTOR = "connector", _("Linking words")
        GENDER = "gender", _("Gender of words")
        MISSING_WORD = "missing_word", _("A word is missing")
        EXTRA_WORD = "extra_word", _("A word too many")
        OTHER = "other", _("Something else")

    learner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="error_ledger"
    )
    l2 = models.CharField(max_length=35)
    key = models.CharField(max_length=KEY_MAX_CHARS)
    category = models.CharField(max_length=20, choices=Category.choices)
    type = models.CharField(max_length=40, blank=True, default="")
    said = models.CharField(max_length=KEY_MAX_CHARS, blank=True)
    better = models.CharField(max_length=KEY_MAX_CHARS, blank=True)
    sentence = models.TextField()
    corrected = models.TextField()
    right_form = models.CharField(max_length=KEY_MAX_CHARS, blank=True, default="")
    first_seen_at = models.DateTimeField()
    last_seen_at = models.DateTimeField()
    seen = models.PositiveIntegerField(default=1)
    addressed = models.PositiveIntegerField(default=0)
    right_since = models.PositiveIntegerField(default=0)
    first_right_on = models.DateField(null=True, blank=True)
    resolved_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-last_seen_at", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("learner", "l2", "key"),
                name="%(app_label)s_%(class)s_key_unique_for_learner",
            ),
            models.CheckConstraint(
                condition=Q(last_seen_at__gte=models.F("first_seen_at")),
                name="%(app_label)s_%(class)s_seen_in_order",
            ),
            models.CheckConstraint(
                condition=Q(seen__gte=1), name="%(app_label)s_%(class)s_was_seen"
            ),
        )

    def __str__(self) -> str:
        return f"{self.category} of learner {self.learner_id}"
