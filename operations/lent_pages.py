"""Which pages can be looked at while one sees the site as somebody else.

To look only: nothing is sent, nothing is changed. What a person said word by word, how it
sounded, what their tutor remembers and what concerns their account stays theirs. A page that
is not named here is not shown.
"""

from __future__ import annotations

import re

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
END = "operations:see-as-end"
SIGN_OUT = "account_logout"

_SHOWN = re.compile(
    r"home|today|phrasebook|interface-texts"
    r"|lessons:(course|lesson)-[a-z-]+"
    r"|progress:.+"
    r"|coursework:.+"
    r"|learners:(profile-edit|placement[a-z-]*|class-[a-z-]+|reminders-[a-z]+)"
    r"|sessions:(session-list|session-report|reviews|practice|drill|drill-of|read-aloud"
    r"|mouth-word|mouth-sound|tutor-choice|tutor-picture|device-check|lesson-exercises)"
)
_HIDDEN = re.compile(r".*(audio|sound|voice|export|erase|privacy|consent|recording).*")
# Sound, video, and files to take along.
_HIDDEN_TYPES = ("audio/", "video/", "application/octet-stream", "application/zip")


def can_be_looked_at(view: str) -> bool:
    """Whether a page is shown, by the name of its view."""
    return bool(_SHOWN.fullmatch(view)) and not _HIDDEN.fullmatch(view)


def is_taken_along(content_type: str, disposition: str) -> bool:
    """Whether an answer is a voice, a film or a file."""
    return content_type.startswith(_HIDDEN_TYPES) or "attachment" in disposition
