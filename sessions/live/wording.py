"""What a live session says to its learner, in the language of the page."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.utils import translation

from sessions.wire.errors import WireError


def page_language(tag: str) -> str:
    """Return the language of the interface that suits a page's, else English."""
    try:
        return translation.get_supported_language_variant(tag)
    except LookupError:
        return settings.LANGUAGE_CODE


def worded(fields: dict[str, Any], language: str) -> dict[str, Any]:
    """Return the fields of a message with each ``message`` in this language."""
    if language in {"", settings.LANGUAGE_CODE}:
        return fields
    with translation.override(language):
        translated: dict[str, Any] = _worded(fields)
    return translated


def _worded(value: Any) -> Any:
    if isinstance(value, list):
        return [_worded(item) for item in value]
    if isinstance(value, dict):
        return {
            key: translation.gettext(item)
            if key == "message" and item
            else _worded(item)
            for key, item in value.items()
        }
    return value


def refusal_words(error: WireError, language: str) -> str:
    """Return why something was refused, in this language; ``""`` is English."""
    if not language:
        return error.message
    with translation.override(language):
        return translation.gettext(error.template) % error.values
