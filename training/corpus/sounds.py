"""Finds the sound of each utterance: the file whose name is the utterance's id."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from .reading import CorpusError, Reading

SUFFIXES = (".flac", ".opus", ".wav")


def in_corpus(reading: Reading) -> Path:
    """Return the file where the corpus keeps it. Raises CorpusError if there is none."""
    for path in _spellings(reading.audio):
        if path.is_file():
            return path
    raise CorpusError(f"{reading.id}: no sound at {reading.audio} ({_kinds()})")


def in_folder(folder: Path) -> Callable[[Reading], Path]:
    """Return what finds sounds in a folder of any depth. Raises CorpusError."""
    if not folder.is_dir():
        raise CorpusError(f"{folder}: no such folder of sounds")
    files = {
        path.stem: path
        for path in sorted(folder.rglob("*"))
        if path.suffix.lower() in SUFFIXES
    }

    def find(reading: Reading) -> Path:
        if reading.id not in files:
            raise CorpusError(f"{folder}: no file named {reading.id} ({_kinds()})")
        return files[reading.id]

    return find


def _spellings(path: Path) -> list[Path]:
    if path.suffix.lower() in SUFFIXES:
        return [path]
    return [path.with_name(path.name + suffix) for suffix in SUFFIXES]


def _kinds() -> str:
    return ", ".join(SUFFIXES)
