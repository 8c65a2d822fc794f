"""What the server may say, as JSON: each type and its exact fields."""

from __future__ import annotations

import json
from typing import Any

# Types that are not part of a session's history carry no ``seq``.
UNSEQUENCED = frozenset(
    {
        *("session.replaced", "pong", "session.ready", "reply.video"),
        *("rtc.answer", "rtc.voice", "rtc.frames", "rtc.closed"),
    }
)

SERVER_EVENTS: dict[str, frozenset[str]] = {
    name: frozenset(fields.split())
    for name, fields in {
        "session.ready": (
            "protocol session resumed input_mode next_frame state degraded engines "
            "limits transcript last_seq face"
        ),
        "session.ended": "reason turns",
        "session.replaced": "",
        "session.time_left": "seconds message",
        "speech.started": "turn",
        "speech.ended": "turn reason",
        "transcript.partial": "turn text stable",
        "transcript.final": "turn text words source language confidence",
        "reply.started": "turn attempt repeat",
        "reply.delta": "turn attempt text",
        "reply.clause": "turn attempt clause text start_ms end_ms",
        "reply.visemes": "turn attempt cues",
        "reply.video": "turn attempt codec width height fps",
        "reply.completed": "turn attempt text",
        "reply.audio_ended": "turn attempt duration_ms",
        "reply.held": "turn attempt",
        "reply.resumed": "turn attempt from_ms",
        "reply.interrupted": "turn attempt reason",
        "reply.heard": "turn attempt text",
        "pronunciation.ready": (
            "turn mic_start_ms outcome message source text language validated model "
            "words scores measures"
        ),
        "pronunciation.withdrawn": "turn message",
        "corrections.ready": "turn corrections withheld",
        "turn.timing": "turn zero stages marks pace",
        "turn.ended": "turn outcome",
        "face.changed": "face faces reason idle_url states",
        "rtc.answer": "sdp",
        "rtc.voice": "turn attempt offset_ms rtp",
        "rtc.frames": "next_frame",
        "rtc.closed": "reason next_frame message",
        "stage.degraded": "stage code message",
        "stage.recovered": "stage",
        "error": "code message retryable turn",
        "pong": "t",
    }.items()
}

# Fields that a message may have beside those: older pages do not look at them.
OPTIONAL_FIELDS: dict[str, frozenset[str]] = {
    "reply.clause": frozenset({"words"}),
    "session.ready": frozenset({"rtc", "held"}),
}


def encode_server_event(
    type_: str, fields: dict[str, Any], *, seq: int | None = None
) -> str:
    """Return one text message. Raises ValueError if its fields are not the type's."""
    optional = OPTIONAL_FIELDS.get(type_, frozenset())
    if wrong := (fields.keys() - optional) ^ SERVER_EVENTS[type_]:
        raise ValueError(f"{type_}: fields {sorted(wrong)} missing or too many")
    message: dict[str, Any] = {"type": type_, **fields}
    if seq is not None:
        message["seq"] = seq
    return json.dumps(message, ensure_ascii=False, separators=(",", ":"))
