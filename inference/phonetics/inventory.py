"""The phonemes of each taught language, and English ones as ARPAbet writes them."""

from __future__ import annotations

from .features import FEATURES

# ARPAbet -> IPA. AH and ER have a second, unstressed form.
_ARPABET: dict[str, str] = {
    "AA": "ɑ", "AE": "æ", "AH": "ʌ", "AO": "ɔ", "AW": "aʊ", "AY": "aɪ", "B": "b",
    "CH": "tʃ", "D": "d", "DH": "ð", "EH": "ɛ", "ER": "ɝ", "EY": "eɪ", "F": "f",
    "G": "ɡ", "HH": "h", "IH": "ɪ", "IY": "i", "JH": "dʒ", "K": "k", "L": "l",
    "M": "m", "N": "n", "NG": "ŋ", "OW": "oʊ", "OY": "ɔɪ", "P": "p", "R": "ɹ",
    "S": "s", "SH": "ʃ", "T": "t", "TH": "θ", "UH": "ʊ", "UW": "u", "V": "v",
    "W": "w", "Y": "j", "Z": "z", "ZH": "ʒ",
}  # fmt: skip
_REDUCED = {"AH": "ə", "ER": "ɚ"}
_IPA_TO_ARPABET = {ipa: name for name, ipa in (*_ARPABET.items(), *_REDUCED.items())}

# The acoustic classes of English in the order of a model's outputs. Two phonemes that
# differ in stress alone (ʌ and ə, ɝ and ɚ) are one class.
EN_PHONES: tuple[str, ...] = tuple(_ARPABET)
_CLASSES = {ipa: EN_PHONES.index(name) for ipa, name in _IPA_TO_ARPABET.items()}

_INVENTORIES: dict[str, tuple[str, ...]] = {
    "en": (*_ARPABET.values(), *_REDUCED.values()),
    # β, ð, ɣ are what b, d, ɡ become between vowels: another sound, so another symbol.
    "es": (
        "a", "e", "i", "o", "u", "j", "w", "p", "b", "β", "t", "d", "ð", "k", "ɡ", "ɣ",
        "tʃ", "f", "θ", "s", "z", "x", "ʝ", "m", "n", "ɲ", "ŋ", "l", "ʎ", "ɾ", "r", "ʃ",
    ),
    "fr": (
        "a", "ɑ", "e", "ɛ", "i", "o", "ɔ", "u", "y", "ø", "œ", "ə",
        "ɑ̃", "ɛ̃", "ɔ̃", "œ̃", "j", "w", "ɥ", "p", "b", "t", "d", "k", "ɡ", "f", "v",
        "s", "z", "ʃ", "ʒ", "tʃ", "dʒ", "m", "n", "ɲ", "ŋ", "l", "ʁ", "h",
    ),
    "de": (
        "a", "aː", "ɛ", "ɛː", "eː", "ə", "ɐ", "ɪ", "iː", "ɔ", "oː", "ʊ", "uː", "œ", "øː",
        "ʏ", "yː", "aɪ", "aʊ", "ɔʏ", "ɑ̃", "ɛ̃", "ɔ̃", "p", "b", "t", "d", "k", "ɡ",
        "pf", "ts", "tʃ", "dʒ", "f", "v", "s", "z", "ʃ", "ʒ", "ç", "x", "h", "m", "n", "ŋ",
        "l", "ʁ", "j", "w", "θ", "ð",
    ),
}  # fmt: skip

LANGUAGES: frozenset[str] = frozenset(_INVENTORIES)


def phonemes(language: str) -> tuple[str, ...]:
    """Return the phonemes of a language, in a fixed order.

    ``language`` is a BCP 47 tag; only its primary part counts. Raises KeyError for a
    language without an inventory.
    """
    return _INVENTORIES[primary_tag(language)]


def primary_tag(language: str) -> str:
    """Return the language of a BCP 47 tag without region and script: ``en-GB``, ``en``."""
    return language.replace("_", "-").partition("-")[0].lower()


def from_arpabet(phone: str) -> tuple[str, int]:
    """Return phoneme and stress of one ARPAbet phone: ``AH0`` is ``("ə", 0)``.

    A vowel without a stress digit has none. Raises KeyError for anything else.
    """
    name = phone.rstrip("012")
    stress = int(phone[len(name) :] or 0)
    if stress == 0 and name in _REDUCED:
        return _REDUCED[name], 0
    return _ARPABET[name], stress


def to_arpabet(phoneme: str, stress: int = 0) -> str:
    """Return the ARPAbet phone of an English phoneme; vowels carry their stress.

    Raises KeyError for a phoneme that English does not have.
    """
    name = _IPA_TO_ARPABET[phoneme]
    return f"{name}{stress}" if is_vowel(phoneme) else name


def acoustic_class(phoneme: str) -> int:
    """Return the index in ``EN_PHONES`` of an English phoneme. Raises KeyError."""
    return _CLASSES[phoneme]


def class_phoneme(index: int) -> str:
    """Return the phoneme that stands for an acoustic class: the stressed one."""
    return _ARPABET[EN_PHONES[index]]


def is_vowel(phoneme: str) -> bool:
    """Whether a phoneme makes a syllable. Raises KeyError for an unknown symbol."""
    return FEATURES[phoneme].vowel
