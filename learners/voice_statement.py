"""What somebody reads aloud who gives their voice: the consent itself, in its language."""

from __future__ import annotations

from typing import Final

# {name}: who gives the voice; {place}: the school or the site. About fifteen seconds.
_STATEMENTS: Final = {
    "en": (
        "My name is {name}. I give my voice to {place}, so that a computer can speak with "
        "it as a language tutor. It will say sentences that I have never said. I know "
        "that I can take this back at any time, and that my voice is deleted then."
    ),
    "es": (
        "Me llamo {name}. Doy mi voz a {place} para que un ordenador hable con ella como "
        "tutor de idiomas. Dirá frases que yo nunca he dicho. Sé que puedo retirar mi "
        "permiso en cualquier momento y que entonces se borrará mi voz."
    ),
    "fr": (
        "Je m'appelle {name}. Je donne ma voix à {place} pour qu'un ordinateur parle avec "
        "elle comme tuteur de langues. Il dira des phrases que je n'ai jamais dites. Je "
        "sais que je peux revenir sur cet accord à tout moment et que ma voix sera alors "
        "effacée."
    ),
    "de": (
        "Ich heiße {name}. Ich gebe {place} meine Stimme, damit ein Computer mit ihr als "
        "Sprachtutor sprechen kann. Er wird Sätze sagen, die ich nie gesagt habe. Ich "
        "weiß, dass ich das jederzeit zurücknehmen kann und dass meine Stimme dann "
        "gelöscht wird."
    ),
}


def statement(language: str, *, name: str, place: str) -> str:
    """Return what is read aloud. Raises KeyError for a language without a statement."""
    return _STATEMENTS[language].format(name=name, place=place)
