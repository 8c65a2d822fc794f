"""Checks of the content fields that hold lists of short texts."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

MAX_ITEMS = 40
MAX_ITEM_CHARS = 200


def validate_text_list(value: object) -> None:
    """Raise ValidationError unless ``value`` is a list of short, non-empty texts."""
    if not isinstance(value, list):
        raise ValidationError(_("Give a list of texts, such as [“hello”, “goodbye”]."))
    if len(value) > MAX_ITEMS:
        raise ValidationError(_("The list is too long."))
    for item in value:
        if not isinstance(item, str) or not item.strip():
            raise ValidationError(_("Each entry must be a text that is not empty."))
        if len(item) > MAX_ITEM_CHARS:
            raise ValidationError(_("An entry is too long."))
