"""What people agreed to, for whom, and who may agree for a minor."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Guardian(models.Model):
    """A grown-up who answers for a learner who is a minor.

    They have no account: a mail holds a link with a secret, of which ``token_digest`` is the
    SHA-256. ``confirmed_at`` is when they opened it and said that they are the guardian.

    Personal data: name and address of a grown-up, and for whom they answer.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    learner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="guardians"
    )
    name = models.CharField(_("name"), max_length=120, blank=True, default="")
    email = models.EmailField(_("e-mail address"))
    token_digest = models.CharField(max_length=64, unique=True)
    invited_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True)
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("learner", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("learner", "email"),
                name="%(app_label)s_%(class)s_unique_for_learner",
            ),
        )

    def __str__(self) -> str:
        return f"guardian {self.uuid}"


class Consent(models.Model):
    """Somebody agreed to a purpose, or took that back; rows are only ever added.

    The latest row of a learner, purpose and side (the learner, or a guardian) counts. For a
    minor both must agree. ``wording`` names the text that was shown.

    Personal data: what somebody agreed to, when.
    """

    class Purpose(models.TextChoices):
        """What for."""

        STORE_VOICE = "STORE_VOICE", _("Keep recordings of the voice")
        RESEARCH = "RESEARCH", _("Use recordings and texts for research")

    learner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="consents"
    )
    purpose = models.CharField(max_length=11, choices=Purpose.choices)
    is_given = models.BooleanField()
    guardian = models.ForeignKey(
        Guardian,
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="consents",
    )
    wording = models.CharField(max_length=40)
    at = models.DateTimeField()

    class Meta:
        ordering = ("-at", "-id")
        indexes = (
            models.Index(
                fields=("learner", "purpose", "-at"), name="learners_consent_latest"
            ),
        )
        constraints = (
            models.CheckConstraint(
                condition=Q(purpose__in=("STORE_VOICE", "RESEARCH")),
                name="%(app_label)s_%(class)s_purpose_is_known",
            ),
        )

    def __str__(self) -> str:
        return f"consent {self.pk} of learner {self.learner_id}"
