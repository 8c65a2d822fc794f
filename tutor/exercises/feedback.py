"""What the learner is told about an answer, in the language taught."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from pathlib import Path

from tutor.languages.function_words import LanguageDataError, primary, read_yaml

from .schema import Exercise

_PATH = Path(__file__).parent / "feedback.yaml"
_FALLBACK = "en"


class Outcome(StrEnum):
    """How an answer was."""

    RIGHT = "right"
    NEARLY = "nearly"
    WRONG = "wrong"
    EMPTY = "empty"
    OPEN = "open"

    @property
    def rank(self) -> int:
        """Better outcomes have higher ranks."""
        order = (Outcome.EMPTY, Outcome.WRONG, Outcome.OPEN, Outcome.NEARLY)
        return order.index(self) if self in order else len(order)


class Feedback(StrEnum):
    """The reason of a mark. OTHER: right, in other words than the solution's.

    POINT: the mistake that was to be practised came again. REST: the point is right,
    something else differs. OPEN: answered; nobody here judges the language. HEARD: the
    other word of the pair was heard. SHORT, WANTED: an open answer is too short or lacks
    the words asked for. TOLD: an open answer of a lesson is long enough and uses its words.
    PAIRS: some pairs do not belong together. SOUNDS: the words are right, some sounds
    need work.
    """

    RIGHT = "right"
    OTHER = "other"
    ACCENT = "accent"
    TYPO = "typo"
    ARTICLE = "article"
    POINT = "point"
    REST = "rest"
    ORDER = "order"
    MISSING = "missing"
    EXTRA = "extra"
    FORM = "form"
    WORD = "word"
    HEARD = "heard"
    PARTLY = "partly"
    AGAIN = "again"
    SHORT = "short"
    WANTED = "wanted"
    TOLD = "told"
    PAIRS = "pairs"
    SOUNDS = "sounds"
    OPEN = "open"
    EMPTY = "empty"


def worded(
    reason: Feedback, l2: str, expected: str, exercise: Exercise | None = None
) -> str:
    """Return a reason in words; languages without their own get English.

    Without an exercise the place of its wanted words stays open.
    """
    every = feedback_words()
    words = every.get(primary(l2), every[_FALLBACK])[reason]
    if exercise is None:
        return words.replace("{expected}", expected)
    wanted = ", ".join(getattr(exercise, "wanted", ()))
    return words.replace("{expected}", expected).replace("{wanted}", wanted)


@cache
def feedback_words() -> Mapping[str, Mapping[Feedback, str]]:
    """Return the words of every language. Raises LanguageDataError."""
    found: dict[str, dict[Feedback, str]] = {}
    for language, entry in read_yaml(_PATH).items():
        if set(entry) != set(Feedback):
            odd = ", ".join(sorted(set(entry) ^ set(Feedback)))
            raise LanguageDataError(f"{_PATH}: {language}: {odd}: missing or not known")
        found[language] = {Feedback(key): words for key, words in entry.items()}
    return found
