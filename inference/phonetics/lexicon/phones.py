"""Questions about ARPAbet phones that several rules ask."""

from __future__ import annotations

Phones = tuple[str, ...]

VOICELESS = frozenset(["CH", "F", "HH", "K", "P", "S", "SH", "T", "TH"])
OBSTRUENTS = VOICELESS | frozenset(["B", "D", "DH", "G", "JH", "V", "Z", "ZH"])


def is_vowel(phone: str) -> bool:
    """Whether an ARPAbet phone is a vowel: these carry a stress digit."""
    return phone[-1] in "012"


def is_unstressed(phone: str) -> bool:
    """Whether it is a vowel without stress."""
    return phone[-1] == "0"


def base(phone: str) -> str:
    """Return the phone without its stress."""
    return phone.rstrip("012")
