"""What people of a school are called in it."""

from __future__ import annotations

from collections.abc import Iterable

from schools.models import Membership

from ..models import User
from ..placeholder_addresses import is_placeholder


def names_in_school(*, school_id: int, user_ids: Iterable[int]) -> dict[int, str]:
    """Return names by the id of the user: as the school calls them, else as they do.

    Somebody with neither is known by their address. In two queries, however many.
    """
    ids = list(user_ids)
    # Who has a profile goes by what it says.
    people = User.objects.filter(pk__in=ids).values_list(
        "pk", "email", "profile__display_name"
    )
    names = {
        user_id: name if name is not None else ("" if is_placeholder(email) else email)
        for user_id, email, name in people
    }
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
