"""What a reader of a language knows that letters do not say: signs, units, shortenings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

Reading = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LanguageTable:
    """The words of one language for what is written without letters, or shortened.

    ``money`` and ``units`` give singular and plural. In ``abbreviations`` the readings
    are separated by semicolons. ``spelled`` are abbreviations in capitals that are
    also words ("IT"); others are spelled when no dictionary has them.
    """

    decimal: str
    thousands: str
    point: str
    minus: str
    percent: Reading
    to: str
    signs: Mapping[str, str]
    money: Mapping[str, tuple[str, str]]
    units: Mapping[str, tuple[str, str]]
    abbreviations: Mapping[str, str]
    months: frozenset[str]
    scales: frozenset[str] = frozenset()
    spelled: frozenset[str] = field(default_factory=frozenset)
    address: Mapping[str, str] = field(default_factory=dict)
    vowels: str = "aeiouy"

    def symbol(self, sign: str, *, alone: bool) -> Reading | None:
        """Return the words of a sign; ``()`` if it is silent, None if it is no sign.

        Inside a word ("and/or") only some signs are read.
        """
        if sign in self.money and alone:
            return tuple(self.money[sign][1].split())
        if sign == "%":
            return self.percent
        word = self.signs.get(sign)
        if word is None:
            return () if sign in ("-", "*", "<", ">") else None
        return tuple(word.split()) if alone or sign in "&+@" else None

    def abbreviation(self, core: str) -> tuple[Reading, ...]:
        """Return the readings of an abbreviation; none if it is not one."""
        lowered = core.lower()
        found = self.abbreviations.get(lowered) or self.abbreviations.get(
            lowered.rstrip(".")
        )
        if found is None or (core.isupper() and len(core.rstrip(".")) > 2):
            return ()
        return tuple(tuple(words.split()) for words in found.split(";"))

    def unit_behind(self, word: str, number: str) -> Reading:
        """Return the words of a unit or amount that stands behind its number.

        "5 km"; and of "$5 million", where the currency comes last. ``()`` for none.
        """
        last = number[-1:]
        if word.lower() in self.scales and (sign := self._currency(number)):
            return (word.lower(), *self.money[sign][1].split())
        if not last.isdigit() or word not in self.units or not word.islower():
            return ()
        return tuple(self.units[word][number != "1"].split())

    def _currency(self, amount: str) -> str | None:
        return next((sign for sign in self.money if sign in amount), None)

    def is_month(self, word: str) -> bool:
        """Whether a word is a month's name, in full or shortened."""
        return word.lower().rstrip(".") in self.months

    def is_spelled(self, word: str) -> bool:
        """Whether these capitals are spelled although they look like a word."""
        return word in self.spelled

    def address_sign(self, sign: str) -> Reading:
        """Return the words of a sign in a web address."""
        return tuple(self.address.get(sign, "").split())

    def can_be_said(self, word: str) -> bool:
        """Whether letters look like a word: they have a vowel."""
        return any(character in self.vowels for character in word)
