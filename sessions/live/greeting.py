"""What a page is told of a live session when it joins."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sessions.wire.errors import MAX_TEXT_CHARS, PROTOCOL_VERSION

from .presenter import degraded_json

if TYPE_CHECKING:
    from .live_session import LiveSession


def ready_json(live: LiveSession, *, resumed: bool, last_seq: int) -> dict[str, Any]:
    """Return the fields of ``session.ready``; events after ``last_seq`` follow."""
    return {
        "protocol": PROTOCOL_VERSION,
        "session": str(live.settings.session_uuid),
        "resumed": resumed,
        "input_mode": live.input_mode,
        "next_frame": live.microphone.next_number,
        "state": live.turns.state,
        "held": live.speech.segmenter.held,
        "degraded": [degraded_json(event) for event in live.turns.health.degraded],
        "engines": live.settings.engines,
        "limits": {
            "max_text_chars": MAX_TEXT_CHARS,
            "max_utterance_ms": live.settings.segmenter.max_utterance_ms,
        },
        "last_seq": last_seq,
        "face": live.face.as_json(),
        "transcript": [] if resumed else live.transcript.as_json(),
    }
