"""What people of a school are called in it."""

from __future__ import annotations

from collections.abc import Iterable

from schools.models import Membership

from ..models import LearnerProfile, User
from ..placeholder_addresses import is_placeholder


def names_in_school(*, school_id: int, user_ids: Iterable[int]) -> dict[int, str]:
    """Return names by the id of the user: as the school calls them, else as they do.

    Somebody with neither is known by their address. In three queries, however many.
    """
    ids = list(user_ids)
    names = {
        user_id: "" if is_placeholder(email) else email
        for user_id, email in User.objects.filter(pk__in=ids).values_list("pk", "email")
    }
    profiles = LearnerProfile.objects.filter(user__in=ids)
    names |= dict(profiles.values_list("user_id", "display_name"))
    members = Membership.objects.filter(school_id=school_id, user__in=ids)
    names |= dict(members.exclude(name="").values_list("user_id", "name"))
    return names


def name_in_school(*, school_id: int, user: User) -> str:
    """Return what one person of a school is called in it."""
    return names_in_school(school_id=school_id, user_ids=[user.pk])[user.pk]


def name_at_school(user: User) -> str:
    """Return what some school calls somebody, empty if none does."""
    named = Membership.objects.filter(user=user, left_at=None).exclude(name="")
    return named.values_list("name", flat=True).first() or ""
