"""Whether a text may stand in an exercise, by the lists that also guard the tutor's talk."""

from __future__ import annotations

from tutor.gates.lists import safety_lists
from tutor.gates.reading import read
from tutor.gates.safety import unmasked
from tutor.languages.function_words import LanguageDataError
from tutor.learner import Learner


def unfit(text: str, learner: Learner) -> str:
    """Return the name of what is unfit about a text for a learner, ``""`` if nothing is.

    A language without lists cannot be checked: ``"unchecked"``.
    """
    try:
        lists = safety_lists(learner.l2)
        words = read(text, learner.l2).tokens
    except LanguageDataError:
        return "unchecked"
    for category in lists.categories:
        applies = category.for_all or learner.minor
        if applies and unmasked(category.phrases, lists.harmless, words):
            return category.name
    return ""
