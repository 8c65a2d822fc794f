"""Finds words in templates that no translation tag holds."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

from .files import ROOT

_TRANSLATED = re.compile(
    r"{%\s*blocktrans(?:late)?\b.*?{%\s*endblocktrans(?:late)?\s*%}"
    r"|{%\s*block body_class\b.*?{%\s*endblock\b.*?%}"
    r"|{%\s*comment\b.*?{%\s*endcomment\s*%}|{%.*?%}|{{.*?}}|{#.*?#}",
    re.DOTALL,
)
_WORD = re.compile(r"[^\W\d_]{2,}")
# Named alike in every language.
_NAMES = {"CSV", "OpenAPI"}
_SPOKEN = {"alt", "aria-label", "aria-description", "placeholder", "title"}
_NO_WORDS = {"script", "style", "code", "kbd", "svg"}
_VOID = {
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta",
    "source", "track", "wbr", "path", "circle", "rect", "use", "line",
}  # fmt: skip
LEFT_OUT = {
    # Shown by a server in trouble, when nothing can be asked for.
    "500.html",
    # The description of the API, whose fields are English.
    "_api_fields.html",
    # Attributes of the element it is included in.
    "_mouth_places.html",
}


class _Words(HTMLParser):
    """Collects text and spoken attributes outside of elements that name their language."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[int, str]] = []
        self._open: list[tuple[str, bool]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what is spoken of an element, and whether its words count."""
        has_own = tag in _NO_WORDS or any(name == "lang" for name, _ in attrs)
        is_left_out = has_own and tag != "html"
        for name, value in attrs:
            if name in _SPOKEN and not is_left_out:
                self._take(value or "")
        if tag not in _VOID:
            self._open.append((tag, is_left_out))

    def handle_endtag(self, tag: str) -> None:
        """Leave an element, and what was not closed in it."""
        for at in range(len(self._open) - 1, -1, -1):
            if self._open[at][0] == tag:
                del self._open[at:]
                return

    def handle_data(self, data: str) -> None:
        """Take text."""
        if not any(is_left_out for _tag, is_left_out in self._open):
            self._take(data)

    def _take(self, words: str) -> None:
        if _WORD.search(words) and words.strip() not in _NAMES:
            self.found.append((self.getpos()[0], " ".join(words.split())))


def bare_words(root: Path = ROOT) -> list[str]:
    """Return the words of templates that are in English only, a line for each."""
    found = []
    for path in sorted((root / "templates").rglob("*.html")):
        if path.name in LEFT_OUT:
            continue
        name = path.relative_to(root).as_posix()
        found += [
            f"{name}:{line}: not translated: {words!r}"
            for line, words in words_in(path.read_text(encoding="utf-8"))
        ]
    return found


def words_in(template: str) -> list[tuple[int, str]]:
    """Return line and words of each piece of a template that stands outside of tags."""
    parser = _Words()
    # Line breaks stay, so that lines can be named.
    parser.feed(_TRANSLATED.sub(lambda tag: "\n" * tag[0].count("\n"), template))
    parser.close()
    return parser.found
