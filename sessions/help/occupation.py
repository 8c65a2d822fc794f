"""Whether a tutor of this process needs the language model for a turn."""

from __future__ import annotations

from uuid import UUID

from ..live.live_session import LiveSession
from ..live.registry import live_sessions


def turn_under_way(session: UUID | None = None) -> bool:
    """Whether a turn is being heard or answered, in one session or, with None, in any.

    A reply whose words were all spoken needs the model no more, although it may be playing
    for a while.
    """
    return any(
        _needs_model(live)
        for uuid, live in live_sessions.talks().items()
        if session in (None, uuid)
    )


def _needs_model(live: LiveSession) -> bool:
    if live.speech.segmenter.speaking:
        return True
    turn = live.turns.current
    if turn is None:
        return False
    spoken = "".join(clause.text for clause in turn.playback.clauses)
    return not spoken or _bare(spoken) != _bare(turn.reply_text)


def _bare(text: str) -> str:
    return "".join(text.split())
