"""Captions of a clip, as WebVTT (https://www.w3.org/TR/webvtt1/)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Cue:
    """A line, and when it is said."""

    text: str
    start_ms: int
    end_ms: int


def as_webvtt(cues: Iterable[Cue]) -> str:
    """Return the file of captions; what would end or mark up a cue is escaped."""
    blocks = ["WEBVTT"]
    for cue in cues:
        times = f"{_clock(cue.start_ms)} --> {_clock(cue.end_ms)}"
        text = " ".join(cue.text.split())
        for plain, escaped in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;")):
            text = text.replace(plain, escaped)
        blocks.append(f"{times}\n{text}")
    return "\n\n".join(blocks) + "\n"


def _clock(ms: int) -> str:
    seconds, ms = divmod(ms, 1000)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02}:{minutes:02}:{seconds:02}.{ms:03}"
