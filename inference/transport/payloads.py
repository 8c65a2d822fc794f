"""Requests and results of stages as bytes, and back, without loss.

MessagePack through msgspec, which checks every value against the dataclass it becomes.
Arrays are ``[dtype, shape, bytes]``.
"""

from __future__ import annotations

from typing import Any

import msgspec
import numpy as np

from inference.stages.stage import Stage
from inference.types.assessment import AssessRequest, PronunciationAssessment
from inference.types.dialogue import DialogueRequest, ReplyDelta
from inference.types.face import (
    AvatarLoop,
    AvatarRequest,
    RenderRequest,
    VideoFragment,
)
from inference.types.speech import (
    Animation,
    AnimationRequest,
    SpeechChunk,
    SynthesisRequest,
    TranscribeRequest,
    Transcript,
)

REQUESTS: dict[Stage, type] = {
    Stage.TRANSCRIBE: TranscribeRequest,
    Stage.ASSESS: AssessRequest,
    Stage.RESPOND: DialogueRequest,
    Stage.SYNTHESIZE: SynthesisRequest,
    Stage.ANIMATE: AnimationRequest,
    Stage.RENDER: RenderRequest,
    Stage.PREPARE: AvatarRequest,
}
RESULTS: dict[Stage, type] = {
    Stage.TRANSCRIBE: Transcript,
    Stage.ASSESS: PronunciationAssessment,
    Stage.RESPOND: ReplyDelta,
    Stage.SYNTHESIZE: SpeechChunk,
    Stage.ANIMATE: Animation,
    Stage.RENDER: VideoFragment,
    Stage.PREPARE: AvatarLoop,
}
_WITH_MEDIA = (
    TranscribeRequest, AssessRequest, AnimationRequest, RenderRequest,
    SpeechChunk, VideoFragment, AvatarLoop,
)  # fmt: skip


class PayloadError(Exception):
    """Bytes that are not what they should be. Never quotes them."""


def pack(value: Any) -> bytes:
    """Return a request or result as bytes."""
    return msgspec.msgpack.encode(value, enc_hook=_array_parts)


def unpack(data: bytes, expected: type) -> Any:
    """Return what ``pack`` was given. Raises PayloadError."""
    try:
        return msgspec.msgpack.decode(data, type=expected, dec_hook=_array)
    except (msgspec.MsgspecError, ValueError, TypeError) as error:
        raise PayloadError(
            f"not a {expected.__name__}: {type(error).__name__}"
        ) from None


def holds_media(value: Any) -> bool:
    """Whether a value has sound, pictures or acoustic features in it.

    These go by reference: never through the broker, nor through a stream.
    """
    if isinstance(value, Transcript):
        return value.features is not None
    return isinstance(value, _WITH_MEDIA)


def _array_parts(value: Any) -> Any:
    if isinstance(value, np.ndarray):
        return [value.dtype.str, list(value.shape), value.tobytes()]
    raise NotImplementedError(type(value).__name__)


def _array(expected: type, parts: Any) -> Any:
    dtype, shape, data = parts
    kind = np.dtype(str(dtype))
    if kind.hasobject:
        raise ValueError("arrays hold numbers")
    return np.frombuffer(bytes(data), kind).reshape(shape)
