"""How a request's session becomes a user: with the profile, which every page asks for."""

from __future__ import annotations

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth.backends import ModelBackend

from .models import User


class _WithProfile(ModelBackend):
    def get_user(self, user_id: int) -> User | None:
        """Return who has this id and may sign in, in one query with their profile."""
        user = User.objects.select_related("profile").filter(pk=user_id).first()
        return user if user is not None and self.user_can_authenticate(user) else None


class PasswordBackend(_WithProfile):
    """Signs in by address and password, also in the admin."""


class AccountBackend(_WithProfile, AuthenticationBackend):  # type: ignore[misc]
    """Signs in as allauth does."""
