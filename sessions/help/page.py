"""What a page must know to offer help."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from lessons.levels import L1_LANGUAGES, language_name

from ..models import TutoringSession
from .offer import offer

_ADDRESSES = {
    "word": "help-word",
    "keep": "help-keep",
    "meaning": "help-meaning",
    "translation": "help-translation",
    "howToSay": "help-how-to-say",
    "corrections": "help-corrections",
    "explanation": "help-explanation",
}
_OWN_NAMES = {language.tag: language.native_name for language in L1_LANGUAGES}


def help_page(session: TutoringSession, *, corrects: bool) -> dict[str, Any]:
    """Return the page's data; ``corrects``: there may be corrections to explain."""
    offered = offer(session.l1, session.l2)
    return {
        "urls": {
            name: reverse(f"sessions:{address}", args=[session.uuid])
            for name, address in _ADDRESSES.items()
        },
        "l1": offered.l1,
        "l1Name": language_name(offered.l1),
        "l1OwnName": _OWN_NAMES.get(offered.l1, offered.l1_name),
        "l2": offered.l2,
        "l2Name": language_name(offered.l2),
        "translates": offered.translates,
        "eager": offered.eager,
        "corrects": corrects,
    }
