"""Where a page finds what a mouth lesson shows."""

from __future__ import annotations

from django import template
from django.conf import settings

register = template.Library()

FIRST_TUTOR = "ada"


@register.simple_tag
def tutor_head() -> str:
    """Return the static file of the head that a page draws itself."""
    return f"inference/tutors/{settings.LIVE['AVATAR'] or FIRST_TUTOR}.glb"
