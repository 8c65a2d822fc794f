"""Accounts made by an operator; people make their own through the sign-up page."""

from __future__ import annotations

from allauth.account.models import EmailAddress
from django.db import transaction

from ..models import User


@transaction.atomic
def save_account(*, email: str, password: str, role: str) -> User:
    """Create an account, or reset its password and role; its address counts as verified.

    An administrator made this way has every permission.
    """
    user = User.objects.filter(email=email.lower()).first()
    if user is None:
        user = User(email=email.lower())
    user.role = role
    user.is_superuser = role == User.Role.ADMIN
    user.is_active = True
    user.set_password(password)
    user.save()
    EmailAddress.objects.update_or_create(
        user=user, email=user.email, defaults={"verified": True, "primary": True}
    )
    return user
