"""MBROLA's voices and how each writes phonemes."""

from __future__ import annotations

_SPANISH = {
    "β": "b", "ð": "d", "ɣ": "g", "ɡ": "g", "tʃ": "tS", "θ": "T", "ʝ": "jj", "ɲ": "J",
    "ŋ": "n", "ʎ": "L", "ɾ": "r", "r": "rr", "j": "i", "w": "u",
}  # fmt: skip
_AMERICAN = {sound: sign for sound, sign in _SPANISH.items() if sound not in "θʎ"}
_FRENCH = {
    "ɡ": "g", "ʁ": "R", "ʃ": "S", "ʒ": "Z", "ɥ": "H", "ŋ": "N", "ɛ": "E", "ɔ": "O",
    "ø": "2", "œ": "9", "ə": "@", "ɑ̃": "a~", "ɛ̃": "e~", "ɔ̃": "o~", "œ̃": "9~", "ɲ": "n j",
    "tʃ": "t S", "dʒ": "d Z",
}  # fmt: skip
_GERMAN = {
    "ɡ": "g", "ʁ": "R", "ʃ": "S", "ʒ": "Z", "ç": "C", "ŋ": "N", "ɛ": "E", "ɔ": "O", "ə": "@",
    "ɐ": "6", "ɪ": "I", "ʊ": "U", "œ": "9", "ʏ": "Y", "aː": "a:", "ɛː": "E:", "eː": "e:",
    "iː": "i:", "oː": "o:", "uː": "u:", "øː": "2:", "yː": "y:", "aɪ": "aI", "aʊ": "aU",
    "ɔʏ": "OY", "tʃ": "tS", "dʒ": "d Z", "pf": "p f",
}  # fmt: skip
_PLAIN = frozenset((
    "a", "e", "i", "o", "u", "y", "p", "b", "t", "d", "k", "f", "v", "s", "z", "x", "h",
    "m", "n", "l", "j", "w", "ts",
))  # fmt: skip
VOICES: dict[str, dict[str, dict[str, str]]] = {
    "es": {
        "es1": _SPANISH, "es3": _SPANISH, "es4": _SPANISH, "es2": _AMERICAN, "mx1": _AMERICAN
    },
    "fr": dict.fromkeys(("fr1", "fr2", "fr4", "fr6"), _FRENCH),
    "de": dict.fromkeys(("de1", "de2", "de6", "de7"), _GERMAN),
}  # fmt: skip
# Letters of the Spanish databases that no entry above stands for.
_NOT_SPANISH = frozenset(["y", "v", "z", "h", "j", "w", "ts"])
FEMALE = frozenset(["es3", "fr2", "fr4", "de1", "de7"])


def sayable(language: str, voice: str, phoneme: str) -> str | None:
    """Return how a voice writes a phoneme, or None."""
    written = VOICES[language][voice].get(phoneme)
    if written is not None:
        return written
    plain = _PLAIN - _NOT_SPANISH if language == "es" else _PLAIN
    return phoneme if phoneme in plain else None
