"""Sends a private file, whole or the part that was asked for, so that players can seek."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from django.http import FileResponse, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase

_CHUNK_BYTES = 64 * 1024
_ONE_RANGE = re.compile(r"bytes=(\d*)-(\d*)\Z")


def ranged_file_response(
    request: HttpRequest, path: Path, *, content_type: str
) -> HttpResponseBase:
    """Return the file's response. Raises FileNotFoundError.

    A ``Range`` that is not one plain span of bytes is ignored, as HTTP allows.
    """
    size = path.stat().st_size
    span = _span(request.headers.get("Range", ""), size)
    response: HttpResponseBase
    if span is None:
        response = FileResponse(path.open("rb"), content_type=content_type)
    elif span.start >= size:
        response = HttpResponse(status=416)
        response["Content-Range"] = f"bytes */{size}"
    else:
        response = StreamingHttpResponse(
            _read(path, span), status=206, content_type=content_type
        )
        response["Content-Length"] = len(span)
        response["Content-Range"] = f"bytes {span.start}-{span.stop - 1}/{size}"
    response["Accept-Ranges"] = "bytes"
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _span(header: str, size: int) -> range | None:
    match = _ONE_RANGE.match(header)
    if match is None or header == "bytes=-":
        return None
    first, last = match.groups()
    if not first:
        return range(max(0, size - int(last)), size)
    if last and int(last) < int(first):
        return None
    return range(int(first), min(int(last) + 1, size) if last else size)


def _read(path: Path, span: range) -> Iterator[bytes]:
    left = len(span)
    with path.open("rb") as file:
        file.seek(span.start)
        while left and (chunk := file.read(min(left, _CHUNK_BYTES))):
            left -= len(chunk)
            yield chunk
