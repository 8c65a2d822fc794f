"""Between the benchmark and a peer's program, and what that program is told.

Up: frames of 20 ms, PCM16 at 16 kHz. Down: sound as four bytes of sample rate and PCM16,
and what the peer says of itself as JSON, ``{"kind": ..., "text": ...}``. Standard library
only: the peers' environment has nothing of ours.
"""

from __future__ import annotations

import json
import struct
from dataclasses import asdict, dataclass

MIC_RATE_HZ = 16_000
# The learner's turn is over; the words that are answered; a figure of the peer's own.
CLOSED, HEARD, OWN_FIGURE = "closed", "heard", "own_figure"
# A clause as it is heard; where a turn's time went, as JSON.
SAID, TIMING = "said", "timing"
# The loudspeaker is to be silent for good; to stand still, perhaps to go on; to go on.
STOPPED, HELD, RESUMED = "stopped", "held", "resumed"
_RATE = struct.Struct("<I")


@dataclass(frozen=True, slots=True)
class Wanted:
    """How a peer's program is set up. ``beam`` is Whisper's, ``voice`` Piper's ``.onnx``."""

    port: int
    whisper: str
    voice: str
    llm_url: str
    llm_key: str
    llm_model: str
    reply_tokens: int
    beam: int
    tuned: bool
    instructions: str

    def as_json(self) -> str:
        """Return it as one argument of a command."""
        return json.dumps(asdict(self))

    @classmethod
    def from_json(cls, text: str) -> Wanted:
        """Return what ``as_json`` made."""
        return cls(**json.loads(text))


def pack_sound(rate_hz: int, pcm: bytes) -> bytes:
    """Return sound as it goes down the socket."""
    return _RATE.pack(rate_hz) + pcm


def unpack_sound(packet: bytes) -> tuple[int, bytes]:
    """Return rate and PCM16 of a packet."""
    return _RATE.unpack_from(packet)[0], packet[_RATE.size :]


def note(kind: str, text: str = "") -> str:
    """Return what a peer says of itself as it goes down the socket."""
    return json.dumps({"kind": kind, "text": text})
