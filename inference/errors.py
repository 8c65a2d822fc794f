"""How a stage fails."""

from __future__ import annotations


class StageError(Exception):
    """A stage could not do its work.

    ``code`` is stable and documented in ``docs/wire_protocol.md``; the message is for
    operators and never holds speech, transcripts or prompts.
    """

    def __init__(self, code: str, message: str, *, retryable: bool = True) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.retryable = retryable


class EngineUnavailable(StageError):
    """An engine cannot be loaded: a library or a weight is missing, or a server is down."""
