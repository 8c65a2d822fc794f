"""SHA-256 of files and streams."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO

CHUNK_BYTES = 1 << 20

OnBytes = Callable[[int], None]


def chunks(source: BinaryIO) -> Iterator[bytes]:
    """Yield what is left of a stream in pieces."""
    while chunk := source.read(CHUNK_BYTES):
        yield chunk


def sha256_of(path: Path, on_bytes: OnBytes | None = None) -> str:
    """Return the SHA-256 of a file in hexadecimal."""
    digest = hashlib.sha256()
    with path.open("rb") as source:
        for chunk in chunks(source):
            digest.update(chunk)
            if on_bytes:
                on_bytes(len(chunk))
    return digest.hexdigest()
