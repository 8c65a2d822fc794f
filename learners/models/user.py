"""The account a person signs in with."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.contrib.auth.models import (
    AbstractBaseUser,
    BaseUserManager,
    PermissionsMixin,
)
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """What a person is here. It decides which pages they see."""

    LEARNER = "LEARNER", _("Learner")
    TEACHER = "TEACHER", _("Teacher")
    ADMIN = "ADMIN", _("Administrator")


class UserManager(BaseUserManager["User"]):
    """Makes users from an e-mail address and a password."""

    def create_user(
        self, email: str, password: str | None = None, **fields: Any
    ) -> User:
        """Create a user; without a password nobody can sign in as them."""
        if not email:
            raise ValueError("A user needs an e-mail address.")
        user = self.model(email=email.lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(
        self, email: str, password: str | None = None, **fields: Any
    ) -> User:
        """Create an administrator with every permission."""
        fields |= {"role": Role.ADMIN, "is_superuser": True}
        return self.create_user(email, password, **fields)


class User(AbstractBaseUser, PermissionsMixin):
    """A person with an account, known by e-mail address; there are no user names.

    Identified outside by ``uuid``. Addresses are stored in lower case and are unique
    whatever their case. Only administrators may have ``is_superuser``.

    Personal data: e-mail address, when they joined and last signed in.
    """

    Role = Role

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    email = models.EmailField(_("e-mail address"), unique=True)
    role = models.CharField(max_length=7, choices=Role.choices, default=Role.LEARNER)
    is_active = models.BooleanField(
        default=True, help_text=_("Switch off instead of deleting to stop sign-in.")
    )
    joined_at = models.DateTimeField(default=timezone.now, editable=False)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects = UserManager()

    class Meta:
        ordering = ("email",)
        constraints = (
            models.UniqueConstraint(
                Lower("email"),
                name="%(app_label)s_%(class)s_email_unique_in_any_case",
            ),
            models.CheckConstraint(
                condition=models.Q(role__in=Role.values),
                name="%(app_label)s_%(class)s_role_is_known",
            ),
            models.CheckConstraint(
                condition=models.Q(is_superuser=False) | models.Q(role=Role.ADMIN),
                name="%(app_label)s_%(class)s_superuser_is_admin",
                violation_error_message=_(
                    "Only an administrator can have every permission."
                ),
            ),
        )

    def __str__(self) -> str:
        return self.email

    @property
    def is_staff(self) -> bool:
        """Whether Django's admin lets them in: exactly the administrators."""
        return self.role == Role.ADMIN
