"""Whether pages show the way to another person's data."""

from __future__ import annotations

from django import template

from learners.models import User

from ..privacy_permissions import can_handle_data_of

register = template.Library()


@register.simple_tag
def may_handle_data(user: User, person: User) -> bool:
    """Return it: ``{% may_handle_data user person as may %}``."""
    return can_handle_data_of(user, person)
