"""Who may do what: one function a question, asked by every view and socket."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from .models import LearnerProfile, User

AnyUser = User | AnonymousUser


def signed_in_user(request: HttpRequest) -> User:
    """Return who asks. Raises PermissionDenied where a view forgot to require sign-in."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user


def can_take_lesson(user: AnyUser) -> bool:
    """Whether they may start a session: signed in, active, and known as a learner."""
    if not isinstance(user, User) or not user.is_active:
        return False
    return LearnerProfile.objects.filter(user=user).exists()


def can_review_session(user: AnyUser, learner_id: int) -> bool:
    """Whether they may see what this learner said: the learner, or an administrator."""
    if not isinstance(user, User) or not user.is_active:
        return False
    return user.pk == learner_id or user.role == User.Role.ADMIN
