"""A RenderRequest as a message between the tutor and the process of the CPU head."""

from __future__ import annotations

from typing import Any

from inference.framing import Header
from inference.types.audio import AudioClip
from inference.types.face import RenderRequest
from inference.types.speech import PhonemeSpan, SpeechChunk


def request_fields(request: RenderRequest) -> dict[str, Any]:
    """Return the header's fields; the sound is the payload."""
    return {
        "avatar": request.avatar,
        "talk": request.talk,
        "turn": request.turn,
        "start_ms": request.start_ms,
        "is_last": request.is_last,
        "rate": request.speech.clip.sample_rate_hz,
        "phonemes": [
            [span.phoneme, span.start_ms, span.end_ms]
            for span in request.speech.phonemes
        ],
    }


def read_request(header: Header, payload: bytes) -> RenderRequest:
    """Return the request of a message."""
    spans = tuple(PhonemeSpan(*span) for span in header["phonemes"])
    return RenderRequest(
        header["avatar"],
        header["talk"],
        header["turn"],
        SpeechChunk(AudioClip(payload, header["rate"]), spans),
        header["start_ms"],
        header["is_last"],
    )
