"""Compiles the catalogues that changed to what Django reads."""

from __future__ import annotations

import os
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from .files import LOCALE, changed


def compile_changed(folder: Path = LOCALE) -> list[Path]:
    """Write a ``.mo`` beside each catalogue that needs it; return these catalogues."""
    todo = changed(folder)
    for path in todo:
        with path.open("rb") as source:
            catalogue = read_po(source, locale=path.parts[-3])
        # Whole at once: a server may be reading the one before.
        draft = path.with_suffix(f".mo.{os.getpid()}")
        with draft.open("wb") as target:
            write_mo(target, catalogue)
        draft.replace(path.with_suffix(".mo"))
    return todo
