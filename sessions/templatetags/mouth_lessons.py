"""Where a page finds what a mouth lesson shows."""

from __future__ import annotations

from typing import Any

from django import template

from sessions.tutor_choice import drawn_head

register = template.Library()


@register.simple_tag(takes_context=True)
def tutor_head(context: dict[str, Any]) -> str:
    """Return the static file of the head that the reader's own page draws."""
    return f"inference/tutors/{drawn_head(user_id=context['request'].user.pk)}.glb"
