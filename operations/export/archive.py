"""Packs an export: a page to read, a file for programs, and the sound."""

from __future__ import annotations

import json
import os
import tempfile
import zipfile
from collections.abc import Callable, Iterable
from datetime import datetime
from pathlib import Path
from typing import IO, Any

from django.core.serializers.json import DjangoJSONEncoder

from learners.consent_selectors import may_use_for_research
from learners.models import User

from ..personal_data import EXPORTED
from .page import page_parts
from .rows import audit_rows, rows_of
from .sounds import Sound, as_wav

FORMAT = "tutor-export"
VERSION = 1


class Abandoned(Exception):
    """Nobody wants the archive any more."""


def write_archive(
    user: User,
    sounds: list[Sound],
    target: Path,
    *,
    now: datetime,
    tell: Callable[[int], bool],
) -> int:
    """Write the archive whole or not at all; return its size in bytes.

    ``tell`` hears how many sounds are in it and answers whether to go on. Raises OSError,
    or Abandoned where it shall not go on.
    """
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle, name = tempfile.mkstemp(dir=target.parent, suffix=".part")
    os.close(handle)
    try:
        with zipfile.ZipFile(name, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as file:
            there = _add_sounds(file, sounds, tell)
            with file.open("data.json", "w", force_zip64=True) as out:
                _write_data(out, user, there, now)
            with file.open("index.html", "w", force_zip64=True) as out:
                for part in page_parts(user, there, now=now):
                    out.write(part.encode())
        if not tell(len(sounds)):
            raise Abandoned
        os.replace(name, target)
    finally:
        Path(name).unlink(missing_ok=True)
    return target.stat().st_size


def _add_sounds(
    file: zipfile.ZipFile, sounds: list[Sound], tell: Callable[[int], bool]
) -> dict[str, str]:
    """Add what can be read; return the names of it by row."""
    there: dict[str, str] = {}
    for done, sound in enumerate(sounds):
        if not tell(done):
            raise Abandoned
        wav = as_wav(sound)
        if wav is not None:
            # Noise hardly gets smaller, and trying takes most of the time.
            file.writestr(sound.name, wav, compress_type=zipfile.ZIP_STORED)
            there[sound.row] = sound.name
    return there


def _write_data(
    out: IO[bytes], user: User, audio: dict[str, str], now: datetime
) -> None:
    head = {
        "format": FORMAT,
        "version": VERSION,
        "made_at": now,
        "person": user.uuid,
        "may_be_used_for_research": may_use_for_research(user.pk),
    }
    out.write(_json(head)[:-1] + b',\n"sections": {')
    for n, held in enumerate(EXPORTED):
        out.write((b",\n" if n else b"\n") + _json(held.model) + b": ")
        _write_list(out, rows_of(held, user_id=user.pk, audio=audio))
    out.write(b'\n},\n"audit": ')
    _write_list(out, audit_rows(user_uuid=user.uuid))
    out.write(b"}\n")


def _write_list(out: IO[bytes], rows: Iterable[Any]) -> None:
    """Write rows one by one: all of them together may be too large for memory."""
    out.write(b"[")
    for n, row in enumerate(rows):
        out.write((b",\n" if n else b"\n") + _json(row))
    out.write(b"]")


def _json(value: Any) -> bytes:
    return json.dumps(value, cls=DjangoJSONEncoder, ensure_ascii=False).encode()
