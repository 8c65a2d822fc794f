"""What is wrong with a text that a model made for a learner, if anything."""

from __future__ import annotations

import unicodedata

from tutor.gates.lists import safety_lists
from tutor.gates.reading import read
from tutor.gates.safety import unmasked
from tutor.languages.function_words import LanguageDataError
from tutor.translatable import gettext_noop

from .scripts import in_script, is_foreign, rather_in

# A translation is rarely this much longer; a model that talks on is.
_LONGEST_RATIO, _SPARE_SIGNS = 3.5, 40
# What no help puts into a learner's mouth. Talk of addresses or appointments is the
# learner's own business, unlike the tutor's.
_INDECENT = frozenset({"sexual", "hate", "profanity", "drugs", "self_harm"})


def refused(text: str, answer: str, source: str, target: str) -> str:
    """Return why ``answer`` is no translation of ``text``, ``""`` if it may be one."""
    if not any(sign.isalnum() for sign in answer):
        return gettext_noop("The tutor has no translation now.")
    # A name or a single word can be the same in both languages.
    if same(answer, text) and len(text.split()) > 1:
        return gettext_noop("The tutor did not translate it.")
    if len(answer) > _LONGEST_RATIO * len(text) + _SPARE_SIGNS:
        return gettext_noop(
            "The tutor's answer was no translation, so it is not shown."
        )
    other_letters = not in_script(answer, target) and any(map(str.isalpha, text))
    if other_letters or rather_in(answer, source, target) or is_foreign(answer, target):
        return gettext_noop(
            "The tutor's answer was in another language, so it is not shown."
        )
    return ""


def same(one: str, other: str) -> bool:
    """Whether two texts have the same letters and figures."""
    return _plain(one) == _plain(other)


def indecent(text: str, language: str) -> str:
    """Return what is not fit to be said, as a category of the safety lists, or ``""``.

    A language without lists is not checked.
    """
    try:
        lists = safety_lists(language)
        words = read(text, language).tokens
    except LanguageDataError:
        return ""
    for category in lists.categories:
        found = category.name in _INDECENT
        if found and unmasked(category.phrases, lists.harmless, words):
            return category.name
    return ""


def _plain(text: str) -> str:
    return "".join(
        sign for sign in unicodedata.normalize("NFC", text).casefold() if sign.isalnum()
    )
