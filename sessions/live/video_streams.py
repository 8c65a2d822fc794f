"""How many replies of the whole server are being made into video at the same time."""

from __future__ import annotations

from typing import Protocol


class Places(Protocol):
    """What is known of the workers' places."""

    @property
    def all(self) -> int:
        """How many replies they keep up with; 0 while none is there."""

    @property
    def elsewhere(self) -> int:
        """How many of these other processes have."""

    def tell(self, taken: int) -> None:
        """Say how many this process has."""


class VideoStreams:
    """A bounded number of places, used from the event loop only."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.taken = 0

    @property
    def has_any(self) -> bool:
        """Whether there is, or may soon be, video at all."""
        return self.limit > 0

    @property
    def is_down(self) -> bool:
        """Whether there is no video just now that comes back by itself."""
        return False

    def take(self) -> bool:
        """Take a place; False when there is none."""
        if self.taken >= self.limit:
            return False
        self.taken += 1
        return True

    def give_back(self) -> None:
        """Free a place that was taken."""
        self.taken -= 1


class WorkersStreams(VideoStreams):
    """The places of face workers, which come and go, shared with other processes.

    ``most`` is the most that all processes take together; 0: as many as there are.
    """

    def __init__(self, places: Places, most: int) -> None:
        super().__init__(limit=most)
        self._places = places
        self._most = most

    @property
    def has_any(self) -> bool:
        """Whether there may be video: workers come by themselves."""
        return True

    @property
    def is_down(self) -> bool:
        """Whether no worker is there."""
        return self._places.all == 0

    def take(self) -> bool:
        """Take a place; False when there is none."""
        there = self._places.all
        most = min(there, self._most) if self._most else there
        self.limit = most - self._places.elsewhere
        taken = super().take()
        self._places.tell(self.taken)
        return taken

    def give_back(self) -> None:
        """Free a place that was taken."""
        super().give_back()
        self._places.tell(self.taken)
