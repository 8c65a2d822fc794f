"""Frames between the tutor and the Piper process: a JSON header, then raw bytes.

A frame is two little-endian u32 (length of the header, length of the payload), the
header as UTF-8 JSON, the payload. The header's ``kind`` tells what it is:

* to the process: ``speak`` (id, text, speed), ``cancel`` (id)
* from the process: ``ready`` (rate, voice), ``chunk`` (id, phonemes with their sample
  counts; payload: float32 samples), ``done`` (id), ``failed`` (id, message)
"""

from __future__ import annotations

import json
import struct
from typing import Any, BinaryIO

_LENGTHS = struct.Struct("<II")
_MAX_BYTES = 64 * 1024 * 1024

Header = dict[str, Any]


def write_frame(stream: BinaryIO, header: Header, payload: bytes = b"") -> None:
    """Write one frame and flush it."""
    text = json.dumps(header).encode()
    stream.write(_LENGTHS.pack(len(text), len(payload)) + text + payload)
    stream.flush()


def read_frame(stream: BinaryIO) -> tuple[Header, bytes] | None:
    """Read one frame; None when the other end has gone."""
    lengths = _read(stream, _LENGTHS.size)
    if lengths is None:
        return None
    header_bytes, payload_bytes = _LENGTHS.unpack(lengths)
    if header_bytes + payload_bytes > _MAX_BYTES:
        raise ValueError("A frame larger than any sentence: the stream is out of step")
    text, payload = _read(stream, header_bytes), _read(stream, payload_bytes)
    if text is None or payload is None:
        return None
    header: Header = json.loads(text)
    return header, payload


def _read(stream: BinaryIO, n_bytes: int) -> bytes | None:
    parts = b""
    while len(parts) < n_bytes:
        part = stream.read(n_bytes - len(parts))
        if not part:
            return None
        parts += part
    return parts
