"""Sound and video on the wire: fixed headers, little endian, then the payload."""

from __future__ import annotations

import struct
from dataclasses import dataclass

from .errors import MAX_BINARY_BYTES, WireError

MIC_KIND = 1
TUTOR_KIND = 2
VIDEO_KIND = 3
TUTOR_BY_TRACK = 1
TUTOR_AGAIN = 2
VIDEO_INIT = 1
VIDEO_LAST = 2
MIC_FRAME_SAMPLES = 320
MIC_SAMPLE_RATE_HZ = 16_000
MIC_PAYLOAD_BYTES = 2 * MIC_FRAME_SAMPLES

_MIC_HEADER = struct.Struct("<BBHI")
_TUTOR_HEADER = struct.Struct("<BBHIHHII")
_COUNT = struct.Struct("<I")
_VIDEO_HEADER = struct.Struct("<BBHIHHI")
_MIC_FRAME_BYTES = _MIC_HEADER.size + MIC_PAYLOAD_BYTES


@dataclass(frozen=True, slots=True)
class MicFrame:
    """20 ms of microphone sound, 320 samples PCM16 at 16 kHz."""

    number: int
    pcm: bytes


def decode_mic_frame(data: bytes) -> MicFrame:
    """Return the frame in one binary message. Raises WireError."""
    if len(data) > MAX_BINARY_BYTES:
        raise WireError("protocol.too_large", "That message is too large.")
    if len(data) < _MIC_HEADER.size:
        raise WireError("protocol.malformed", "That message is too short.")
    kind, _flags, _reserved, number = _MIC_HEADER.unpack_from(data)
    if kind != MIC_KIND:
        raise WireError(
            "protocol.unknown_type", "That kind of message is not known here."
        )
    if len(data) != _MIC_FRAME_BYTES:
        raise WireError(
            "audio.bad_frame", "Microphone frames must hold 320 samples (20 ms)."
        )
    return MicFrame(number=number, pcm=data[_MIC_HEADER.size :])


def encode_mic_frame(number: int, pcm: bytes) -> bytes:
    """Return one microphone frame as a browser would send it."""
    return _MIC_HEADER.pack(MIC_KIND, 0, 0, number) + pcm


@dataclass(frozen=True, slots=True)
class TutorAudio:
    """A stretch of the tutor's voice; ``offset_samples`` from the reply's start.

    ``by_track``: its samples go by a WebRTC track, and only their number is here. ``again``: they went that way,
    were perhaps not heard, and come here after all, with the number they had.
    """

    turn: int
    seq: int
    attempt: int
    clause: int
    sample_rate_hz: int
    offset_samples: int
    pcm: bytes
    by_track: bool = False
    track_samples: int = 0
    again: bool = False


def encode_tutor_audio(audio: TutorAudio) -> bytes:
    """Return the binary message for a stretch of the tutor's voice."""
    header = _TUTOR_HEADER.pack(
        TUTOR_KIND,
        TUTOR_BY_TRACK * audio.by_track | TUTOR_AGAIN * audio.again,
        audio.turn,
        audio.seq,
        audio.attempt,
        audio.clause,
        audio.sample_rate_hz,
        audio.offset_samples,
    )
    if audio.by_track:
        return header + _COUNT.pack(audio.track_samples)
    return header + audio.pcm


def decode_tutor_audio(data: bytes) -> TutorAudio:
    """Return what ``encode_tutor_audio`` packed. Raises WireError."""
    if len(data) < _TUTOR_HEADER.size or data[0] != TUTOR_KIND:
        raise WireError("protocol.malformed", "That is not a tutor audio message.")
    _kind, flags, turn, seq, attempt, clause, rate, offset = _TUTOR_HEADER.unpack_from(
        data
    )
    payload, by_track = data[_TUTOR_HEADER.size :], bool(flags & TUTOR_BY_TRACK)
    if by_track and len(payload) != _COUNT.size:
        raise WireError("protocol.malformed", "That is not a tutor audio message.")
    return TutorAudio(
        turn=turn,
        seq=seq,
        attempt=attempt,
        clause=clause,
        sample_rate_hz=rate,
        offset_samples=offset,
        pcm=b"" if by_track else payload,
        by_track=by_track,
        track_samples=_COUNT.unpack(payload)[0] if by_track else 0,
        again=bool(flags & TUTOR_AGAIN),
    )


@dataclass(frozen=True, slots=True)
class TutorVideo:
    """A piece of a reply's video: fragmented MP4 without sound.

    ``number`` counts the pieces of a reply from 0: a gap is a piece that was dropped. The
    ``last`` piece is empty. Times are on the reply's audio timeline.
    """

    turn: int
    attempt: int
    number: int
    start_ms: int
    duration_ms: int
    data: bytes
    init: bool = False
    last: bool = False


def encode_tutor_video(video: TutorVideo) -> bytes:
    """Return the binary message for a piece of a reply's video."""
    header = _VIDEO_HEADER.pack(
        VIDEO_KIND,
        VIDEO_INIT * video.init | VIDEO_LAST * video.last,
        video.turn,
        video.number,
        video.attempt,
        video.duration_ms,
        video.start_ms,
    )
    return header + video.data


def decode_tutor_video(data: bytes) -> TutorVideo:
    """Return what ``encode_tutor_video`` packed. Raises WireError."""
    if len(data) < _VIDEO_HEADER.size or data[0] != VIDEO_KIND:
        raise WireError("protocol.malformed", "That is not a tutor video message.")
    _kind, flags, turn, number, attempt, duration_ms, start_ms = (
        _VIDEO_HEADER.unpack_from(data)
    )
    return TutorVideo(
        turn=turn,
        attempt=attempt,
        number=number,
        start_ms=start_ms,
        duration_ms=duration_ms,
        data=data[_VIDEO_HEADER.size :],
        init=bool(flags & VIDEO_INIT),
        last=bool(flags & VIDEO_LAST),
    )
