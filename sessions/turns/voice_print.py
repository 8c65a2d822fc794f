"""The learner's voice in one sitting. It identifies a person: it is never stored."""

from __future__ import annotations

# Older utterances fade once there are so many: voices change over an evening.
MAX_COUNT = 20


class VoicePrint:
    """The running mean of the voice prints of one sitting, in memory only."""

    def __init__(self) -> None:
        self._mean: tuple[float, ...] | None = None
        self._count = 0

    @property
    def value(self) -> tuple[float, ...] | None:
        """The mean so far; None before anybody was heard."""
        return self._mean

    def add(self, voice: tuple[float, ...]) -> None:
        """Take in another utterance. A print of another length starts anew."""
        if self._mean is None or len(self._mean) != len(voice):
            self._mean, self._count = voice, 1
            return
        self._count = min(self._count + 1, MAX_COUNT)
        self._mean = tuple(
            mean + (new - mean) / self._count
            for mean, new in zip(self._mean, voice, strict=True)
        )
