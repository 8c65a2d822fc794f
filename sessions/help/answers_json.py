"""Help as the page gets it: texts with where they come from and how far to believe them."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lessons.levels import language_name
from tutor.help import Gloss, Grade, HelpText

_PARTS = {
    "noun": _("noun"),
    "verb": _("verb"),
    "adj": _("adjective"),
    "adv": _("adverb"),
}
_BY_MODEL = _("Written by a machine. It may be wrong.")
_TRANSLATED = {
    Grade.STRONG: _("Machine translation."),
    Grade.FAIR: _("Machine translation by a small model. It may be wrong."),
    Grade.WEAK: _(
        "Machine translation by a small model that knows little %(language)s. It is"
        " often wrong."
    ),
}


def gloss_json(gloss: Gloss) -> dict[str, Any]:
    """Return what a word means, the most usual meaning first."""
    return {
        "word": gloss.word,
        "meanings": [
            {
                "text": meaning.text,
                "part": _PARTS.get(meaning.part, ""),
                "example": meaning.example,
            }
            for meaning in gloss.meanings
        ],
        "language": gloss.language,
        "source": gloss.source.value,
        "note": _BY_MODEL if gloss.source.machine_made else "",
        "attribution": gloss.attribution,
        "missing": gettext(gloss.missing) if gloss.missing else "",
    }


def text_json(found: HelpText) -> dict[str, Any]:
    """Return a text; ``note`` says how far it is to be believed, ``""`` fully."""
    return {
        "text": found.text,
        "language": found.language,
        "source": found.source.value,
        "note": _BY_MODEL if found.source.machine_made else "",
        "missing": gettext(found.missing) if found.missing else "",
    }


def translation_json(found: HelpText, grade: Grade, l1: str) -> dict[str, Any]:
    """Return a translation from or into ``l1``, marked as what it is."""
    note = (
        str(_TRANSLATED[grade]) % {"language": language_name(l1)} if found.text else ""
    )
    return {**text_json(found), "note": note}
