"""What a turn asks of storage."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from inference.types.audio import AudioClip
from tutor.findings import Analysis
from tutor.heard_reply import HeardReply
from tutor.moves import Move
from tutor.teaching import TaughtTurn

from .context import LearnerWords
from .events import Outcome
from .pauses import Pauses


class TalkTaken(Exception):
    """Somebody else has taken the talk up, or it is no more: nothing is written."""


@dataclass(frozen=True, slots=True)
class TurnRecord:
    """A turn as it is kept. ``outcome`` None: the reply is still to come, or to be heard.

    ``cues`` and ``timing`` are as on the wire; ``learner_clip`` is stored only with
    the learner's consent, when it was spoken and still when it is written; ``learner_ms``
    is how long they spoke, kept with the words. ``mic_end_frame`` is the first microphone
    frame after them, ``client_id`` what the page called them if they were typed.
    ``gated_before``: what the gates said of the reply is kept already.
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
    learner_ms: int = 0
    mic_end_frame: int | None = None
    client_id: str = ""
    gated_before: bool = False

    @property
    def heard(self) -> HeardReply:
        """What the learner heard of the tutor's answer."""
        opener = self.taught.opener if self.taught is not None else ""
        return _heard(self.reply_text, self.reply_heard, self.outcome, opener)


@dataclass(frozen=True, slots=True)
class StoredTurn:
    """A turn as it was kept, for coming back to a session.

    ``analysis`` and ``move`` are None where nobody taught it. ``opener`` is what the reply
    began with before anything was worded.
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
    opener: str = ""
    mic_end_frame: int | None = None
    client_id: str = ""

    @property
    def heard(self) -> HeardReply:
        """What the learner heard of the tutor's answer."""
        return _heard(self.tutor_text, self.tutor_heard, self.outcome, self.opener)


def _heard(
    text: str | None, heard: str | None, outcome: Outcome | None, opener: str
) -> HeardReply:
    """Return what was heard; ``heard`` None: all. What fails says so, and is no answer."""
    if outcome is Outcome.FAILED:
        return HeardReply("", opener)
    whole = heard is None
    return HeardReply((text if whole else heard) or "", opener, is_whole=whole)


class TurnRepository(Protocol):
    """Keeps the turns of one session. Calls are safe to repeat."""

    async def may_keep_voice(self) -> bool:
        """Tell whether the learner consents, at this moment, to recordings."""
        ...

    async def save(self, record: TurnRecord) -> None:
        """Write a turn as it stands. Raises OSError, a database error or TalkTaken."""
        ...

    async def load(self) -> list[StoredTurn]:
        """Return the session's turns in order."""
        ...

    async def keep_pauses(self, pauses: Pauses) -> None:
        """Keep how long the learner's pauses are. Raises a database error or TalkTaken."""
        ...

    async def end(self, *, reason: str, now: datetime) -> None:
        """Mark the session as over. Raises TalkTaken."""
        ...
