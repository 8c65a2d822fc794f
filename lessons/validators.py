"""Checks of the content fields: lists of short texts, and the limits of talks."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.core.validators import (
    MaxValueValidator,
    MinValueValidator,
    RegexValidator,
)
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

MAX_ITEMS = 40
MAX_ITEM_CHARS = 200
MAX_MINUTES = 120
# Fewer are no sentence; more than this no learner listens to.
MIN_REPLY_TOKENS, MAX_REPLY_TOKENS = 20, 500
MAX_TEMPERATURE = 2.0

MINUTES = (MaxValueValidator(MAX_MINUTES),)
REPLY_TOKENS = (
    MinValueValidator(MIN_REPLY_TOKENS),
    MaxValueValidator(MAX_REPLY_TOKENS),
)
TEMPERATURE = (MinValueValidator(0.0), MaxValueValidator(MAX_TEMPERATURE))
MODEL_NAME = (
    RegexValidator(
        r"^\S+$", gettext_lazy("The name of a model has no spaces or line breaks.")
    ),
)


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
