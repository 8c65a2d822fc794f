"""The tutors that learners can choose from."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

NAME_MAX_CHARS = 60


class Avatar(models.Model):
    """Who a tutor looks like: a built-in head, or a portrait that somebody uploaded.

    ``key`` names it for engines, in addresses and as the name of its file: a word for a
    head, random for a portrait. A head's file comes with the product. A portrait's is
    ``path`` below ``PRIVATE_ROOT``, ``sha256`` its hash; ``face_checked`` says that one
    face was found in it. ``licence`` says in words where it is from and what allows its
    use. A photograph shows somebody who agreed, ``consent_name`` on ``consent_on``.
    ``description`` is read out in its place. What is not active is kept and not offered.

    Personal data: the picture and name of a person who agreed, and who uploaded it.
    """

    class Kind(models.TextChoices):
        """What its face is made from."""

        HEAD = "HEAD", _("Built in")
        PORTRAIT = "PORTRAIT", _("Portrait")

    class Origin(models.TextChoices):
        """Whether a person really looks like this."""

        INVENTED = "INVENTED", _("A person who does not exist: drawn or generated")
        PHOTOGRAPH = "PHOTOGRAPH", _("A real person")

    key = models.SlugField(max_length=40, unique=True)
    kind = models.CharField(max_length=8, choices=Kind.choices)
    origin = models.CharField(
        max_length=10, choices=Origin.choices, default=Origin.INVENTED
    )
    name = models.CharField(max_length=NAME_MAX_CHARS)
    description = models.CharField(max_length=200, blank=True)
    path = models.CharField(max_length=200, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    face_checked = models.BooleanField(default=False)
    licence = models.CharField(max_length=200, blank=True)
    consent_name = models.CharField(max_length=120, blank=True)
    consent_on = models.DateField(null=True, blank=True)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    class Meta:
        ordering = ("kind", "name", "id")
        constraints = (
            models.CheckConstraint(
                condition=Q(kind="HEAD", path="") | Q(kind="PORTRAIT") & ~Q(path=""),
                name="%(app_label)s_%(class)s_portrait_has_a_file",
            ),
            models.CheckConstraint(
                condition=Q(origin="INVENTED")
                | Q(consent_on__isnull=False) & ~Q(consent_name=""),
                name="%(app_label)s_%(class)s_photograph_has_consent",
            ),
        )

    def __str__(self) -> str:
        return self.name
