"""A scripted voice that writes down when it was stopped."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from pathlib import Path

from inference.protocols import Cancelled
from inference.types.speech import SpeechChunk, SynthesisRequest
from tests.fakes.engines import ScriptedSynthesizer

# As often as an engine can look up between two steps of a model.
LOOK_S = 0.005


class NotingVoice(ScriptedSynthesizer):
    """Takes ``delay_s`` for a clause; a line of ``notes`` is when one was stopped.

    In seconds of ``time.monotonic``, which all processes of a machine share. ``notes``
    empty: nothing is written.
    """

    def __init__(self, *, delay_s: float, char_ms: float, notes: str = "") -> None:
        super().__init__(char_ms=char_ms)
        self._takes_s = delay_s
        self._notes = notes

    def synthesize(
        self, request: SynthesisRequest, *, cancelled: Cancelled
    ) -> Iterator[SpeechChunk]:
        """Hum one clause."""
        until = time.monotonic() + self._takes_s
        while (left := until - time.monotonic()) > 0:
            if cancelled.is_set():
                self._note(time.monotonic())
                return
            time.sleep(min(LOOK_S, left))
        yield from super().synthesize(request, cancelled=cancelled)

    def _note(self, at: float) -> None:
        if self._notes:
            line = f"{at:.6f}\n".encode()
            # One write of one line: many threads and processes share the file.
            file = os.open(self._notes, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
            os.write(file, line)
            os.close(file)


def stops(notes: Path) -> list[float]:
    """Return when voices were stopped, the earliest first."""
    return (
        sorted(float(line) for line in notes.read_text().split())
        if notes.exists()
        else []
    )
