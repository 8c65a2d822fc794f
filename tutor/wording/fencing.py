"""The learner's words between marks that they cannot close: data, never an order."""

from __future__ import annotations

import unicodedata

OPEN = "<<<"
CLOSE = ">>>"
_MOST_LETTERS = 1200
# Signs of fences, of chat templates (<|im_start|>, [INST]) and of headings.
_SIGNS = dict.fromkeys(map(ord, "<>«»‹›＜＞|[]{}#`~*_=\\"), " ")
_SIGNS.update({ord("«"): '"', ord("»"): '"', ord("‹"): '"', ord("›"): '"'})


def harmless(text: str) -> str:
    """Return text on one line, without signs that a chat format could read, cut if long."""
    one_line = "".join(
        " " if unicodedata.category(sign)[0] in "CZ" else sign
        for sign in unicodedata.normalize("NFKC", text[: 2 * _MOST_LETTERS])
    )
    words = " ".join(one_line.translate(_SIGNS).split())
    return (
        words if len(words) <= _MOST_LETTERS else f"{words[:_MOST_LETTERS].rstrip()} …"
    )


def fenced(text: str) -> str:
    """Return the words between the marks."""
    words = harmless(text)
    return f"{OPEN} {words} {CLOSE}" if words else f"{OPEN} {CLOSE}"
