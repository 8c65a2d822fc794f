"""What in a text has no sound of its own: quotation marks, emoji, invisible signs."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import lru_cache

# Signs that look different and mean the same.
_SAME = str.maketrans(
    {
        **dict.fromkeys("‘’‛ʼʹ′`´＇", "'"),
        **dict.fromkeys("“”„‟«»″", '"'),
        **dict.fromkeys("‐‑‒–—―−", "-"),
        "⁄": "/",
        "…": ".",
        "ı": "i",
    }
)
# Symbols that are read aloud; currency signs are a category of their own.
_READ = frozenset("°%&+=@#*/<>×÷-'\".,:;!?()[]$^_")
_DROPPED = frozenset({"So", "Sk", "Cf", "Cc", "Cs", "Co", "Cn", "Me", "Zl", "Zp", "Zs"})
_OPENING = "\"'([{<*_~-¿¡.,:;!?/\\|^"
_CLOSING = "\"')]}>*_~-.,:;!?…/\\|^"
_ENDS_CLAUSE = frozenset(".,:;!?)]-")
_LONE_SIGNS = frozenset("-+=&@*<>")


@dataclass(frozen=True, slots=True)
class Core:
    """What of a token may be spoken, and the punctuation behind it."""

    text: str
    tail: str = ""

    @property
    def dotted(self) -> bool:
        """Whether a full stop follows, of a sentence or of an abbreviation."""
        return self.tail.startswith(".")

    def pauses(self, *, abbreviated: bool) -> bool:
        """Whether punctuation makes a speaker pause here.

        ``abbreviated`` says that one full stop belongs to the word ("Mr.").
        """
        tail = self.tail[1:] if abbreviated and self.dotted else self.tail
        return any(character in _ENDS_CLAUSE for character in tail)


@lru_cache(maxsize=4096)
def core_of(token: str) -> Core:
    """Return what of a token may be spoken; its text is ``""`` if nothing is.

    Outer punctuation goes, except what belongs to a word: "'tis", "dogs'", "-5".
    """
    plain = _plain(token)
    text = plain.lstrip(_OPENING)
    lead = plain[: len(plain) - len(text)]
    text = text.rstrip(_CLOSING)
    if not text:
        # A sign that stands alone may be a word.
        return Core(plain if plain in _LONE_SIGNS else "")
    tail = plain[len(lead) + len(text) :]
    if lead.endswith("'") and not tail.startswith("'"):
        text = "'" + text
    elif lead.endswith("-") and text[0].isdigit():
        text = "-" + text
    elif not lead and text[-1] in "sn" and tail.startswith("'"):
        text, tail = text + "'", tail[1:]
    return Core(text, tail)


def folded(word: str) -> str:
    """Return a word as dictionaries list it."""
    return word.lower()


def _plain(token: str) -> str:
    composed = unicodedata.normalize("NFKC", token.translate(_SAME)).translate(_SAME)
    return "".join(
        character
        for character in composed
        if character in _READ or unicodedata.category(character) not in _DROPPED
    )


def without_accents(word: str) -> str:
    """Return "cafe" for "café"."""
    decomposed = unicodedata.normalize("NFD", word)
    return "".join(c for c in decomposed if not unicodedata.combining(c))


@lru_cache(maxsize=2048)
def is_latin(word: str) -> bool:
    """Whether all letters are of the script that the taught languages are written in."""
    return all(
        unicodedata.name(character, "").startswith("LATIN ")
        for character in word
        if character.isalpha()
    )
