"""Days of the week where there is room for two letters."""

from __future__ import annotations

from datetime import date

from django import template
from django.utils.formats import date_format

register = template.Library()
# Chinese names begin alike: what tells them apart stands at their end.
_ALIKE = ("星期", "周", "週")


@register.filter
def weekday_letters(day: date) -> str:
    """Return the day's name in so few letters that a column of a phone holds it."""
    name = date_format(day, "D")
    return name[-1] if name.startswith(_ALIKE) else name[:2]
