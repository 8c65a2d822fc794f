"""Erases anew whom a restored database has brought back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from learners.models import User

from .erasing import LastAdministrator, erase_account
from .ledger import digest_of, read

_CHUNK = 2000


@dataclass(frozen=True, slots=True)
class Again:
    """How many accounts went again, and how many stay since nobody else runs the site."""

    erased: int
    refused: int


def erase_again(*, root: Path, now: datetime) -> Again:
    """Erase every account that the list below ``root`` names. Nobody is told a second time."""
    listed = read(root=root)
    if not listed:
        return Again(0, 0)
    uuids = User.objects.values_list("uuid", flat=True)
    back = [
        uuid for uuid in uuids.iterator(chunk_size=_CHUNK) if digest_of(uuid) in listed
    ]
    refused = 0
    for user in User.objects.filter(uuid__in=back):
        try:
            erase_account(user=user, by=None, reason="restored", tells=False, now=now)
        except LastAdministrator:
            refused += 1
    return Again(len(back) - refused, refused)
