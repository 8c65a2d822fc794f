"""``manage.py erase_learner``: erases an account at once, and says what is left."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from learners.models import User
from operations.erasure.erasing import LastAdministrator, erase_account
from operations.erasure.residue import find_residue, needles_of

LOG = "schools_auditentry."


class Command(BaseCommand):
    """Erases an account with everything kept of its person, without days of grace."""

    help = __doc__ or ""

    def add_arguments(self, parser: CommandParser) -> None:
        """Take whom, and whether that is meant."""
        parser.add_argument("email")
        parser.add_argument("--yes", action="store_true", help="Do it.")
        parser.add_argument("--reason", default="", help="For the audit log.")
        parser.add_argument("--quiet", action="store_true", help="Send no last mail.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Erase, then look through the database and all files."""
        user = User.objects.filter(email=options["email"].lower()).first()
        if user is None:
            raise CommandError("Nobody has this address.")
        if not options["yes"]:
            raise CommandError(
                "This deletes the account and all that is kept of its person, and cannot "
                "be undone. Say --yes if you mean it."
            )
        # The name a person goes by may be a common word: only what is theirs alone.
        needles = needles_of([user.email], user.uuid)
        try:
            erased = erase_account(
                user=user,
                by=None,
                reason=options["reason"][:300],
                tells=not options["quiet"],
                now=timezone.now(),
            )
        except LastAdministrator as error:
            raise CommandError(
                "This is the only administrator. Make another one first."
            ) from error
        self.stdout.write(
            f"Account {erased.uuid} is erased: {erased.rows} rows, "
            f"signed out of {erased.sign_ins} browsers."
        )
        left = find_residue(needles)
        in_log = sum(found.rows for found in left if found.place.startswith(LOG))
        self.stdout.write(f"The audit log keeps {in_log} identifiers, no name.")
        elsewhere = [found for found in left if not found.place.startswith(LOG)]
        for found in elsewhere:
            self.stdout.write(f"Still named in {found.place}: {found.rows}")
        if not elsewhere:
            self.stdout.write("Nothing else in the database or in files names them.")
        self.stdout.write("Backups keep copies until they are overwritten.")
