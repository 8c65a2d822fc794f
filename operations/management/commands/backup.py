"""``manage.py backup``: backs up the database and all private files, encrypted."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection
from django.utils import timezone

from operations.backup.databases import database_of
from operations.backup.failure import BackupError
from operations.backup.making import make_backup
from operations.backup.repository import Repository
from operations.erasure import ledger
from schools.site_settings import site_name


class Command(BaseCommand):
    """Makes one backup in a repository that may hold many; also while the site is used."""

    help = __doc__ or ""

    def add_arguments(self, parser: CommandParser) -> None:
        """Take where to, and how many backups are kept there."""
        parser.add_argument(
            "--to", required=True, help="A folder, or s3://bucket/path."
        )
        parser.add_argument(
            "--keep", type=int, help="Keep so many, and delete those before."
        )
        parser.add_argument(
            "--check",
            action="store_true",
            help="Read all of the repository afterwards.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Back up, delete old ones, and say what was done."""
        keep: int | None = options["keep"]
        if keep is not None and keep < 1:
            raise CommandError("--keep has to be 1 or more.")
        root = Path(settings.PRIVATE_ROOT)
        try:
            repository = Repository(
                options["to"], password_file=settings.BACKUP["PASSWORD_FILE"]
            )
            ledger.catch_up(root=root)
            saved = make_backup(
                repository=repository,
                database=database_of(connection.settings_dict),
                root=root,
                site=site_name(),
                now=timezone.now(),
                say=self.stdout.write,
            )
            self.stdout.write(
                f"Backup {saved.id[:8]}: {saved.files} files, {saved.new_files} of them new "
                f"or changed, {saved.added_bytes / 1e6:.1f} MB added."
            )
            if keep is not None:
                repository.keep(keep)
                self.stdout.write(f"{len(repository.snapshots())} backups are kept.")
            if options["check"]:
                repository.check()
                self.stdout.write("All of the repository can be read.")
        except BackupError as error:
            raise CommandError(f"{error.code}: {error.message}") from error
