"""The languages of the interface: which there are, and which a mail is written in."""

from __future__ import annotations

from contextlib import AbstractContextManager

from django.conf import settings
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .models import LearnerProfile


def is_interface_language(tag: str) -> bool:
    """Whether pages can be shown in this language."""
    return tag in dict(settings.LANGUAGES)


def language_choices() -> list[tuple[str, str | Promise]]:
    """Return what a person may choose; each language is named as it names itself."""
    return [("", _("As my browser asks for")), *settings.LANGUAGES]


def receivers_language(profile: LearnerProfile) -> AbstractContextManager[None]:
    """Return a context in which words are in the language of who will read them."""
    chosen = profile.interface_language
    known = is_interface_language(chosen)
    return translation.override(chosen if known else settings.LANGUAGE_CODE)
