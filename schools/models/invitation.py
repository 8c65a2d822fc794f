"""An invitation to a school or a class: a link, a code, or a mail."""

from __future__ import annotations

import uuid
from datetime import datetime

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .classroom import Classroom
from .membership import Membership
from .school import School


class Invitation(models.Model):
    """Lets who has it join a school as ``role``, and a class of it if one is named.

    Somebody invited as a teacher teaches that class. One that is shared has a ``token`` in
    its link, and a ``code`` that people can type; both are stored, because teachers show
    them again and again. One that was mailed (``email``) is stored as its SHA-256
    ``token_digest`` alone. ``max_uses`` none: as often as it is used until ``expires_at``.

    Personal data: the address somebody was invited at, who invited them.
    """

    class State(models.TextChoices):
        """Whether it can be used."""

        OPEN = "OPEN", _("Open")
        EXPIRED = "EXPIRED", _("Expired")
        USED_UP = "USED_UP", _("Used up")
        REVOKED = "REVOKED", _("Withdrawn")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    school = models.ForeignKey(
        School, on_delete=models.CASCADE, related_name="invitations"
    )
    classroom = models.ForeignKey(
        Classroom,
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="invitations",
    )
    role = models.CharField(max_length=7, choices=Membership.Role.choices)
    email = models.EmailField(_("e-mail address"), blank=True, default="")
    token = models.CharField(max_length=64, blank=True, default="")
    token_digest = models.CharField(max_length=64, unique=True)
    code = models.CharField(max_length=16, blank=True, default="")
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    max_uses = models.PositiveIntegerField(null=True, blank=True)
    n_uses = models.PositiveIntegerField(default=0)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-created_at", "-id")
        constraints = (
            models.UniqueConstraint(
                fields=("code",),
                condition=~models.Q(code=""),
                name="%(app_label)s_%(class)s_code_unique",
            ),
            models.CheckConstraint(
                condition=models.Q(role__in=("LEARNER", "TEACHER", "MANAGER")),
                name="%(app_label)s_%(class)s_role_is_known",
            ),
            models.CheckConstraint(
                condition=models.Q(max_uses__isnull=True)
                | models.Q(n_uses__lte=models.F("max_uses")),
                name="%(app_label)s_%(class)s_not_overused",
            ),
        )

    def __str__(self) -> str:
        return f"invitation {self.uuid}"

    def state(self, now: datetime) -> State:
        """Return whether it can be used at ``now``, and if not, why."""
        if self.revoked_at is not None:
            return self.State.REVOKED
        if self.max_uses is not None and self.n_uses >= self.max_uses:
            return self.State.USED_UP
        if self.expires_at <= now:
            return self.State.EXPIRED
        return self.State.OPEN
