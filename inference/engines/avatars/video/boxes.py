"""The boxes of fragmented MP4, as far as a stream's clock and codec need them.

ISO/IEC 14496-12: a box is its size (u32, big endian), four letters, and its content;
``tfdt`` says when a fragment begins (8.8.12), ``mdhd`` in which unit (8.4.2).
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

_HEADER = struct.Struct(">I4s")
_TIME = struct.Struct(">Q")
_TIMESCALE = struct.Struct(">I")
# Behind the letters of a box: version and flags; ``mdhd`` then has two u32 times.
_VERSION_BYTES = 4
_BEFORE_TIMESCALE_BYTES = 12


def boxes(data: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield the outermost boxes, name and whole box. Raises ValueError on broken data."""
    at = 0
    while at < len(data):
        if len(data) - at < _HEADER.size:
            raise ValueError("a box is cut off")
        size, name = _HEADER.unpack_from(data, at)
        if size < _HEADER.size or at + size > len(data):
            raise ValueError("a box has an impossible size")
        yield name.decode("latin-1"), data[at : at + size]
        at += size


def fragments(data: bytes, later: int) -> bytes:
    """Return the fragments in ``data`` alone, each beginning ``later`` units later.

    What closes a file, an index of its fragments, is left out.
    """
    parts = []
    for name, box in boxes(data):
        if name == "moof":
            parts.append(_later(box, later))
        elif name == "mdat":
            parts.append(box)
    return b"".join(parts)


def begins_at(fragment: bytes) -> int:
    """Return when a fragment begins, in units. Raises ValueError if it does not say."""
    return int(_TIME.unpack_from(fragment, _time_of(fragment))[0])


def timescale(init: bytes) -> int:
    """Return the units of a second in an init segment. Raises ValueError without one."""
    at = init.index(b"mdhd") + 4 + _BEFORE_TIMESCALE_BYTES
    return int(_TIMESCALE.unpack_from(init, at)[0])


def codec_string(init: bytes) -> str:
    """Return what browsers call the codec of an init segment, as ``avc1.64001f``.

    Profile, constraints and level stand in its ``avcC`` box (ISO/IEC 14496-15, 5.3.3).
    Raises ValueError where there is none.
    """
    return "avc1." + init[init.index(b"avcC") + 5 :][:3].hex()


def _later(moof: bytes, later: int) -> bytes:
    at = _time_of(moof)
    moved = _TIME.pack(_TIME.unpack_from(moof, at)[0] + later)
    return moof[:at] + moved + moof[at + _TIME.size :]


def _time_of(moof: bytes) -> int:
    at = moof.index(b"tfdt") + 4
    if moof[at] != 1:
        raise ValueError("a fragment's time is not of 64 bits")
    return at + _VERSION_BYTES
