"""Written text to text that can be spoken: what has no sound is dropped."""

from __future__ import annotations

import html
import re
import unicodedata

_TAG = re.compile(r"</?[A-Za-z][^<>]{0,200}>|<!--.*?-->", re.DOTALL)
_FENCE = re.compile(r"```.*?(```|$)", re.DOTALL)
_IMAGE_OR_LINK = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")
_URL = re.compile(r"(?:https?://|www\.)([\w.-]+)\S*", re.IGNORECASE)
_EMAIL = re.compile(r"\b([\w.+-]+)@([\w-]+(?:\.[\w-]+)+)")
_LINE_MARK = re.compile(r"^\s{0,3}(?:#{1,6}|>+|[-*+•])\s+", re.MULTILINE)
# An underscore inside a word (my_name) reads as a gap; around one it is emphasis.
_EMPHASIS = re.compile(r"[*~`_|\\^{}\[\]<>#=]+")
_QUOTES = str.maketrans(
    {"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‘": "'", "’": "'", "…": "..."}
)
_DASH = re.compile(r"\s+[-–—]+\s+|—|(?<=\D)–(?=\D)")
_ARROW_OR_ROUND = re.compile(r"[()]")
_SPACE = re.compile(r"\s+")
_REPEATED_END = re.compile(r"([!?.,;:])(?:\s*[!?.,;:])+")
_LONE_MARK = re.compile(r"(?:^|(?<=\s))[,;:.!?\"'-]+(?=\s|$)")
_ENGLISH_SHORT_FORMS = (
    (re.compile(r"\bDr\.(?=\s+[A-Z])"), "Doctor"),
    (re.compile(r"\bMr\."), "Mister"),
    (re.compile(r"\bMrs\."), "Missus"),
    (re.compile(r"\bMs\."), "Miz"),
    (re.compile(r"\bProf\."), "Professor"),
    (re.compile(r"\bSt\.(?=\s+[A-Z])"), "Saint"),
    (re.compile(r"\be\.\s?g\.", re.IGNORECASE), "for example"),
    (re.compile(r"\bi\.\s?e\.", re.IGNORECASE), "that is"),
    (re.compile(r"\betc\."), "et cetera"),
    (re.compile(r"\bvs\.?(?=\s)"), "versus"),
    (re.compile(r"\ba\.m\.", re.IGNORECASE), "A M"),
    (re.compile(r"\bp\.m\.", re.IGNORECASE), "P M"),
    (re.compile(r"\s&\s"), " and "),
)


def spoken_text(text: str, language: str = "en") -> str:
    """Return what of ``text`` can be said aloud; empty when nothing can.

    Markup, links' addresses, emoji and direction marks go; words, numbers and the
    punctuation that makes pauses stay. ``language`` is the voice's tag.
    """
    text = html.unescape(_TAG.sub(" ", text))
    text = _FENCE.sub(" ", text)
    text = _IMAGE_OR_LINK.sub(r"\1", text)
    text = _URL.sub(r"\1", text)
    text = _LINE_MARK.sub("", text)
    text = unicodedata.normalize("NFC", text).translate(_QUOTES)
    if language.startswith("en"):
        text = _EMAIL.sub(r"\1 at \2", text)
        for short, spoken in _ENGLISH_SHORT_FORMS:
            text = short.sub(spoken, text)
    text = _DASH.sub(", ", text)
    text = _ARROW_OR_ROUND.sub(", ", text)
    text = _EMPHASIS.sub(" ", text)
    text = "".join(c if _has_sound(c) else " " for c in text)
    text = _LONE_MARK.sub(_closing, _SPACE.sub(" ", text))
    text = re.sub(r"\s+([,.;:!?])", r"\1", text)
    text = _REPEATED_END.sub(_strongest, text)
    text = _SPACE.sub(" ", text).strip(" ,;:-\"'")
    return text if any(c.isalnum() for c in text) else ""


def _has_sound(character: str) -> bool:
    """Letters, marks, numbers, money and punctuation do; symbols and controls do not."""
    category = unicodedata.category(character)
    if "VARIATION SELECTOR" in unicodedata.name(character, ""):
        return False
    return category[0] in "LNP" or category in {"Mn", "Mc", "Sc"} or character in "%+°"


def _closing(mark: re.Match[str]) -> str:
    """Keep of a mark that stands alone what still makes a pause."""
    return "".join(c for c in mark.group() if c in ",.!?")


def _strongest(marks: re.Match[str]) -> str:
    """Of several marks in a row, the one that sets the melody."""
    return next((c for c in "?!.;:," if c in marks.group()), ".")
