"""Where the catalogues lie, and which of them have to be compiled. Standard library only."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
LOCALE = ROOT / "locale"
# Folder names; English is what the code itself speaks.
LANGUAGES = ("de", "es", "fr", "ja", "zh_Hans")
# What the server says, and what scripts in the browser say.
DOMAINS = ("django", "djangojs")


def po_path(language: str, domain: str, folder: Path = LOCALE) -> Path:
    """Return the catalogue that people edit."""
    return folder / language / "LC_MESSAGES" / f"{domain}.po"


def catalogues(folder: Path = LOCALE) -> Iterator[tuple[str, str, Path]]:
    """Yield language, domain and path of each catalogue."""
    for language in LANGUAGES:
        for domain in DOMAINS:
            yield language, domain, po_path(language, domain, folder)


def changed(folder: Path = LOCALE) -> list[Path]:
    """Return the catalogues that are not compiled, or were changed since."""
    return [
        path
        for _language, _domain, path in catalogues(folder)
        if path.is_file() and not _is_fresh(path)
    ]


def _is_fresh(path: Path) -> bool:
    compiled = path.with_suffix(".mo")
    return compiled.is_file() and compiled.stat().st_mtime >= path.stat().st_mtime
