"""Who was erased, kept beside the database: a restored backup erases them again.

One line for each erasure, a hash that names nobody: with the account in a restored database
it can be compared, without one it says nothing. The file lies among the private files, so
that every backup has a copy of it.

No personal data.
"""

from __future__ import annotations

import hashlib
import logging
import os
from collections.abc import Iterable
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db import DatabaseError, transaction

from schools.models import AuditEntry

logger = logging.getLogger(__name__)
NAME = "erasures/ledger"
_LINE = 64


def digest_of(uuid: UUID) -> str:
    """Return the hash of an account; nobody guesses the 122 random bits of a uuid."""
    return hashlib.sha256(b"erased account " + uuid.bytes).hexdigest()


def note(uuid: UUID) -> None:
    """Note an erasure that is done. What cannot be noted now is caught up with later."""
    try:
        add([digest_of(uuid)], root=Path(settings.PRIVATE_ROOT))
    except OSError as error:
        logger.error("an erasure was not noted beside the database: %s", error.strerror)


def add(digests: Iterable[str], *, root: Path) -> int:
    """Add what is not in the list yet; return how many. Raises OSError."""
    new = sorted(set(digests) - read(root=root))
    if not new:
        return 0
    path = root / NAME
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    # Several processes may add at once: each line is written whole at the end.
    handle = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        for digest in new:
            os.write(handle, f"{digest}\n".encode())
        os.fsync(handle)
    finally:
        os.close(handle)
    return len(new)


def read(*, root: Path) -> set[str]:
    """Return the hashes of all accounts that were erased."""
    path = root / NAME
    return parse(path.read_text()) if path.exists() else set()


def parse(text: str) -> set[str]:
    """Return the hashes of a list; a line that broke off is passed over."""
    return {line for line in text.splitlines() if len(line) == _LINE}


def catch_up(*, root: Path) -> int:
    """Note what only the audit log knows; return how many. Without a database: none."""
    try:
        with transaction.atomic():
            found = AuditEntry.objects.filter(action="account.erased")
            subjects = set(found.values_list("subject", flat=True)) - {None}
    except DatabaseError:
        return 0
    return add([digest_of(uuid) for uuid in subjects if uuid], root=root)
