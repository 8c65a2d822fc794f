"""The state that a turn begins with."""

from __future__ import annotations

from collections.abc import Sequence

from inference.types.dialogue import Message
from sessions.turns.context import SpokenInput, TurnContext, TurnInput
from sessions.turns.interruption import Interruption
from sessions.turns.playback import Playback
from sessions.turns.timing import TurnTimer

from .settings import LiveSettings


def make_context(
    settings: LiveSettings,
    history: Sequence[Message],
    index: int,
    attempt: int,
    source: TurnInput,
) -> TurnContext:
    """Return a turn of which nothing is known yet but what it is made of."""
    spoken = isinstance(source, SpokenInput)
    zero_at = source.last_voiced_at if isinstance(source, SpokenInput) else source.at
    return TurnContext(
        index=index,
        attempt=attempt,
        input=source,
        history=tuple(history),
        conversation=str(settings.session_uuid),
        language=settings.language,
        timer=TurnTimer(
            zero_at=zero_at,
            zero="last_voiced_sample" if spoken else "text_submitted",
        ),
        interruption=Interruption(),
        playback=Playback(),
        max_reply_tokens=settings.max_reply_tokens,
        temperature=settings.temperature,
        model=settings.model,
        voice=settings.voice,
    )
