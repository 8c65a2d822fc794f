"""Brings the catalogues in step with the texts found in the code."""

from __future__ import annotations

from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

from .collecting import collect
from .files import LOCALE, catalogues

HEADER = "# Texts of the interface. See docs/translating.md."


def update(folder: Path = LOCALE) -> list[str]:
    """Add what is new, drop what is gone, keep every translation. Return a line for each."""
    lines = []
    for language, domain, path in catalogues(folder):
        catalogue = read(path, language, domain)
        catalogue.update(collect(domain), no_fuzzy_matching=True)
        catalogue.obsolete.clear()
        write(path, catalogue)
        done = sum(1 for message in catalogue if message.id and is_translated(message))
        total = sum(1 for message in catalogue if message.id)
        lines.append(f"{language} {domain}: {done} of {total} translated")
    return lines


def read(path: Path, language: str, domain: str) -> Catalog:
    """Return a catalogue, an empty one where there is none yet."""
    if not path.is_file():
        return Catalog(locale=language, domain=domain, fuzzy=False)
    with path.open("rb") as file:
        return read_po(file, locale=language, domain=domain)


def write(path: Path, catalogue: Catalog) -> None:
    """Write a catalogue without dates and line numbers: what did not change looks so."""
    catalogue.header_comment = HEADER
    catalogue.fuzzy = False
    fields = {"Language", "Plural-Forms", "MIME-Version", "Content-Type"}
    headers = [pair for pair in catalogue.mime_headers if pair[0] in fields]
    header = "\n".join(f'"{name}: {value}\\n"' for name, value in headers)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        file.write(f'{HEADER}\nmsgid ""\nmsgstr ""\n{header}\n\n'.encode())
        write_po(
            file,
            catalogue,
            width=100,
            omit_header=True,
            sort_by_file=True,
            include_lineno=False,
            ignore_obsolete=True,
        )


def is_translated(message: object) -> bool:
    """Tell whether all forms of a message have words."""
    string = getattr(message, "string", "")
    forms = string if isinstance(string, list | tuple) else (string,)
    return bool(forms) and all(forms)
