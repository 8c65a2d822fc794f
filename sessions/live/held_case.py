"""A sound over the tutor's voice that is not decided yet."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from sessions.turns.context import SpokenInput, TurnContext
from sessions.turns.segmenter import UtteranceCut

# Voice that the segmenter has heard before it says that speech began.
BEGUN_MS = 64.0


@dataclass(slots=True)
class Case:
    """A sound that is not decided yet, over the reply of ``ctx``.

    ``cut`` is the utterance where it ended before its words were known.
    """

    ctx: TurnContext
    nearly_over: bool
    heard_at: float
    echo: float
    voiced_ms: float = BEGUN_MS
    silence_ms: float = 0.0
    text: str | None = None
    partial: tuple[str, str] = ("", "")
    cut: tuple[SpokenInput, UtteranceCut] | None = None
    listener: asyncio.Task[None] | None = None
    timer: asyncio.TimerHandle | None = None
