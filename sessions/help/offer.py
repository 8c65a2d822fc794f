"""What help there is between two languages on this site."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings

from tutor.help import Grade, grade, name
from tutor.languages.function_words import primary


@dataclass(frozen=True, slots=True)
class Offer:
    """Help for learners of ``l2`` who speak ``l1``.

    ``translates``: lines and words into the first language, and how to say something.
    ``eager``: words are translated at once; a weak model is asked only on request.
    """

    l1: str
    l2: str
    grade: Grade
    translates: bool

    @property
    def eager(self) -> bool:
        """Whether a word's translation is worth asking for before anybody wants it."""
        return self.translates and self.grade is not Grade.WEAK

    @property
    def l1_name(self) -> str:
        """The first language's English name."""
        return name(self.l1)


def offer(l1: str, l2: str) -> Offer:
    """Return what the settings allow. Raises ValueError for a value they do not know."""
    allowed = settings.HELP["TRANSLATION"]
    if allowed not in {"all", "fair", "none"}:
        raise ValueError(f"TUTOR_HELP_TRANSLATION {allowed!r}: all, fair or none")
    found = grade(l1, l2, strong=settings.TEACHING["TRUST"] == "strong")
    good_enough = allowed == "all" or found is not Grade.WEAK
    return Offer(
        l1=primary(l1),
        l2=primary(l2),
        grade=found,
        translates=allowed != "none" and good_enough and primary(l1) != primary(l2),
    )
