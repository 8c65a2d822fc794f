"""Frames between the tutor and its child processes: a JSON header, then raw bytes.

A frame is two little-endian u32 (length of the header, length of the payload), the
header as UTF-8 JSON, the payload. The header's ``kind`` tells what it is.
"""

from __future__ import annotations

import json
import struct
from typing import Any, BinaryIO

_LENGTHS = struct.Struct("<II")
_MAX_BYTES = 64 * 1024 * 1024

Header = dict[str, Any]


def write_frame(
    stream: BinaryIO, header: Header, payload: bytes | memoryview = b""
) -> None:
    """Write one frame and flush it. A ``payload`` that is a view holds single bytes."""
    text = json.dumps(header).encode()
    stream.write(_LENGTHS.pack(len(text), len(payload)) + text)
    stream.write(payload)
    stream.flush()


def read_frame(stream: BinaryIO) -> tuple[Header, bytes] | None:
    """Read one frame; None when the other end has gone.

    Raises ValueError for a frame that no end would write.
    """
    lengths = _read(stream, _LENGTHS.size)
    if lengths is None:
        return None
    header_bytes, payload_bytes = _LENGTHS.unpack(lengths)
    if header_bytes + payload_bytes > _MAX_BYTES:
        raise ValueError("A frame of impossible size: the stream is out of step")
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
        parts = parts + part if parts else part
    return parts
