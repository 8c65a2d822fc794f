"""Which server process has a talk, where several serve one site.

A live session is in the memory of one process. The database sees to it that only the latest
one writes (``sessions.generations``); this is about good manners: whoever wants to take a
talk up asks the process that has it to let go in an orderly way, and does not wait for one
that is gone.
"""

from __future__ import annotations

from typing import Protocol
from uuid import UUID


class Talks(Protocol):
    """The talks of this process, as others may act on them."""

    async def hand_over(self, uuid: UUID) -> None:
        """Let go of a talk: write what is known, so that another process goes on."""
        ...

    def end_soon(self, uuid: UUID, reason: str) -> None:
        """End a talk if it is here."""
        ...

    async def look_whether_taken(self) -> list[UUID]:
        """Let go of talks that others have taken up; return those that are still ours."""
        ...


class Ownership(Protocol):
    """Knows of other processes. Nothing here raises: a talk is never refused for it."""

    is_shared: bool

    def start(self, talks: Talks) -> None:
        """Begin to listen to other processes, on the running event loop."""
        ...

    async def claim(self, uuid: UUID) -> None:
        """Return once a talk may be taken up: whoever had it has let go, or is gone."""
        ...

    async def release(self, uuid: UUID) -> None:
        """Say that a talk is not here any more."""
        ...

    def tell_to_end(self, uuid: UUID, reason: str) -> None:
        """Have another process end a talk. May be called from any thread, and may wait."""
        ...

    async def close(self) -> None:
        """Stop listening."""
        ...


class SoleProcess:
    """There are no other processes."""

    is_shared = False

    def start(self, talks: Talks) -> None:
        """Nobody will ask."""

    async def claim(self, uuid: UUID) -> None:
        """Nobody else has it."""

    async def release(self, uuid: UUID) -> None:
        """Nobody waits for it."""

    def tell_to_end(self, uuid: UUID, reason: str) -> None:
        """What is not here is nowhere."""

    async def close(self) -> None:
        """There is nothing to stop."""
