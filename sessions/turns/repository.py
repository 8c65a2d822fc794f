"""What a turn asks of storage."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from inference.types.audio import AudioClip
from tutor.findings import Analysis
from tutor.moves import Move
from tutor.teaching import TaughtTurn

from .context import LearnerWords
from .events import Outcome


@dataclass(frozen=True, slots=True)
class TurnRecord:
    """A turn as it is kept. ``outcome`` None: the reply is still to come.

    ``cues`` and ``timing`` are as on the wire; ``learner_clip`` is stored only with
    the learner's consent, when it was spoken and still when it is written.
    """

    index: int
    attempt: int
    started_at: datetime
    learner: LearnerWords | None
    learner_clip: AudioClip | None
    outcome: Outcome | None = None
    opening: bool = False
    reply_text: str = ""
    reply_heard: str | None = None
    reply_clip: AudioClip | None = None
    cues: tuple[tuple[str, float, float], ...] = ()
    timing: dict[str, Any] | None = None
    engines: dict[str, str] | None = None
    errors: tuple[str, ...] = ()
    ended_at: datetime | None = None
    taught: TaughtTurn | None = None

    @property
    def heard(self) -> str:
        """What the learner heard of the reply."""
        return self.reply_text if self.reply_heard is None else self.reply_heard


@dataclass(frozen=True, slots=True)
class StoredTurn:
    """A turn as it was kept, for coming back to a session.

    ``analysis`` and ``move`` are None where nobody taught it.
    """

    index: int
    learner: LearnerWords | None
    tutor_text: str | None
    tutor_heard: str | None
    attempt: int
    outcome: Outcome | None
    started_at: datetime | None = None
    analysis: Analysis | None = None
    move: Move | None = None

    @property
    def heard(self) -> str:
        """What the learner heard of the reply."""
        heard = self.tutor_text if self.tutor_heard is None else self.tutor_heard
        return heard or ""


class TurnRepository(Protocol):
    """Keeps the turns of one session. Calls are safe to repeat."""

    async def may_keep_voice(self) -> bool:
        """Tell whether the learner consents, at this moment, to recordings."""
        ...

    async def save(self, record: TurnRecord) -> None:
        """Write a turn as it stands. Raises OSError or a database error."""
        ...

    async def load(self) -> list[StoredTurn]:
        """Return the session's turns in order."""
        ...

    async def end(self, *, reason: str, now: datetime) -> None:
        """Mark the session as over."""
        ...
