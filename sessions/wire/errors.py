"""How a message from the wire is refused."""

from __future__ import annotations

PROTOCOL_VERSION = 1
SUBPROTOCOL = "tutor.v1"

MAX_TEXT_BYTES = 16 * 1024
MAX_BINARY_BYTES = 4 * 1024
MAX_TEXT_CHARS = 2000

CLOSE_BAD_PROTOCOL = 4400
CLOSE_NOT_SIGNED_IN = 4401
CLOSE_NOT_FOUND = 4404
CLOSE_TOO_SLOW = 4408
CLOSE_REPLACED = 4409
CLOSE_ENDED = 4410
CLOSE_NO_ROOM = 4429
CLOSE_UNAVAILABLE = 4503


class WireError(Exception):
    """A message that breaks the protocol.

    ``code`` is one of the documented error codes; the message is for people and never
    repeats what was sent. ``close_code`` is set when the socket has to be closed.
    ``values`` are put where the message says ``%(name)s``, also once it is translated.
    """

    def __init__(
        self, code: str, message: str, *, close_code: int | None = None, **values: int
    ) -> None:
        self.code = code
        self.template = message
        self.values = values
        self.message = message % values
        self.close_code = close_code
        super().__init__(self.message)
