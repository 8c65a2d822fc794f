"""The replies that face workers keep up with, shared by all web processes."""

from __future__ import annotations

from inference.transport.fleet import Fleet
from inference.transport.shared_streams import SharedStreams

from .face_workers import faces_of


class VideoPlaces:
    """As workers and other processes said lately; waits for nobody."""

    def __init__(self, fleet: Fleet, shared: SharedStreams) -> None:
        self._fleet = fleet
        self._shared = shared

    @property
    def all(self) -> int:
        """How many replies all workers keep up with at the same time; 0: none is there."""
        return sum(face.streams for face in faces_of(self._fleet))

    @property
    def elsewhere(self) -> int:
        """How many replies other processes have going on."""
        return self._shared.others

    def tell(self, taken: int) -> None:
        """Say how many this process has going on."""
        self._shared.mine = taken
