"""Between what espeak-ng writes and the symbols that Kokoro was trained on."""

from __future__ import annotations

from collections.abc import Container, Sequence

from .piper_phonemes import Counted

# Affricates are one symbol each; both of their letters are seen on the lips.
_JOINED = {"tʃ": "ʧ", "dʒ": "ʤ", "ts": "ʦ", "dz": "ʣ"}
_PARTS = {symbol: letters for letters, symbol in _JOINED.items()}
_SILENT = "_"
_MARKS = frozenset(".,;:!?")


def symbols_of(clauses: Sequence[tuple[str, str]], known: Container[str]) -> list[str]:
    """Return the symbols of clauses with the marks that end them; unknown ones go."""
    symbols: list[str] = []
    for said, mark in clauses:
        for letters, symbol in _JOINED.items():
            said = said.replace(letters, symbol)
        symbols += [*said, *mark.strip(), " "]
    known_ones = [symbol for symbol in symbols if symbol in known]
    while known_ones and known_ones[-1] == " ":
        known_ones.pop()
    return known_ones


def codes_of(symbols: Sequence[str], counts: Sequence[int]) -> list[Counted]:
    """Return sounds with their samples; ``counts`` also has the silence at both ends.

    What the network gave to a mark of stress or length stays with its vowel
    (``ipa_phonemes``).
    """
    codes: list[Counted] = [(_SILENT, counts[0])]
    for symbol, n_samples in zip(symbols, counts[1:-1], strict=True):
        parts = _PARTS.get(symbol, symbol)
        share = n_samples // len(parts)
        codes += [(part, share) for part in parts[:-1]]
        codes.append((parts[-1], n_samples - share * (len(parts) - 1)))
    mark = symbols[-1] if symbols and symbols[-1] in _MARKS else ","
    return [*codes, (_SILENT, counts[-1]), (mark, 0)]
