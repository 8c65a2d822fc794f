"""Backups. Read by ``operations.backup``."""

from typing import Any

import environ

env = environ.Env()

BACKUP: dict[str, Any] = {
    # Without it nobody reads a backup, whoever keeps it.
    "PASSWORD_FILE": env("TUTOR_BACKUP_PASSWORD_FILE", default=""),
}
