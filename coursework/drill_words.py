"""The two sounds of a drill, named by words that have them."""

from __future__ import annotations

from django.utils.translation import gettext as _

from lessons.sounds.contrast import Contrast
from lessons.sounds.contrast_files import defined_contrasts
from tutor.languages.function_words import primary

from .models import Assignment


def drills_of(l2: str) -> list[Contrast]:
    """Return the contrasts that can be drilled in a language, the most common first."""
    found = defined_contrasts(primary(l2)).values()
    with_words = [one for one in found if one.pairs]
    return sorted(with_words, key=lambda one: -one.weight)


def contrast_words(contrast: Contrast) -> str:
    """Return two words and their sounds, as "think or sink (/θ/, /s/)"."""
    sounds = [f"/{sound}/" for sound in (contrast.sound, contrast.other) if sound]
    if not contrast.pairs:
        return ", ".join(sounds)
    pair = contrast.pairs[0]
    return _("%(one)s or %(other)s (%(sounds)s)") % {
        "one": pair.word,
        "other": pair.other,
        "sounds": ", ".join(sounds),
    }


def sounds_of_drill(assignment: Assignment) -> str:
    """Return the sounds of a drill in words, ``""`` for other work."""
    if not assignment.contrast:
        return ""
    language = primary(assignment.classroom.l2)
    contrast = defined_contrasts(language).get(assignment.contrast)
    return contrast_words(contrast) if contrast else assignment.contrast
