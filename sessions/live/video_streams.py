"""How many replies of the whole server are being made into video at the same time."""

from __future__ import annotations


class VideoStreams:
    """A bounded number of places, used from the event loop only."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.taken = 0

    def take(self) -> bool:
        """Take a place; False when there is none."""
        if self.taken >= self.limit:
            return False
        self.taken += 1
        return True

    def give_back(self) -> None:
        """Free a place that was taken."""
        self.taken -= 1
