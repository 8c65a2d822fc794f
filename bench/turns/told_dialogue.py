"""A dialogue model that says what the benchmark tells it to, each talk for itself."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from inference.protocols import Cancelled
from inference.types.dialogue import DialogueRequest, ReplyDelta

OTHERWISE = "I see. Thank you."


class ToldDialogue:
    """Says the text of ``folder/<talk>.txt``, at once."""

    def __init__(self, folder: str) -> None:
        self._folder = Path(folder)

    def warm(self) -> None:
        """Nothing to load."""

    def close(self) -> None:
        """Nothing to free."""

    def respond(
        self, request: DialogueRequest, *, cancelled: Cancelled
    ) -> Iterator[ReplyDelta]:
        """Say what is told; a prefill (``max_tokens=0``) says nothing."""
        if request.max_tokens == 0 or cancelled.is_set():
            return
        told = self._folder / f"{request.conversation}.txt"
        words = told.read_text("utf-8") if told.exists() else OTHERWISE
        for i, word in enumerate(words.split()):
            yield ReplyDelta(word if i == 0 else f" {word}")

    def release(self, conversation: str) -> None:
        """Nothing is kept."""
