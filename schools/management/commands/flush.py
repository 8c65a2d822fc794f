"""``manage.py flush``: empties the database, also of the audit log."""

from __future__ import annotations

from typing import Any

from django.core.management.commands.flush import Command as Flush
from django.db import connections

from schools.append_only import protect, unprotect


class Command(Flush):
    """Django's command; SQLite empties a table by deleting rows, which the log refuses."""

    def handle(self, **options: Any) -> None:
        """Let the log be emptied, and protect it again."""
        connection = connections[options["database"]]
        if connection.vendor != "sqlite":
            return super().handle(**options)
        unprotect(connection)
        try:
            super().handle(**options)
        finally:
            protect(connection)
        return None
