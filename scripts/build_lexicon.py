"""Builds the compact dictionary of ``inference/phonetics/data`` from CMUdict.

``python -m scripts.build_lexicon cmudict.dict``: any copy of the CMU Pronouncing
Dictionary in its own format. Our additions come on top, and win.
"""

from __future__ import annotations

import argparse
import lzma
import re
from collections.abc import Iterable
from pathlib import Path

from inference.phonetics.lexicon.codes import encode
from inference.phonetics.lexicon.dictionary import BUILT

ADDITIONS = BUILT.with_name("additions.dict")
# Words, letters by name ("b."), and abbreviations; nothing that starts with a sign.
_WORD = re.compile(r"[a-z][a-z'.-]*|'[a-z]+")
_NUMBERED = re.compile(r"\(\d+\)$")

Entries = dict[str, list[str]]


def main() -> None:
    """Read the dictionaries and write the built file."""
    parser = argparse.ArgumentParser(prog="scripts.build_lexicon")
    parser.add_argument("cmudict", type=Path, help="cmudict.dict")
    parser.add_argument("--output", type=Path, default=BUILT)
    options = parser.parse_args()
    entries = read(options.cmudict.read_text("utf-8").splitlines())
    entries |= read(ADDITIONS.read_text("utf-8").splitlines())
    options.output.write_bytes(packed(entries))
    print(f"{len(entries):,} words, {options.output.stat().st_size:,} bytes")


def read(lines: Iterable[str]) -> Entries:
    """Return word -> codes, in the order of the file, each once."""
    entries: Entries = {}
    for line in lines:
        word, _, phones = line.partition("#")[0].strip().partition(" ")
        word = _NUMBERED.sub("", word.lower())
        if _WORD.fullmatch(word) and phones:
            codes = entries.setdefault(word, [])
            code = encode(tuple(phones.split()))
            if code not in codes:
                codes.append(code)
    return entries


def packed(entries: Entries) -> bytes:
    """Return the built file: the same bytes for the same entries."""
    rows = sorted((word.encode(), codes) for word, codes in entries.items())
    lines = b"".join(
        word + b"\t" + "\t".join(codes).encode() + b"\n" for word, codes in rows
    )
    return lzma.compress(lines, preset=9 | lzma.PRESET_EXTREME)


if __name__ == "__main__":
    main()
