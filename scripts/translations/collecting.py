"""Finds the texts of the interface in Python, templates and browser modules."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from io import BytesIO
from pathlib import Path

import django
from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from django.conf import settings
from django.utils.translation.template import templatize

from .files import ROOT

PACKAGES = (
    "tutorplatform", "connect", "operations", "coursework", "sessions", "learners",
    "schools", "lessons", "inference", "tutor",
)  # fmt: skip
_NOTES = ("Translators:",)
_ONE: dict[str, tuple[int | tuple[int, str], ...] | None] = dict.fromkeys(
    ("_", "gettext", "gettext_lazy", "gettext_noop")
)
KEYWORDS = {
    **_ONE,
    **dict.fromkeys(("ngettext", "ngettext_lazy"), (1, 2)),
    **dict.fromkeys(("pgettext", "pgettext_lazy"), ((1, "c"), 2)),
    **dict.fromkeys(("npgettext", "npgettext_lazy"), ((1, "c"), 2, 3)),
}
_CALLS = re.compile(rb"\b(?:_|\w*gettext\w*)\(")
_TAGS = re.compile(rb"{%-?\s*(?:blocktrans|trans)|_\(")


@cache
def collect(domain: str, root: Path = ROOT) -> Catalog:
    """Return the texts of a domain, without translations."""
    catalogue = Catalog(fuzzy=False)
    found = _browser_texts(root) if domain == "djangojs" else _server_texts(root)
    for name, message, notes, context in found:
        catalogue.add(
            message, locations=[(name, 0)], auto_comments=notes, context=context
        )
    return catalogue


_Found = tuple[str, "str | tuple[str, ...]", list[str], "str | None"]


def _server_texts(root: Path) -> Iterator[_Found]:
    for package in PACKAGES:
        for path in sorted((root / package).rglob("*.py")):
            if "migrations" not in path.parts and _CALLS.search(path.read_bytes()):
                yield from _texts(root, path, "python", path.read_bytes())
    if not settings.configured:
        # Lexing a template asks for it.
        settings.configure()
        django.setup()
    for path in sorted((root / "templates").rglob("*")):
        if path.suffix in {".html", ".txt"} and _TAGS.search(path.read_bytes()):
            calls = templatize(path.read_text(encoding="utf-8"), str(path))
            # Indented as the template was, it would not be Python.
            lines = "\n".join(line.strip() for line in calls.splitlines())
            yield from _texts(root, path, "python", lines.encode())


def _browser_texts(root: Path) -> Iterator[_Found]:
    folders = [root / "static", *(root / name / "static" for name in PACKAGES)]
    for folder in folders:
        for path in sorted(folder.rglob("*.js")):
            if "vendor" not in path.parts and _CALLS.search(path.read_bytes()):
                yield from _texts(root, path, "javascript", path.read_bytes())


def _texts(root: Path, path: Path, method: str, source: bytes) -> Iterator[_Found]:
    name = path.relative_to(root).as_posix()
    options = {"encoding": "utf-8", "parse_template_string": True}
    for _line, message, notes, context in extract(
        method, BytesIO(source), KEYWORDS, _NOTES, options
    ):
        yield name, message, notes, context
