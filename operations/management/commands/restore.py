"""``manage.py restore``: puts a backup in place of the database and all private files."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError, connection
from django.utils import timezone

from operations.backup.databases import database_of
from operations.backup.failure import BackupError
from operations.backup.repository import Repository
from operations.backup.restoring import restore_backup
from operations.erasure import ledger
from operations.erasure.again import erase_again
from schools.site_settings import site_name


class Command(BaseCommand):
    """Restores, migrates, and erases again who was erased since. Stop the site first."""

    help = __doc__ or ""
    # The checks may look into a database that is not there yet.
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Take where from, and what may be replaced."""
        parser.add_argument(
            "--from", dest="place", required=True, help="A folder, or s3://bucket/path."
        )
        parser.add_argument(
            "--backup", default="latest", help="Which one, by the beginning of its id."
        )
        parser.add_argument(
            "--list", action="store_true", help="Only say which there are."
        )
        parser.add_argument(
            "--only-verify",
            action="store_true",
            help="Fetch a backup and look at all of it, and change nothing.",
        )
        parser.add_argument(
            "--replace", metavar="SITE", help="Replace what is there: the site's name."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Restore, and say what was done."""
        root = Path(settings.PRIVATE_ROOT)
        try:
            repository = Repository(
                options["place"], password_file=settings.BACKUP["PASSWORD_FILE"]
            )
            if options["list"]:
                for snapshot in repository.snapshots():
                    self.stdout.write(
                        f"{snapshot.id[:8]}  {snapshot.made_at:%Y-%m-%d %H:%M} UTC"
                    )
                return
            if not options["only_verify"]:
                ledger.catch_up(root=root)
            restore_backup(
                repository=repository,
                wanted=options["backup"],
                database=database_of(connection.settings_dict),
                root=root,
                replace=options["replace"],
                site=_name(),
                only_verify=options["only_verify"],
                say=self.stdout.write,
            )
        except BackupError as error:
            raise CommandError(f"{error.code}: {error.message}") from error
        if options["only_verify"]:
            return
        connection.close()
        call_command("migrate", verbosity=0, interactive=False)
        again = erase_again(root=root, now=timezone.now())
        self.stdout.write(
            f"{again.erased} accounts that had gone since are erased again."
        )
        if again.refused:
            raise CommandError(
                "last_administrator: An administrator who was erased is back, and the only "
                "one. Make another, then run purge_sessions."
            )
        self.stdout.write("Done: the site can start.")


def _name() -> str:
    """Return what the site is called; without its database as the settings say."""
    try:
        return site_name()
    except DatabaseError:
        return str(settings.SITE_NAME)
