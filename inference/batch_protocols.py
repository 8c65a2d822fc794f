"""What engines can be asked that take the work of several learners at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, runtime_checkable

from .errors import StageError
from .protocols import Cancelled, Transcriber
from .types.speech import TranscribeRequest, Transcript


@runtime_checkable
class BatchTranscriber(Transcriber, Protocol):
    """Speech to text of several clips in one go."""

    def transcribe_batch(
        self,
        requests: Sequence[TranscribeRequest],
        *,
        cancelled: Sequence[Cancelled] = (),
    ) -> list[Transcript | StageError]:
        """Recognise clips; each answer is what ``transcribe`` would return or raise.

        ``cancelled`` has one for each clip, or none at all. More clips than
        ``capabilities.batch`` are taken in turns.
        """
        ...
