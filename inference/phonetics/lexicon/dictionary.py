"""Looks words up in the built CMU dictionary."""

from __future__ import annotations

import lzma
from functools import lru_cache
from pathlib import Path

from .codes import decode

BUILT = Path(__file__).parents[1] / "data" / "cmudict.xz"

Phones = tuple[str, ...]


class Dictionary:
    """Sorted lines ``word<TAB>code<TAB>code``, searched where they lie.

    The bytes take 2 MB; as Python objects they would take 40. The file is read at the
    first look-up. Safe to use from several threads.
    """

    def __init__(self, path: Path = BUILT) -> None:
        self._path = path
        self._lines: bytes | None = None

    def pronunciations(self, word: str) -> tuple[Phones, ...]:
        """Return the word's pronunciations, most usual first; none if it is unknown.

        ``word`` is lower case; a letter by name is written with a full stop: ``b.``.
        """
        return _decoded(self._codes(word))

    def __contains__(self, word: str) -> bool:
        """Whether the word is listed."""
        return bool(self._codes(word))

    def _codes(self, word: str) -> tuple[str, ...]:
        key = word.encode()
        if not key or b"\n" in key or b"\t" in key:
            return ()
        lines = self._lines
        if lines is None:
            lines = self._lines = b"\n" + lzma.decompress(self._path.read_bytes())
        low, high = 0, len(lines) - 1
        # lines[low] and lines[high] are line ends; the word lies between, if anywhere.
        while low < high:
            start = lines.rfind(b"\n", low, (low + high) // 2 + 1)
            end = lines.find(b"\n", start + 1)
            found, _, codes = lines[start + 1 : end].partition(b"\t")
            if found == key:
                return tuple(codes.decode().split("\t"))
            if found < key:
                low = end
            else:
                high = start
        return ()


@lru_cache(maxsize=4096)
def _decoded(codes: tuple[str, ...]) -> tuple[Phones, ...]:
    return tuple(decode(code) for code in codes)
