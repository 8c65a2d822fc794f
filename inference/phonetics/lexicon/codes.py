"""The built dictionary's spelling of pronunciations: one character for each phone.

A vowel has a character for each stress. So a dictionary of 126,000 words stays small on
disk and in memory, and a pronunciation is one string until somebody asks for it.
"""

from __future__ import annotations

from ..inventory import EN_PHONES, from_arpabet, is_vowel

_FIRST = ord("0")


def _phones() -> tuple[str, ...]:
    phones: list[str] = []
    for name in EN_PHONES:
        if is_vowel(from_arpabet(name)[0]):
            phones += [f"{name}{stress}" for stress in (0, 1, 2)]
        else:
            phones.append(name)
    return tuple(phones)


_PHONES = _phones()
_CODE_OF = {phone: chr(_FIRST + i) for i, phone in enumerate(_PHONES)}
_PHONE_OF = {code: phone for phone, code in _CODE_OF.items()}


def encode(phones: tuple[str, ...]) -> str:
    """Return the code of ARPAbet phones. Raises KeyError for an unknown phone."""
    return "".join(_CODE_OF[phone] for phone in phones)


def decode(code: str) -> tuple[str, ...]:
    """Return the ARPAbet phones of a code. Raises KeyError for a damaged one."""
    return tuple(_PHONE_OF[character] for character in code)
