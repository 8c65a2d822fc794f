"""Words of administrators' pages."""

from __future__ import annotations

from django import template

from ..audit_words import action_words as words

register = template.Library()


@register.filter
def action_words(action: str) -> str:
    """Return an action of the audit log in words."""
    return words(action)
